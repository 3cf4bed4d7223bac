"""How many deliveries a search finds, how they ended and when: counted as far as is cheap, and it says how far.

The newest `CAP` matches are read row by row. Where there are more, and the search asks for nothing but stores,
outcomes, groups and times, the tallies of the closed hours tell the rest, so that totals and hours are exact. All
other searches know of their newest matches only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import compress
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet, Sum, TextField
from django.db.models.sql.compiler import SQLCompiler

from events.domain.query import Field, SearchQuery
from events.models import search, tally
from events.models.delivery import Delivery
from events.models.tally import HOUR, HourTally, hour_of

CAP = 10_000
# What an hour's tally knows of its rows.
TALLIED = (Field.STORE, Field.OUTCOME, Field.GROUP, Field.AFTER, Field.BEFORE, Field.LAST)


class Rows(NamedTuple):
    """Matches, newest first, column by column: ten thousand objects and conversions would take a page's time.

    `at` is as the database gives it, see `_as_kept`; `event_names` is JSON.
    """

    at: tuple[Any, ...] = ()
    outcome: tuple[str, ...] = ()
    store: tuple[int, ...] = ()
    by: tuple[int | None, ...] = ()
    channel: tuple[str, ...] = ()
    status: tuple[int | None, ...] = ()
    duration_ms: tuple[int | None, ...] = ()
    event_names: tuple[str, ...] = ()

    def since(self, moment: datetime) -> Rows:
        kept = _as_kept(moment)
        is_since = [at >= kept for at in self.at]
        return Rows(*(tuple(compress(column, is_since)) for column in self))


@dataclass(frozen=True, slots=True)
class Hours:
    """What the tallies say of a search before `until`: (hour, outcome, how many), and how many of each store.

    `lead` are rows of before the first whole hour.
    """

    outcomes: list[tuple[Any, str, int]]
    stores: Counter[int]
    lead: Rows
    until: datetime


@dataclass(frozen=True)
class Matches:
    """What a search finds. `newest` are at most `CAP` rows, and `more` says that there are others.

    `hours` tell of those, None where nobody counted them. `start` and `end` are the time that was asked for.
    """

    newest: Rows
    more: bool
    hours: Hours | None
    start: datetime | None
    end: datetime | None

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.more and self.hours is None

    @cached_property
    def outcomes(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for rows in self._counted_rows:
            found.update(rows.outcome)
        for _hour, outcome, count in self.hours.outcomes if self.hours else ():
            found[outcome] += count
        return found

    @cached_property
    def stores(self) -> Counter[int]:
        found = Counter(self.hours.stores if self.hours else {})
        for rows in self._counted_rows:
            found.update(rows.store)
        return found

    @cached_property
    def oldest_at(self) -> datetime | None:
        """When the oldest began that is counted; by its hour, where hours are."""
        moments = [at for rows in self._counted_rows for at in rows.at]
        moments += [hour for hour, _outcome, _count in self.hours.outcomes] if self.hours else []
        return _moment(min(moments)) if moments else None

    def bars(self, edges: Sequence[datetime]) -> list[Counter[str]]:
        """The outcomes between each two edges. What a wrong clock left outside of them stands in the nearest bar."""
        place_of = partial(bisect_right, list(map(_as_kept, edges)))
        found: Counter[tuple[int, str]] = Counter()
        for rows in self._counted_rows:
            found.update(zip(map(place_of, rows.at), rows.outcome, strict=True))
        for hour, outcome, count in self.hours.outcomes if self.hours else ():
            found[place_of(hour), outcome] += count
        bars: list[Counter[str]] = [Counter() for _ in edges[1:]]
        for (place, outcome), count in found.items():
            bars[min(max(place - 1, 0), len(bars) - 1)][outcome] += count
        return bars

    @cached_property
    def _counted_rows(self) -> tuple[Rows, ...]:
        """The rows that no hour tells of."""
        return (self.newest.since(self.hours.until), self.hours.lead) if self.hours else (self.newest,)


def found_by(query: SearchQuery, *, outcomes_only: bool = False) -> Matches:
    """Count what the query finds; of `outcomes_only` the rows hold nothing else, for half the price."""
    columns = _COLUMNS[:2] if outcomes_only else _COLUMNS
    found, more = _rows(search.matching(Delivery.objects.all(), query), columns)
    filters = search.Filters.of(query)
    return Matches(found, more, _hours(query, filters, found) if more else None, *filters.span())


def _rows(found: QuerySet[Delivery], columns: Sequence[Any]) -> tuple[Rows, bool]:
    """The first `CAP`, and whether there are more."""
    rows = list(found.values_list(*columns)[: CAP + 1])
    return Rows(*zip(*rows[:CAP], strict=True)), len(rows) > CAP


class _Raw(Func):
    """The column as the driver gives it, without what Django makes of each value."""

    template = "(+%(expressions)s)"
    arity = 1
    output_field = TextField()

    def get_group_by_cols(self) -> list[Any]:
        """By the plain column, whose index has the order."""
        return [column for source in self.get_source_expressions() for column in source.get_group_by_cols()]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        sql, params = self.as_sql(compiler, connection, template="%(expressions)s")
        return sql, list(params)


class _RawTime(_Raw):
    """A time that costs no parsing, row by row: the text that SQLite keeps, and microseconds on PostgreSQL."""

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
        sql, params = self.as_sql(compiler, connection, template=template)
        return sql, list(params)


_COLUMNS = (
    _RawTime("created_at"), "outcome", "store_id", "by_id", "channel", "status_code", "duration_ms",
    _Raw("event_names"),
)  # fmt: skip


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = datetime.resolution


def _as_kept(moment: datetime) -> Any:
    """The moment in the form of `_RawTime`, to be compared with it."""
    if connection.vendor == "postgresql":
        return (moment - _EPOCH) // _MICROSECOND
    return connection.ops.adapt_datetimefield_value(moment)


def _moment(raw: Any) -> datetime:
    return _EPOCH + raw * _MICROSECOND if isinstance(raw, int) else datetime.fromisoformat(raw).replace(tzinfo=UTC)


def _hours(query: SearchQuery, filters: search.Filters, newest: Rows) -> Hours | None:
    """None where the tallies cannot answer: they know too little, or do not reach as far as the newest rows do."""
    tallied = tally.tallied_until()
    if tallied is None or len(query.of(*TALLIED)) < len(query.terms):
        return None
    start, end = filters.span()
    until = min(tallied, hour_of(end)) if end else tallied
    first = hour_of(start + HOUR - datetime.resolution) if start else None
    # What began since then must all be among the newest; rows are numbered in the order of their times.
    if newest.at[-1] >= _as_kept(until) or (first and first >= until):
        return None
    lead, more = _lead(filters, start, first) if start and first else (Rows(), False)
    if more:
        return None
    tallies = filters.narrow_chosen(HourTally.objects.filter(hour__lt=until).order_by())
    if first:
        tallies = tallies.filter(hour__gte=first)
    stores = Counter(dict(tallies.values_list("store_id").annotate(Sum("count")))) if newest.store else Counter()
    return Hours(_by_hour(tallies, is_of_all=not query.of(Field.STORE)), stores, lead, until)


def _by_hour(tallies: QuerySet[HourTally], *, is_of_all: bool) -> list[tuple[Any, str, int]]:
    """(hour, outcome, how many).

    Those of all stores stand in an index in this order. Not asked for it, PostgreSQL reads the table and gathers a
    hundred thousand tallies by their hashes, for half as long again; those of a few it gathers sooner.
    """
    totals = tallies.values("hour", "outcome").annotate(total=_Raw(Sum("count")))
    totals = totals.order_by("hour", "outcome") if is_of_all else totals
    return list(totals.values_list(_RawTime("hour"), "outcome", "total"))


def _lead(filters: search.Filters, start: datetime, first: datetime) -> tuple[Rows, bool]:
    """The rows between the search's beginning and the first whole hour."""
    between = Delivery.objects.filter(created_at__gte=start, created_at__lt=first).order_by("created_at")
    return _rows(filters.narrow_chosen(between), _COLUMNS)
