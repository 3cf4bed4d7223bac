"""Error groups: failures of one store that differ only in IDs, numbers or addresses, and who looks after them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.domain import grouping
from events.domain.triage import Standing, State, Status, Step, state_of, stepped
from events.models.person import Person
from events.models.store import Store
from events.models.writing import written


class GroupStatus(models.TextChoices):
    OPEN = "open", _("Open")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    RESOLVED = "resolved", _("Resolved")
    IGNORED = "ignored", _("Ignored")


class ErrorGroup(models.Model):
    """One kind of failure of one store; how often and when last is counted from its deliveries, never kept here.

    A send that fails only ever reads or adds a row: many failures at once must not wait for one another.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="error_groups")
    digest = models.CharField(max_length=32)
    outcome = models.CharField(max_length=16)
    status_code = models.PositiveSmallIntegerField(null=True)
    sentence = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField()

    status = models.CharField(max_length=12, choices=GroupStatus, default=GroupStatus.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="error_groups"
    )
    muted_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint("store", "digest", name="one_group_per_digest"),)

    def __str__(self) -> str:
        return f"{self.outcome} {self.sentence}".strip()

    @property
    def standing(self) -> Standing:
        return Standing(Status(self.status), self.owner_id, self.muted_until)

    def state(self, newest_at: datetime | None, now: datetime) -> State:
        """What the group is today; `newest_at` is when its newest delivery was sent."""
        return state_of(self.standing, changed_at=self.changed_at, newest_at=newest_at, now=now)

    def work(self, step: Step, *, by: Person, now: datetime, until: datetime | None = None) -> bool:
        """Take a step and write it into the history. False, and nothing written, where it changes nothing.

        To resolve once more what came back is a change: from now on it has to fail again to come back.
        """
        with transaction.atomic():
            held = ErrorGroup.objects.select_for_update().get(pk=self.pk)
            after = stepped(held.standing, step, by=by.pk, until=until)
            if after == held.standing and step is not Step.RESOLVE:
                return False
            held.status, held.owner_id, held.muted_until = GroupStatus(after.status), after.owner, after.muted_until
            # Who has it says nothing about whether it is mended.
            held.changed_at = held.changed_at if step in (Step.TAKE, Step.LET_GO) else now
            held.save(update_fields=("status", "owner", "muted_until", "changed_at"))
            held.changes.create(at=now, by=by, status=held.status, owner_id=after.owner, muted_until=after.muted_until)
        self.refresh_from_db()
        return True


def group_of(store_id: int, outcome: str, status_code: int | None, error: str, now: datetime) -> int:
    """The pk of the group that a failure belongs to, made where it is the first of its kind.

    One read where the group exists. Of several that meet a new kind at once one makes the row, and all get it: a
    conflict is no error here, so that the caller's transaction stands.
    """
    form = grouping.normal_form(error)
    digest = grouping.digest(outcome, status_code, form)
    same = ErrorGroup.objects.filter(store_id=store_id, digest=digest).values_list("pk", flat=True)
    if (known := same.first()) is not None:
        return known
    first = ErrorGroup(
        store_id=store_id,
        digest=digest,
        outcome=outcome,
        status_code=status_code,
        sentence=form,
        first_seen_at=now,
    )
    # Were it lost in a power cut, so would be what is written after it, and names it.
    written(partial(ErrorGroup.objects.bulk_create, [first], ignore_conflicts=True), waits=False)
    return same.get()


class GroupChange(models.Model):
    """One step in a group's history: what it was set to, by whom and when."""

    group = models.ForeignKey(ErrorGroup, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=12, choices=GroupStatus)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    muted_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.group_id}: {self.status}"
