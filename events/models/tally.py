"""Deliveries counted by the hour: what a timeline draws, and would take too long to count each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Count

from events.models.chore import Chore
from events.models.delivery import LONGEST_LEASE, Delivery
from events.models.group import ErrorGroup
from events.models.store import Store

CHORE = "tally"
HOUR = timedelta(hours=1)


class HourTally(models.Model):
    """How many deliveries of one store ended one way in one hour.

    Made from the rows once an hour is over and its calls are closed (see `Chore.done_until`), never by a send.
    """

    hour = models.DateTimeField()
    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    outcome = models.CharField(max_length=16)
    group = models.ForeignKey(ErrorGroup, null=True, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    count = models.PositiveIntegerField()

    class Meta:
        # With all that is counted in them: a timeline of months reads a hundred thousand of these, and no row.
        indexes = (
            models.Index(fields=("hour", "outcome", "store", "count"), name="tally_hours"),
            models.Index(fields=("store", "hour", "outcome", "count"), name="tally_stores"),
            models.Index(fields=("group", "hour"), name="tally_group", condition=models.Q(group__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.outcome}: {self.count}"


def hour_of(moment: datetime) -> datetime:
    """The beginning of its hour, as tallies count hours: those of UTC."""
    return moment - timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)


def tallied_until() -> datetime | None:
    """Up to when the tallies hold what the rows hold; those beyond it are left over and count for nothing."""
    return Chore.objects.filter(name=CHORE).values_list("done_until", flat=True).first()


def tally_again_from(moment: datetime) -> None:
    """Let everything from this moment's hour on be counted anew: for whoever writes rows into the past."""
    Chore.objects.filter(name=CHORE, done_until__gt=moment).update(done_until=hour_of(moment))


def catch_up(now: datetime) -> Iterator[datetime]:
    """Tally the hours that are over, the oldest first; each step is one hour, given when it is written.

    An hour waits until no lease of its calls can be running. A row that is closed later still (a clock was wrong)
    stays in the tally as it was: nothing that is counted by the hour hangs on the one row.
    """
    Chore.objects.get_or_create(name=CHORE, defaults={"due_at": now})
    Delivery.objects.close_expired(now)
    while True:
        done_until = tallied_until()
        hour = _next_hour(done_until)
        if hour is None or hour + HOUR + LONGEST_LEASE > now:
            return
        _write(hour, done_until)
        yield hour


def _next_hour(done_until: datetime | None) -> datetime | None:
    """The first hour from there on that has rows."""
    rows = Delivery.objects.order_by("created_at")
    if done_until is not None:
        rows = rows.filter(created_at__gte=done_until)
    oldest = rows.values_list("created_at", flat=True).first()
    return None if oldest is None else hour_of(oldest)


def _write(hour: datetime, done_until: datetime | None) -> None:
    """Replace what stands from `done_until` to the end of this hour, unless another process has come this far.

    The rows are counted before the transaction: on SQLite it holds the lock that every send needs.
    """
    rows = Delivery.objects.filter(created_at__gte=hour, created_at__lt=hour + HOUR).order_by()
    counted = rows.values("store_id", "outcome", "group_id").annotate(count=Count("id"))
    tallies = [HourTally(hour=hour, **found) for found in counted]
    with transaction.atomic():
        mine = Chore.objects.filter(name=CHORE, done_until=done_until).update(done_until=hour + HOUR)
        if mine:
            stale = HourTally.objects.filter(hour__lt=hour + HOUR)
            (stale if done_until is None else stale.filter(hour__gte=done_until)).delete()
            HourTally.objects.bulk_create(tallies)
