"""The halves of a recording put together by what Meta pairs by: the event's name and its ID, letter by letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from events.domain.recording.calls import Call, Sent
from events.domain.recording.entry import SENT_ON
from events.domain.recording.hits import Hit

# Two hits without an ID that say the same within it are one moment, told twice.
AT_ONCE = timedelta(seconds=10)
# Halves that are one moment of the visit, though Meta cannot know it: their names or their IDs differ.
NEAR = timedelta(minutes=5)
_Half = TypeVar("_Half", Hit, Call)
_FIRST = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Group:
    """All halves of one name and ID. Hits that never left and calls that Scalev did not take count for nothing."""

    name: str
    event_id: str
    hits: list[Hit] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    @property
    def browser(self) -> list[Hit]:
        return [hit for hit in self.hits if hit.has_left]

    @property
    def server(self) -> list[Sent]:
        return [sent for sent in self.sent if sent.call.has_arrived]

    @property
    def at(self) -> datetime:
        """When it began; the beginning of time where the recording does not say."""
        moments = [hit.at for hit in self.hits] + [sent.at for sent in self.sent]
        return min(filter(None, moments), default=_FIRST)

    @property
    def hits_at_one_pixel(self) -> int:
        """How often the pixel that got it most often got it: several pixels get one each."""
        return max(Counter(hit.event.pixel_id for hit in self.browser).values(), default=0)

    @property
    def calls_to_one_store(self) -> int:
        return max(Counter(sent.call.store_id for sent in self.server).values(), default=0)


def grouped(hits: Iterable[Hit], sent: Iterable[Sent]) -> list[Group]:
    """The groups, earliest first."""
    known: dict[tuple[str, str], Group] = {}
    groups: list[Group] = []
    for hit in sorted(hits, key=lambda each: each.at or _FIRST):
        if hit.event.event_id:
            _of(known, groups, hit.event.name, hit.event.event_id).hits.append(hit)
        else:
            _of_one_moment(groups, hit).hits.append(hit)
    for each in sorted(sent, key=lambda each: each.at or _FIRST):
        name, event_id = each.event.event_name, each.event.event_id
        if event_id:
            _of(known, groups, name, event_id).sent.append(each)
        else:
            groups.append(Group(name, "", sent=[each]))
    return sorted(groups, key=lambda group: group.at)


def without_hops(halves: Sequence[_Half]) -> list[_Half]:
    """What was sent on to another address, and stands there as well, once: at its end. `halves` as they came."""
    kept: list[_Half] = []
    said: set[Hashable] = set()
    for half in reversed(halves):
        if half.status not in SENT_ON or half.said not in said:
            kept.append(half)
        said.add(half.said)
    return kept[::-1]


class Neighbours:
    """For one half, the other half that was likely meant: the same ID, or about the same time and the same name."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._by_id: dict[tuple[bool, str], Group] = {}
        self._by_name: dict[tuple[bool, str], list[tuple[datetime, Group]]] = {}
        for group in groups:
            if group.browser and group.server:
                continue
            is_of_browser = bool(group.browser)
            self._by_id.setdefault((is_of_browser, group.event_id), group)
            self._by_name.setdefault((is_of_browser, group.name.casefold()), []).append((group.at, group))

    def of(self, group: Group) -> Group | None:
        """None for what has both its halves."""
        if group.browser and group.server:
            return None
        wanted, at = not group.browser, group.at
        if group.event_id and (wanted, group.event_id) in self._by_id:
            return self._by_id[wanted, group.event_id]
        alike = self._by_name.get((wanted, group.name.casefold()), ())
        apart, _, found = min(
            ((abs(at - when), place, each) for place, (when, each) in enumerate(alike)), default=_NONE
        )
        return found if apart <= NEAR else None


_NONE: tuple[timedelta, int, Group | None] = (timedelta.max, 0, None)


def _of(known: dict[tuple[str, str], Group], groups: list[Group], name: str, event_id: str) -> Group:
    if (name, event_id) not in known:
        known[name, event_id] = Group(name, event_id)
        groups.append(known[name, event_id])
    return known[name, event_id]


def _of_one_moment(groups: list[Group], hit: Hit) -> Group:
    for group in reversed(groups):
        first = group.hits[0]
        if group.event_id or (hit.at or _FIRST) - (first.at or _FIRST) > AT_ONCE:
            continue
        same_page = first.event.page_url == hit.event.page_url
        if group.name == hit.event.name and same_page and first.event.parameters == hit.event.parameters:
            return group
    groups.append(Group(hit.event.name, ""))
    return groups[-1]
