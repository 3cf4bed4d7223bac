"""What the log says about a search beside its rows: how many, how they ended, when, how long they took."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.domain.query import NOBODY, Field, span_ms
from events.forms.log import Address
from events.models import ErrorGroup, GroupStatus, Person, Store, counting
from events.models.channel import Channel
from events.models.counting import CAP, Matches
from events.models.delivery import OutcomeChoices
from events.templatetags.console import short_outcome
from events.views.bars import Bars, bars_of

# As one reads them: what happens every day first, so that those at the end can be left out where there are none.
OUTCOMES = (
    OutcomeChoices.ACCEPTED,
    OutcomeChoices.REJECTED,
    OutcomeChoices.NOT_FOUND,
    OutcomeChoices.RATE_LIMITED,
    OutcomeChoices.TIMED_OUT,
    OutcomeChoices.SERVER_ERROR,
    OutcomeChoices.UNREACHABLE,
    OutcomeChoices.INTERRUPTED,
    OutcomeChoices.UNEXPECTED,
)
MOST_VALUES = 8
MOST_GROUPS = 99


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a filter may have, how many deliveries have it, and the address that sets or lifts the filter."""

    name: str
    label: str
    url: str
    count: str = ""
    is_on: bool = False
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of one filter; `others` says how many more there are."""

    label: str | Promise
    values: list[Value]
    others: int


@dataclass(frozen=True)
class Overview:
    """`found` is None on a page that has not counted yet; `every` is the same search, whatever the outcome."""

    address: Address
    found: Matches | None = None
    every: Matches | None = None
    needing: int = 0

    @property
    def url(self) -> str:
        return _at("log_overview", self.address)

    @property
    def list_url(self) -> str:
        return _at("log", self.address)

    @cached_property
    def chips(self) -> list[Value]:
        """The outcomes; those at the end that nothing ended in are left out once that is known."""
        on = self.address.chosen("outcome")
        counts = self.every.outcomes if self.every else None
        is_all = not self.address.query.of(Field.OUTCOME)
        chips = [self._chip("", _("All"), is_all, counts.total() if counts is not None else None)]
        for each in OUTCOMES:
            count = counts[each.value] if counts is not None else None
            chips.append(self._chip(each.value, short_outcome(each), each.value in on, count))
        while counts is not None and len(chips) > 1 and chips[-1].is_none and not chips[-1].is_on:
            chips.pop()
        return chips

    def _chip(self, value: str, label: str, is_on: bool, count: int | None) -> Value:
        capped = not value and bool(self.every and self.every.is_capped)
        return Value(
            name=value or "all",
            label=label,
            url=_at("log", self.address.choosing("outcome", value)),
            count="" if count is None else _number(count, capped),
            is_on=is_on,
            is_none=count == 0,
        )

    @property
    def total(self) -> int:
        return self.found.outcomes.total() if self.found else 0

    @property
    def total_words(self) -> str:
        capped = bool(self.found and self.found.is_capped)
        return ngettext("%(n)s delivery", "%(n)s deliveries", self.total) % {"n": _number(self.total, capped)}

    @property
    def last_words(self) -> str:
        """The span behind `last:`, or "" where the search has none or other times besides."""
        spans = self.address.query.of(Field.LAST)
        if len(spans) != 1 or spans[0].negated or self.address.query.of(Field.AFTER, Field.BEFORE):
            return ""
        number, unit = spans[0].value[:-1], spans[0].value[-1]
        return _LAST[unit](int(number)) if number.isdigit() and unit in _LAST and span_ms(spans[0].value) else ""

    @property
    def needing_words(self) -> str:
        """How many kinds of failures nobody has looked at, or "" for none."""
        if not self.needing:
            return ""
        shown = f"{MOST_GROUPS}+" if self.needing > MOST_GROUPS else str(self.needing)
        return ngettext("%(n)s needs a look", "%(n)s need a look", self.needing) % {"n": shown}

    @property
    def cap(self) -> str:
        return _number(CAP)

    @cached_property
    def durations(self) -> tuple[int, int] | None:
        """Median and 95th percentile in ms of the newest that were answered: the least that so many do not exceed."""
        if self.found is None:
            return None
        taken = sorted(ms for ms in self.found.newest.duration_ms if ms is not None)
        return (_percentile(taken, 50), _percentile(taken, 95)) if taken else None

    @cached_property
    def bars(self) -> Bars | None:
        return bars_of(self.found, self.address, timezone.now()) if self.found else None

    @cached_property
    def facets(self) -> list[Facet]:
        if self.found is None:
            return []
        rows = self.found.newest
        return [
            self._facet("store", _FACETS["store"], self.found.stores, _store_names),
            self._facet("event", _FACETS["event"], _event_names(rows.event_names), _as_is),
            self._facet("status", _FACETS["status"], Counter(filter(None, rows.status)), _as_is),
            self._facet("channel", _FACETS["channel"], Counter(rows.channel), _channel_names),
            self._facet("by", _FACETS["by"], Counter(by or NOBODY for by in rows.by), _person_names),
        ]

    def _facet(self, name: str, label: Promise, counts: Counter[Any], names_of: Any) -> Facet:
        common = counts.most_common(MOST_VALUES)
        names = names_of([value for value, _count in common])
        on = [value.casefold() for value in self.address.chosen(name)]
        values = [
            Value(
                name=str(value),
                label=str(names[value]),
                url=_at("log", self.address.choosing(name, "" if on == [str(value).casefold()] else str(value))),
                count=_number(count),
                is_on=str(value).casefold() in on,
            )
            for value, count in common
        ]
        return Facet(label, values, len(counts) - len(common))


_FACETS = {
    "store": gettext_lazy("Store"),
    "event": gettext_lazy("Event"),
    "status": gettext_lazy("Status"),
    "channel": gettext_lazy("Channel"),
    "by": gettext_lazy("Sent by"),
}
_LAST = {
    "m": lambda n: ngettext("in the last %(n)s minute", "in the last %(n)s minutes", n) % {"n": n},
    "h": lambda n: ngettext("in the last %(n)s hour", "in the last %(n)s hours", n) % {"n": n},
    "d": lambda n: ngettext("in the last %(n)s day", "in the last %(n)s days", n) % {"n": n},
    "w": lambda n: ngettext("in the last %(n)s week", "in the last %(n)s weeks", n) % {"n": n},
}


def overview_ahead(address: Address) -> Overview:
    """The same with nothing counted yet: it costs the page nothing."""
    return Overview(replace(address.hidden(), cursor=""))


def overview_of(address: Address) -> Overview:
    """Counts what the address finds, whichever page of it is open."""
    address = overview_ahead(address).address
    found = counting.found_by(address.query)
    whatever = address.choosing("outcome", "")
    every = found if whatever == address else counting.found_by(whatever.query, outcomes_only=True)
    return Overview(address, found, every, _needing(timezone.now()))


def _needing(now: datetime) -> int:
    """Kinds of failures that are open in some store and not muted there, one more than `MOST_GROUPS` at most."""
    needing = ErrorGroup.objects.filter(status=GroupStatus.OPEN).exclude(muted_until__gt=now).order_by()
    return needing.values("digest").distinct()[: MOST_GROUPS + 1].count()


def _at(name: str, address: Address) -> str:
    query = address.encoded()
    return reverse(name) + (f"?{query}" if query else "")


def _number(count: int, capped: bool = False) -> str:
    return number_format(count, force_grouping=True) + ("+" if capped else "")


def _percentile(ordered: list[int], percent: int) -> int:
    return ordered[-(-len(ordered) * percent // 100) - 1]


def _event_names(kept: tuple[str, ...]) -> Counter[str]:
    """In how many deliveries each name stands. A list of names is read once, however often it comes."""
    found: Counter[str] = Counter()
    for names, count in Counter(kept).items():
        for name in set(map(str, json.loads(names))):
            found[name] += count
    return found


def _as_is(values: list[Any]) -> dict[Any, Any]:
    return {value: value for value in values}


def _store_names(values: list[int]) -> dict[int, str]:
    return {pk: store.name for pk, store in Store.objects.in_bulk(values).items()}


def _channel_names(values: list[str]) -> dict[str, Any]:
    return {value: Channel(value).label for value in values}


def _person_names(values: list[int | str]) -> dict[int | str, Any]:
    people = Person.objects.in_bulk([value for value in values if isinstance(value, int)])
    return {value: people[value] if isinstance(value, int) else _("A command") for value in values}
