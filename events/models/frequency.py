"""How often error groups occur: newest and first delivery, a count that ends early, and hours for a sparkline.

Hours that are over are counted already (`HourTally`); of the rest the rows are. Nothing here counts a whole log.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import DateTimeField, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from events.domain.triage import Standing, State, Status, state_of
from events.models.delivery import Delivery
from events.models.group import ErrorGroup
from events.models.tally import HourTally, hour_of, tallied_until

# Beyond this a count says "10,000+".
MOST_COUNTED = 10_000
# Rows that no tally has counted yet, newest first: as many as an hour of a busy log has failures.
MOST_ROWS = 5_000
# So many of a store's requests before a failure are looked at for what was taken.
LOOKED_BACK = 200
_TOLD = ("created_at", "outcome", "status_code", "event_names")
Hours = dict[int, Counter[datetime]]


class _CountOf(Subquery):
    """How many rows a queryset with a LIMIT has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"


class Glance(NamedTuple):
    """What a group's state hangs on; `newest_at` is when its newest delivery was sent.

    `digest` is the same for one kind of failure in every store.
    """

    pk: int
    digest: str
    status: str
    owner: int | None
    muted_until: datetime | None
    changed_at: datetime | None
    newest_at: datetime

    def state(self, now: datetime) -> State:
        standing = Standing(Status(self.status), self.owner, self.muted_until)
        return state_of(standing, changed_at=self.changed_at, newest_at=self.newest_at, now=now)


class Extent(NamedTuple):
    """The deliveries of a group from end to end: how many (see `counts`), the first and when the newest was sent.

    `taken` is what Scalev took of the store's requests before the first one, newest first. Of the first one and of
    these only the columns `_TOLD` are read.
    """

    counted: int = 0
    newest_at: datetime | None = None
    first: Delivery | None = None
    taken: tuple[Delivery, ...] = ()


def glances(groups: QuerySet[ErrorGroup]) -> list[Glance]:
    """Those of the groups of which deliveries are kept: a list of many is sorted by less than it shows of a few."""
    newest = Subquery(_deliveries().values("created_at")[:1], output_field=DateTimeField())
    rows = groups.values_list("pk", "digest", "status", "owner", "muted_until", "changed_at", newest)
    return [Glance(*row) for row in rows if row[-1] is not None]


def counts(pks: Iterable[int]) -> dict[int, int]:
    """How many deliveries each group has; `MOST_COUNTED + 1` stands for any more."""
    groups = ErrorGroup.objects.filter(pk__in=list(pks)).order_by()
    return dict(groups.values_list("pk", _count_of(_deliveries())))


def extent_of(group: ErrorGroup) -> Extent:
    """What there is of one group, by one query.

    A bounded part of the log is looked at for what was taken: where nothing ever was, that is the whole of it.
    """
    own = Delivery.objects.filter(group=group).order_by("-id")
    oldest = Subquery(own.order_by("id").values("pk")[:1])
    earlier = Delivery.objects.filter(store=group.store_id, pk__lt=oldest).order_by("-pk")
    taken = Delivery.objects.filter(pk__in=earlier.values("pk")[:LOOKED_BACK], outcome="accepted")
    ends = {"counted": _count_of(own), "newest_at": Subquery(own.values("created_at")[:1])}
    none = {"counted": Value(0), "newest_at": Value(None, DateTimeField())}
    first = Delivery.objects.filter(pk=oldest).order_by().only(*_TOLD).annotate(**ends)
    found = first.union(taken.order_by().only(*_TOLD).annotate(**none), all=True)
    # Sorted here: PostgreSQL would walk down the whole log in the order that it is asked for.
    rows = sorted(found, key=lambda each: -each.pk)
    if not rows:
        return Extent()
    # Both annotated above.
    return Extent(rows[0].counted, rows[0].newest_at, rows[0], tuple(rows[1:]))  # type: ignore[attr-defined]


def hours(pks: Iterable[int], since: datetime) -> Hours:
    """By group and hour (UTC, its first moment), how many failed in it; hours without any are left out.

    Where no tally has been made for long, only the newest `MOST_ROWS` failures are counted.
    """
    found: Hours = {pk: Counter() for pk in pks}
    first = hour_of(since)
    done = tallied_until() or first
    tallies = HourTally.objects.filter(group__in=list(found), hour__gte=first, hour__lt=done)
    # Thousands of rows and few hours: each hour is read once.
    for pk, hour, count in tallies.values_list("group_id", Cast("hour", TextField()), "count"):
        found[pk][_moment(hour)] += count
    for pk, at in _rows_since(max(first, done)):
        if pk in found:
            found[pk][hour_of(at)] += 1
    return found


@functools.lru_cache(maxsize=1_000)
def _moment(written: str) -> datetime:
    """A time of a database in UTC; SQLite's has no zone."""
    read = datetime.fromisoformat(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def first_of(group: ErrorGroup) -> Delivery | None:
    """The oldest delivery that is kept."""
    return Delivery.objects.select_related("store", "by", "storefront_key").filter(group=group).order_by("id").first()


def newest_of(group: ErrorGroup, limit: int) -> list[Delivery]:
    return list(
        Delivery.objects.select_related("store", "by", "storefront_key").filter(group=group).order_by("-id")[:limit]
    )


def _count_of(deliveries: QuerySet[Delivery]) -> _CountOf:
    return _CountOf(deliveries.values("pk")[: MOST_COUNTED + 1], output_field=IntegerField())


def _deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.filter(group=OuterRef("pk")).order_by("-id")


def _rows_since(moment: datetime) -> Iterable[tuple[int, datetime]]:
    rows = Delivery.objects.filter(created_at__gte=moment, group__isnull=False).order_by("-created_at")
    return rows.values_list("group_id", "created_at")[:MOST_ROWS]
