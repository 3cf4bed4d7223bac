"""Deliveries: one row per exchange with Scalev, as narrow as lists, filters and sorting allow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import Error, models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from events.models import encryption, prepared
from events.models.channel import Channel
from events.models.group import ErrorGroup, group_of
from events.models.key import StorefrontKey
from events.models.prepared import Place
from events.models.run import Run
from events.models.storage import trouble_of
from events.models.store import Store

# Lists show the first names and IDs; all of them stand in the body and in the search document.
NAMES_KEPT = 20
# No lease reaches this far ahead. One that does was written before the clock was set back, and would bind for ever.
LONGEST_LEASE = timedelta(minutes=10)
# Who watches the log sees a row again until it is this old: on PostgreSQL one may be committed after its successor.
LATE = timedelta(seconds=10)
# Farther back than this nobody looks for rows that are still open.
LOOK_BACK = 1000


class OutcomeChoices(models.TextChoices):
    """The words of `events.domain.outcome.Outcome` as people read them."""

    QUEUED = "queued", _("Queued")
    PENDING = "pending", _("Sending")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Refused")
    NOT_FOUND = "not_found", _("Not found")
    RATE_LIMITED = "rate_limited", _("Rate limited")
    SERVER_ERROR = "server_error", _("Server error")
    UNEXPECTED = "unexpected", _("Unexpected answer")
    TIMED_OUT = "timed_out", _("Timed out")
    UNREACHABLE = "unreachable", _("Not reached")
    INTERRUPTED = "interrupted", _("Interrupted")


OPEN_OUTCOMES = (OutcomeChoices.PENDING, OutcomeChoices.QUEUED)


def with_last_use(keys: models.QuerySet[StorefrontKey]) -> models.QuerySet[StorefrontKey]:
    """The keys with `last_used_at` and `last_outcome`: those of each one's newest delivery, None where it has none.

    Kept nowhere: every send of a store would write to the same row, and wait for the others that do.
    """
    newest = Delivery.objects.filter(storefront_key=models.OuterRef("pk")).order_by("-id")
    used_at, outcome = (models.Subquery(newest.values(column)[:1]) for column in ("created_at", "outcome"))
    return keys.annotate(last_used_at=used_at, last_outcome=outcome)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def close_expired(self, now: datetime) -> int:
        """Turn every call whose lease has passed into INTERRUPTED; whoever looks calls this first.

        Reads before it writes: on most looks there is nothing to close, and a look should not wait for a lock. Nor
        should it fail where nothing can be written: the next one closes the row.
        """
        stores = prepared.rows(_stores_of_expired, now=now, latest=now + LONGEST_LEASE)
        try:
            return sum(_interrupted(_expired(now, now + LONGEST_LEASE), store, now) for (store,) in stores)
        except Error as error:
            if trouble_of(error) is None:
                raise
            return 0

    def settled(self, now: datetime) -> int:
        """The ID up to which no row can appear any more, nor find its ending; 0 where there is none."""
        found = prepared.rows(_settled_last, late=now - LATE)
        return int(found[0][0]) if found else 0

    def with_settled(self, now: datetime) -> DeliveryQuerySet:
        """Each row with `settled`, None for 0: found in the same look as the rows."""
        return self.annotate(settled=prepared.part(_settled_last, late=now - LATE))


def _expired(now: Any, latest: Any) -> DeliveryQuerySet:
    """The calls whose lease has passed, or reaches farther than any."""
    passed = models.Q(lease_until__lt=now) | models.Q(lease_until__gt=latest)
    return Delivery.objects.filter(passed, outcome=OutcomeChoices.PENDING)


def _stores_of_expired() -> models.QuerySet[Delivery, int]:
    return _expired(Place("now"), Place("latest")).order_by().values_list("store_id", flat=True).distinct()


def _settled_last() -> models.QuerySet[Delivery, int]:
    """At most one row: a short step along the primary key, however long the log."""
    newest = models.Subquery(Delivery.objects.order_by("-pk").values("pk")[:1])
    unsettled = models.Q(created_at__gt=Place("late")) | models.Q(outcome__in=OPEN_OUTCOMES)
    first = Delivery.objects.filter(unsettled, pk__gt=newest - LOOK_BACK).order_by("pk").values("pk")[:1]
    # The row below the first one and not its ID less one: between them may be one that is not committed yet.
    below = Delivery.objects.filter(pk__lt=Coalesce(models.Subquery(first), newest + 1))
    return below.order_by("-pk").values_list("pk", flat=True)[:1]


def _interrupted(expired: DeliveryQuerySet, store: int, now: datetime) -> int:
    """Close rows of one store, as many as are still open, into its error group of such."""
    outcome = OutcomeChoices.INTERRUPTED
    return expired.filter(store=store).update(
        outcome=outcome, finished_at=now, group=group_of(store, outcome, None, "", now)
    )


class Delivery(models.Model):
    """What was sent to one store at one moment, and how it ended. `created_at` is when the row was written."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()
    composed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField()
    attempt = models.UUIDField(default=uuid4, editable=False)
    form_token = models.UUIDField(null=True, unique=True)

    # The indexes below serve them: another one for each would cost every send a page more.
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    environment = models.CharField(max_length=40)
    storefront_key = models.ForeignKey(
        StorefrontKey, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="deliveries", db_index=False
    )
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.SERVER)
    # Few have either of these two. The second is the same composition, sent down the other channel a moment earlier.
    resend_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="resends", db_index=False)
    twin_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="twins", db_index=False)

    group = models.ForeignKey(
        ErrorGroup, null=True, on_delete=models.SET_NULL, related_name="deliveries", db_index=False
    )
    run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="deliveries", db_index=False)

    outcome = models.CharField(max_length=16, choices=OutcomeChoices, default=OutcomeChoices.PENDING)
    status_code = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    duration_ms = models.PositiveIntegerField(null=True)

    event_names = models.JSONField(default=list)
    event_ids = models.JSONField(default=list)
    event_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveSmallIntegerField(default=0)
    warning_count = models.PositiveSmallIntegerField(default=0)
    request_bytes = models.PositiveIntegerField(default=0)
    # The masked buyer of the list, encrypted: even a first letter and a mail domain tell a thief something.
    buyer = models.BinaryField(blank=True, default=b"")
    # When the buyer was erased: the row stays for the count, and holds nothing of what was sent.
    erased_at = models.DateTimeField(null=True)

    # Not kept: set by the sender on the one object whose answer came and could not be written down.
    answer_lost = False

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("store", "-id"), name="delivery_store"),
            models.Index(fields=("outcome", "-id"), name="delivery_outcome"),
            models.Index(fields=("status_code", "-id"), name="delivery_status"),
            models.Index(fields=("by", "-id"), name="delivery_by"),
            models.Index(fields=("storefront_key", "-id"), name="delivery_key"),
            models.Index(fields=("created_at",), name="delivery_created"),
            models.Index(fields=("lease_until",), name="delivery_open_lease", condition=models.Q(outcome="pending")),
            models.Index(fields=("resend_of",), name="delivery_resend", condition=models.Q(resend_of__isnull=False)),
            models.Index(fields=("twin_of",), name="delivery_twin", condition=models.Q(twin_of__isnull=False)),
            models.Index(fields=("group", "-id"), name="delivery_group", condition=models.Q(group__isnull=False)),
            models.Index(fields=("run", "-id"), name="delivery_run", condition=models.Q(run__isnull=False)),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.outcome in OPEN_OUTCOMES

    @property
    def is_by_browser(self) -> bool:
        """Whether a browser made the call: what is known of its answer is then what that browser reported."""
        return self.channel == Channel.BROWSER

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def first_event_name(self) -> str:
        return str(self.event_names[0]) if self.event_names else ""

    @property
    def first_event_id(self) -> str:
        return str(self.event_ids[0]) if self.event_ids else ""

    @property
    def more_events(self) -> int:
        return max(0, self.event_count - 1)

    @property
    def buyer_context(self) -> str:
        return f"delivery.buyer:{self.uuid}:{self.store_id}"

    def keep_buyer(self, masked: str) -> None:
        self.buyer = encryption.seal(masked.encode(), context=self.buyer_context) if masked else b""

    @property
    def masked_buyer(self) -> str:
        """The buyer as the list may show her, or "" where there is none or the master key is gone."""
        if not self.buyer:
            return ""
        try:
            return encryption.unseal(bytes(self.buyer), context=self.buyer_context).decode()
        except encryption.Unreadable:
            return ""

    def was_sent_by(self, person: Any) -> bool:
        return self.by_id is not None and self.by_id == person.pk


def in_words(count: int) -> str:
    """`1 delivery`, `2 deliveries`: for records and commands."""
    return "1 delivery" if count == 1 else f"{count} deliveries"
