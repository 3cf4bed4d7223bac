"""The filters of a search, each as a condition on the row and as codes and tokens of the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone

from events.domain.outcome import WAITING
from events.domain.query import NOBODY, Field, SearchQuery, moment, span_ms
from events.models.called import people_called, stores_called
from events.models.delivery import Delivery
from events.models.group import ErrorGroup
from events.models.mark import Note, Pin, Tag
from events.models.search import facets
from events.models.search.document import country_token, event_token, finding_token
from events.models.search.lookups import Unindexed

# Rows are numbered in the order of their times, but for a clock that was wrong; by more than this it never is.
CLOCK_SLACK = timedelta(days=1)
Counted = TypeVar("Counted", bound=Model)


@dataclass(frozen=True)
class Choice:
    """The filters of one kind and sign, which add up.

    `codes` are those of `facets`, `tokens` words of the document. `condition` is None where only the index knows.
    `exact` is False where the index knows too little: its hits are looked at once more, in the row.
    """

    condition: Q | None = None
    codes: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    negated: bool = False
    settled: bool = True
    exact: bool = True

    @property
    def is_indexed(self) -> bool:
        return bool(self.codes or self.tokens) and self.settled and (self.exact or not self.negated)

    @property
    def held(self) -> Q:
        """That a document holds one of them."""
        held = Q()
        for code in self.codes:
            held |= Q(document__facets__holds=f" {code} ")
        for token in self.tokens:
            held |= Q(document__words__holds=f" {token} ")
        return held


@dataclass(frozen=True)
class Filters:
    choices: tuple[Choice, ...]
    query: SearchQuery
    now: datetime

    @classmethod
    def of(cls, query: SearchQuery) -> Filters:
        """Looks stores and people up by what they are called."""
        choices = []
        for field, read in _READERS.items():
            for negated in (False, True):
                values = [term.value for term in query.of(field) if term.negated is negated]
                # Bounds narrow together, but each leaves out for itself.
                groups = [[value] for value in values] if negated else [values] * bool(values)
                choices += [replace(read(group), negated=negated) for group in groups]
        return cls(tuple(choices), query, timezone.now())

    @property
    def impossible(self) -> bool:
        """Whether a filter names nothing that there is: no store, or no person, is called so."""
        return any(
            not (choice.codes or choice.tokens or choice.condition) and not choice.negated for choice in self.choices
        )

    @property
    def indexed(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.is_indexed)

    @property
    def need_index(self) -> bool:
        return any(choice.condition is None for choice in self.choices)

    def narrow(self, found: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """By the row's columns alone."""
        found = self.narrow_chosen(found)
        told = "told_" if self._bounds_tell else ""
        for early, at in self._times():
            found = found.filter(**{f"created_at__{told}{'lt' if early else 'gte'}": at})
        return found

    def narrow_chosen(self, found: QuerySet[Counted]) -> QuerySet[Counted]:
        """By everything but times: for rows, and for what is counted of them under the same names."""
        for choice in self.choices:
            found = _narrowed(found, choice)
        return found

    def span(self) -> tuple[datetime | None, datetime | None]:
        """From when on and until when, as far as the query says."""
        times = self._times()
        starts, ends = [at for early, at in times if not early], [at for early, at in times if early]
        return max(starts, default=None), min(ends, default=None)

    def narrow_rest(self, found: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """By what the index does not know, or may be late with; it leads, so no column's index may."""
        rest = [choice for choice in self.choices if not choice.is_indexed or not choice.exact]
        times = self._times()
        if rest or times:
            found = found.alias(**{f"plain_{name}": Unindexed(F(name)) for name in _PLAIN})
        for choice in rest:
            found = _narrowed(found, replace(choice, condition=_plain(choice.condition)))
        for early, at in times:
            found = found.filter(Q(**{f"plain_created_at__{'lt' if early else 'gte'}": at}))
        return found

    def bounds(self) -> tuple[int | None, int | None]:
        """The row IDs between which everything of the time asked for lies: (above, below)."""
        above, below = None, None
        rows = Delivery.objects.order_by("created_at", "id").values_list("pk", flat=True)
        for early, at in self._times():
            if early:
                after = rows.filter(created_at__gte=at + CLOCK_SLACK).first()
                below = min(after, below or after) if after else below
            else:
                before = rows.filter(created_at__lt=at - CLOCK_SLACK).last()
                above = max(before, above or before) if before else above
        return above, below

    @property
    def _bounds_tell(self) -> bool:
        """Whether the time asked for is so long that the IDs around it hold little besides."""
        start, end = self.span()
        return start is None or (end or self.now) - start > 2 * CLOCK_SLACK

    def _times(self) -> list[tuple[bool, datetime]]:
        """(whether before, the moment) of each."""
        zone, found = timezone.get_current_timezone(), []
        for term in self.query.of(Field.AFTER, Field.BEFORE):
            found.append(((term.field is Field.BEFORE) is not term.negated, moment(term, zone)))
        for term in self.query.of(Field.LAST):
            found.append((term.negated, self.now - timedelta(milliseconds=span_ms(term.value))))
        return found


_PLAIN = ("created_at", "outcome", "duration_ms")


def _plain(condition: Q | None) -> Q | None:
    if condition is None:
        return None
    children = [
        _plain(child) if isinstance(child, Q) else Q((_plain_name(str(child[0])), child[1]))
        for child in condition.children
        if isinstance(child, Q | tuple)
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _plain_name(lookup: str) -> str:
    return f"plain_{lookup}" if lookup.split("__")[0] in _PLAIN else lookup


def _narrowed(found: QuerySet[Counted], choice: Choice) -> QuerySet[Counted]:
    if choice.condition is None:
        return found
    return found.exclude(choice.condition) if choice.negated else found.filter(choice.condition)


def _store(values: list[str]) -> Choice:
    called = stores_called()
    ids = sorted({pk for value in values for pk in called.meant(value)})
    return Choice(Q(store_id__in=ids) if ids else None, tuple(map(facets.store, ids)))


def _by(values: list[str]) -> Choice:
    called = people_called()
    ids = sorted({pk for value in values for pk in called.meant(value)})
    codes = tuple(map(facets.by, ids))
    if NOBODY in values:
        return Choice(Q(by_id__in=ids) | Q(by=None), (*codes, facets.by(None)))
    return Choice(Q(by_id__in=ids) if ids else None, codes)


def _outcome(values: list[str]) -> Choice:
    settled = facets.UNSETTLED.isdisjoint(values)
    return Choice(Q(outcome__in=values), tuple(map(facets.outcome, values)), settled=settled)


def _status(values: list[str]) -> Choice:
    condition, codes = Q(), []
    for value in values:
        first = int(value[0]) * 100
        if value.endswith("xx"):
            condition |= Q(status_code__range=(first, first + 99))
            codes.append(facets.status_class(int(value[0])))
        else:
            condition |= Q(status_code=int(value))
            codes.append(facets.status(int(value)))
    return Choice(condition, tuple(codes))


def _channel(values: list[str]) -> Choice:
    return Choice(Q(channel__in=values), tuple(map(facets.channel, values)))


def _took(values: list[str]) -> Choice:
    """Every bound narrows: `took:>1s took:<2s` is what lies between."""
    low, high, condition = 0, None, Q(duration_ms__isnull=False)
    for value in values:
        than = span_ms(value[1:])
        if value[0] == ">":
            condition, low = condition & Q(duration_ms__gt=than), max(low, than)
        else:
            condition, high = condition & Q(duration_ms__lt=than), min(than, high or than)
    return Choice(condition, facets.took_between(low, high) or (facets.took(low),), exact=False)


def _state(values: list[str]) -> Choice:
    condition = Q()
    if "resend" in values:
        condition |= Q(resend_of__isnull=False)
    if "open" in values:
        condition |= Q(outcome__in=sorted(WAITING))
    if "erased" in values:
        condition |= Q(erased_at__isnull=False)
    if "pinned" in values:
        condition |= Q(pk__in=Pin.objects.values("delivery"))
    if "noted" in values:
        condition |= Q(pk__in=Note.objects.values("delivery"))
    return Choice(condition, (facets.RESEND,) if set(values) == {"resend"} else ())


def _country(values: list[str]) -> Choice:
    return Choice(tokens=tuple(map(country_token, values)))


def _event(values: list[str]) -> Choice:
    return Choice(tokens=tuple(map(event_token, values)))


def _finding(values: list[str]) -> Choice:
    return Choice(tokens=tuple(map(finding_token, values)))


def _group(values: list[str]) -> Choice:
    ids = sorted(map(int, values))
    # A lease that passes puts its row into a group without anybody writing the document again.
    late = ErrorGroup.objects.filter(pk__in=ids, outcome__in=sorted(facets.UNSETTLED)).exists()
    return Choice(Q(group_id__in=ids), tuple(map(facets.group, ids)), settled=not late)


def _run(values: list[str]) -> Choice:
    ids = sorted(map(int, values))
    return Choice(Q(run_id__in=ids), tuple(map(facets.run, ids)))


def _tag(values: list[str]) -> Choice:
    return Choice(Q(pk__in=Tag.objects.filter(word__in=values).values("delivery")))


_READERS: dict[Field, Callable[[list[str]], Choice]] = {
    Field.STORE: _store,
    Field.OUTCOME: _outcome,
    Field.STATUS: _status,
    Field.CHANNEL: _channel,
    Field.BY: _by,
    Field.EVENT: _event,
    Field.COUNTRY: _country,
    Field.TOOK: _took,
    Field.IS: _state,
    Field.FINDING: _finding,
    Field.GROUP: _group,
    Field.RUN: _run,
    Field.TAG: _tag,
}
