"""The list of error groups as the template draws it: who needs somebody first, and how often each occurs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain.group_words import title
from events.domain.outcome import Outcome
from events.domain.text import Text
from events.domain.triage import NEEDS_SOMEBODY, State
from events.models import ErrorGroup, Person, Store, frequency
from events.models.frequency import Glance
from events.views.spark import Bar, bars_of, spans_of

PAGE_SIZE = 30
# More kinds of errors than anybody reads; the newest are looked at, and a store narrows them.
MOST_GROUPS = 1_000
SPAN, BARS = timedelta(days=14), 14
MINE, NEEDED = "mine", "needed"
STATES: dict[str, Promise] = {
    State.CAME_BACK: _("Came back"),
    State.OPEN: _("Open"),
    State.ACKNOWLEDGED: _("Acknowledged"),
    State.MUTED: _("Muted"),
    State.RESOLVED: _("Resolved"),
    State.IGNORED: _("Ignored"),
}
_CHIPS: tuple[tuple[str, Promise], ...] = (
    ("", _("All")),
    (NEEDED, _("Needs somebody")),
    (MINE, _("Mine")),
    *((state, STATES[state]) for state in (State.ACKNOWLEDGED, State.MUTED, State.RESOLVED, State.IGNORED)),
)
_ORDER = list(State)


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to, as it stands in the address: `?show=needed&store=3&page=2`."""

    show: str = ""
    store: int | None = None
    page: int = 1

    @classmethod
    def of(cls, params: QueryDict) -> Asked:
        show, store, page = params.get("show", ""), params.get("store", ""), params.get("page", "")
        return cls(
            show if show in dict(_CHIPS) else "",
            int(store) if _is_number(store) else None,
            max(1, int(page)) if _is_number(page) else 1,
        )

    def url(self, **changes: object) -> str:
        pairs = {"show": self.show, "store": self.store, "page": "", **changes}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return reverse("error_groups") + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Chip:
    label: Promise
    url: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class GroupRow:
    """One group in one line. `count` ends at `frequency.MOST_COUNTED`, beyond which `is_more`."""

    group: ErrorGroup
    state: State
    title: Text
    newest_at: datetime
    count: int
    bars: tuple[Bar, ...]

    @property
    def state_word(self) -> Promise:
        return STATES[self.state]

    @property
    def is_more(self) -> bool:
        return self.count > frequency.MOST_COUNTED

    @property
    def needs_somebody(self) -> bool:
        return self.state in NEEDS_SOMEBODY


@dataclass(frozen=True)
class GroupList:
    asked: Asked
    rows: list[GroupRow]
    chips: list[Chip]
    stores: list[Store]
    newer: str
    older: str
    is_cut: bool
    is_untouched: bool


def listed(asked: Asked, person: Person, now: datetime) -> GroupList:
    """One page of the list. Counts and bars are read for the groups on it alone."""
    groups = ErrorGroup.objects.filter(store=asked.store) if asked.store else ErrorGroup.objects.all()
    found = [(glance, glance.state(now)) for glance in frequency.glances(groups[:MOST_GROUPS])]
    chosen = [pair for pair in found if _is_shown(*pair, asked.show, person)]
    chosen.sort(key=_urgency)
    start = (asked.page - 1) * PAGE_SIZE
    return GroupList(
        asked=asked,
        rows=_rows(chosen[start : start + PAGE_SIZE], now),
        chips=_chips(asked, found, person),
        stores=list(Store.objects.filter(error_groups__isnull=False).distinct()),
        newer=asked.url(page=asked.page - 1 if asked.page > 2 else "") if asked.page > 1 else "",
        older=asked.url(page=asked.page + 1) if len(chosen) > start + PAGE_SIZE else "",
        is_cut=len(found) == MOST_GROUPS,
        is_untouched=not found and asked.store is None,
    )


def _rows(page: list[tuple[Glance, State]], now: datetime) -> list[GroupRow]:
    pks = [glance.pk for glance, _state in page]
    groups = ErrorGroup.objects.select_related("store", "owner").in_bulk(pks)
    counts, hours, spans = frequency.counts(pks), frequency.hours(pks, now - SPAN), spans_of(SPAN / BARS, BARS, now)
    return [
        GroupRow(
            group,
            state,
            title(Outcome(group.outcome), group.status_code, group.sentence),
            glance.newest_at,
            counts.get(group.pk, 0),
            bars_of(hours[group.pk], spans),
        )
        for glance, state in page
        if (group := groups.get(glance.pk))
    ]


def _chips(asked: Asked, found: list[tuple[Glance, State]], person: Person) -> list[Chip]:
    counts: Counter[str] = Counter()
    for show, _label in _CHIPS:
        counts[show] = sum(_is_shown(glance, state, show, person) for glance, state in found)
    return [Chip(label, asked.url(show=show), counts[show], show == asked.show) for show, label in _CHIPS]


def _is_shown(glance: Glance, state: State, show: str, person: Person) -> bool:
    if show == MINE:
        return glance.owner == person.pk
    return not show or state == show or (show == NEEDED and state in NEEDS_SOMEBODY)


def _urgency(pair: tuple[Glance, State]) -> tuple[int, bool, float]:
    """What came back, then what is open, nobody's before somebody's, and of equals what failed last."""
    glance, state = pair
    return _ORDER.index(state), glance.owner is not None, -glance.newest_at.timestamp()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
