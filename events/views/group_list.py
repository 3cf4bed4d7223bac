"""The list of error groups as the template draws it: who needs somebody first, and how often each occurs.

A group belongs to a store, with its own state, owner and history: one cause may be mended in one of them only. What
fails alike in several stands in one line, which opens to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain.group_words import title
from events.domain.outcome import Outcome
from events.domain.rights import Action
from events.domain.text import Text
from events.domain.triage import NEEDS_SOMEBODY, State, Step, offered
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
Glanced = tuple[Glance, State]


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
    """One store's group. `count` ends at `frequency.MOST_COUNTED`."""

    group: ErrorGroup
    newest_at: datetime
    count: int


@dataclass(frozen=True)
class KindRow:
    """One kind of failure in one state, in one line: the groups of all stores in which it stands so, newest first."""

    rows: list[GroupRow]
    state: State
    title: Text
    bars: tuple[Bar, ...]
    steps: tuple[Step, ...]

    @property
    def group(self) -> ErrorGroup:
        """That of the store in which it failed last."""
        return self.rows[0].group

    @property
    def state_word(self) -> Promise:
        return STATES[self.state]

    @property
    def is_folded(self) -> bool:
        return len(self.rows) > 1

    @property
    def count(self) -> int:
        return sum(row.count for row in self.rows)

    @property
    def first_at(self) -> datetime:
        return min(row.group.first_seen_at for row in self.rows)

    @property
    def newest_at(self) -> datetime:
        return self.rows[0].newest_at

    @property
    def owners(self) -> list[Person]:
        """Who has any of them, each once."""
        return list(dict.fromkeys(row.group.owner for row in self.rows if row.group.owner))

    @property
    def is_owned(self) -> bool:
        """Whether each of them is somebody's."""
        return all(row.group.owner_id for row in self.rows)


@dataclass(frozen=True)
class GroupList:
    asked: Asked
    rows: list[KindRow]
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
    kinds = _folded([pair for pair in found if _is_shown(*pair, asked.show, person)])
    start = (asked.page - 1) * PAGE_SIZE
    return GroupList(
        asked=asked,
        rows=_rows(kinds[start : start + PAGE_SIZE], person, now),
        chips=_chips(asked, found, person),
        stores=list(Store.objects.filter(error_groups__isnull=False).distinct()),
        newer=asked.url(page=asked.page - 1 if asked.page > 2 else "") if asked.page > 1 else "",
        older=asked.url(page=asked.page + 1) if len(kinds) > start + PAGE_SIZE else "",
        is_cut=len(found) == MOST_GROUPS,
        is_untouched=not found and asked.store is None,
    )


def may_work(person: Person, group: ErrorGroup, step: Step) -> bool:
    """Support and admins work any group. A marketer's own are those that she has, and she may take what nobody has."""
    is_free = group.owner_id is None and step is Step.TAKE
    return person.may(Action.MARK, own=is_free or group.owner_id == person.pk)


def _folded(found: Iterable[Glanced]) -> list[list[Glanced]]:
    """Those that fail alike and are in the same state together, over all stores; what is urgent first."""
    kinds: dict[tuple[str, State], list[Glanced]] = {}
    for glance, state in sorted(found, key=_urgency):
        kinds.setdefault((glance.digest, state), []).append((glance, state))
    return [sorted(kind, key=lambda pair: pair[0].newest_at, reverse=True) for kind in kinds.values()]


def _rows(page: list[list[Glanced]], person: Person, now: datetime) -> list[KindRow]:
    pks = [glance.pk for kind in page for glance, _state in kind]
    groups = ErrorGroup.objects.select_related("store", "owner").in_bulk(pks)
    counts, hours, spans = frequency.counts(pks), frequency.hours(pks, now - SPAN), spans_of(SPAN / BARS, BARS, now)
    kinds = []
    for kind in page:
        rows = [
            GroupRow(group, glance.newest_at, counts.get(group.pk, 0))
            for glance, _state in kind
            if (group := groups.get(glance.pk))
        ]
        if rows:
            of_all = sum((hours[row.group.pk] for row in rows), Counter[datetime]())
            kinds.append(_kind(rows, kind[0][1], bars_of(of_all, spans), person))
    return kinds


def _kind(rows: list[GroupRow], state: State, bars: tuple[Bar, ...], person: Person) -> KindRow:
    group = rows[0].group
    free = [Step.TAKE] if any(row.group.owner_id != person.pk for row in rows) else []
    # A mute asks for how long, which each group's own page does.
    steps = (*free, *(step for step in offered(state) if step is not Step.MUTE))
    allowed = tuple(step for step in steps if all(may_work(person, row.group, step) for row in rows))
    return KindRow(rows, state, title(Outcome(group.outcome), group.status_code, group.sentence), bars, allowed)


def _chips(asked: Asked, found: list[Glanced], person: Person) -> list[Chip]:
    kinds: dict[str, set[tuple[str, State]]] = {show: set() for show, _label in _CHIPS}
    for glance, state in found:
        for show in kinds:
            if _is_shown(glance, state, show, person):
                kinds[show].add((glance.digest, state))
    return [Chip(label, asked.url(show=show), len(kinds[show]), show == asked.show) for show, label in _CHIPS]


def _is_shown(glance: Glance, state: State, show: str, person: Person) -> bool:
    if show == MINE:
        return glance.owner == person.pk
    return not show or state == show or (show == NEEDED and state in NEEDS_SOMEBODY)


def _urgency(pair: Glanced) -> tuple[int, bool, float]:
    """What came back, then what is open, nobody's before somebody's, and of equals what failed last."""
    glance, state = pair
    return _ORDER.index(state), glance.owner is not None, -glance.newest_at.timestamp()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
