"""The audit of one recording: every event in it with both its halves, and what of the recording was not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from events.domain.diagnosis.clicks import click_id
from events.domain.personal import buyer_values
from events.domain.recording.calls import Call, Sent, called, is_refused, read_call, relay
from events.domain.recording.entry import Entry
from events.domain.recording.groups import Group, Neighbours, grouped, without_hops
from events.domain.recording.hits import AUTOMATIC, Hit, is_copy, is_hit, is_unrecorded, read_hits
from events.domain.recording.judging import Known, Remark, of_call, of_event, of_hit
from events.domain.recording.words import Judgement, Verdict, gap, judge
from events.domain.redaction import Scrubber, hide_keys
from events.domain.text import Text
from events.domain.tree import format_path

# A visit has some dozens of each. More are counted, and not judged.
MOST_HALVES = 1_000
MOST_LETTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """One event of the visit. Every text in it is masked but for `event_name` and `event_id`, which `mask` masks."""

    group: Group
    judgement: Judgement
    remarks: tuple[Remark, ...]
    mask: Scrubber

    @property
    def event_name(self) -> str:
        return self.group.name

    @property
    def event_id(self) -> str:
        return self.group.event_id

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def gap(self) -> timedelta | None:
        return gap(self.group)

    @property
    def browser_at(self) -> datetime | None:
        return min((hit.at for hit in self.group.browser if hit.at), default=None)

    @property
    def server_at(self) -> datetime | None:
        return min((sent.at for sent in self.group.server if sent.at), default=None)

    def facts(self) -> dict[str, Any]:
        """For scripts: paths lead into the payload of the first call; times are ISO 8601 in UTC."""
        return {
            "event_name": hide_keys(self.event_name),
            "event_id": hide_keys(self.event_id),
            "verdict": self.verdict.value,
            "differences": [format_path(point.path) for point in self.judgement.points],
            "browser_at": _iso(self.browser_at),
            "server_at": _iso(self.server_at),
            "sentence": str(self.judgement.sentence),
        }


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Calls of the recording that were found and not judged: how many, what, and why."""

    count: int
    what: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Audit:
    """`stores` are where the page sent to: origin and store ID, in their order."""

    entries: int
    pairs: tuple[Pair, ...]
    unjudged: tuple[Unjudged, ...]
    stores: tuple[tuple[str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether there are events, and each has both halves that say the same."""
        return bool(self.pairs) and all(each.verdict is Verdict.PAIRED for each in self.pairs)

    def count(self, verdict: Verdict) -> int:
        return sum(each.verdict is verdict for each in self.pairs)


def audit(entries: Iterable[Entry], known: Known) -> Audit:
    """Judge a whole recording. Whatever `entries` raises comes through."""
    found = _Found()
    for number, entry in enumerate(entries, start=1):
        found.entries = number
        found.take(entry)
    return found.judged(known)


@dataclass(slots=True)
class _Found:
    """What is kept of a recording while it runs past."""

    entries: int = 0
    hits: list[Hit] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    apart: Counter[tuple[Text, Text]] = field(default_factory=Counter)
    turned_away: dict[tuple[str, str], int] = field(default_factory=dict)
    room: int = MOST_LETTERS
    landing: str = ""

    def take(self, entry: Entry) -> None:
        kind = relay(entry)
        if is_copy(entry):
            self.apart[_COPIES] += 1
        elif (kind or is_hit(entry)) and not self._has_room(entry):
            self.apart[_TOO_MANY] += 1
        elif is_hit(entry):
            self._take_hits(entry)
        elif kind and entry.method == "OPTIONS":
            self._take_preflight(entry)
        elif kind == "meta":
            self._take_call(entry)
        elif kind:
            self.apart[_OTHER_RELAYS] += 1

    def _has_room(self, entry: Entry) -> bool:
        self.room -= len(entry.body) + len(entry.url) + sum(len(value) for _, value in entry.fields)
        return self.room > 0 and len(self.hits) + len(self.calls) < MOST_HALVES

    def _take_hits(self, entry: Entry) -> None:
        hits = read_hits(entry)
        own = [hit for hit in hits if hit.event.name not in AUTOMATIC]
        self.hits += own[:MOST_HALVES]
        self.landing = self.landing or next((hit.event.page_url for hit in own if click_id(hit.event.page_url)), "")
        if not hits:
            self.apart[_UNRECORDED if is_unrecorded(entry) else _NAMELESS] += 1
        if len(own) < len(hits):
            self.apart[_AUTOMATIC] += len(hits) - len(own)

    def _take_preflight(self, entry: Entry) -> None:
        if is_refused(entry):
            self.turned_away[called(entry)] = entry.status
        self.apart[_TURNED_AWAY if is_refused(entry) else _PREFLIGHTS] += 1

    def _take_call(self, entry: Entry) -> None:
        call = read_call(entry)
        if call.payload is None:
            self.apart[Text("Calls to Scalev's relay"), Text("Not read: {why}.", why=call.problem)] += 1
        elif not call.payload.events:
            self.apart[_EMPTY_CALLS] += 1
        else:
            self.calls.append(call)

    def _leave_hops_out(self) -> None:
        hits, calls = without_hops(self.hits), without_hops(self.calls)
        if hops := len(self.hits) + len(self.calls) - len(hits) - len(calls):
            self.apart[_HOPS] += hops
        self.hits, self.calls = hits, calls

    def judged(self, known: Known) -> Audit:
        self._leave_hops_out()
        # Browsers record a preflight before its call, or behind it.
        self.calls = [replace(call, preflight=self.turned_away.get(call.called, 0)) for call in self.calls]
        mask = Scrubber({value for call in self.calls if call.payload for value in buyer_values(call.payload.tree)})
        groups = grouped(self.hits, list(_sent(self.calls))[:MOST_HALVES])
        neighbours, remarks = Neighbours(groups), _Remarks(self.calls, known, self.landing)
        judged = partial(judge, mask=mask, unrecorded=self.apart[_UNRECORDED])
        pairs = [Pair(group, judged(group, neighbours.of(group)), remarks.of(group), mask) for group in groups]
        stores = tuple(dict.fromkeys(call.called for call in self.calls))
        unjudged = tuple(Unjudged(count, *words) for words, count in self.apart.items())
        return Audit(self.entries, tuple(pairs), unjudged, stores)


def _sent(calls: list[Call]) -> Iterator[Sent]:
    for call in calls:
        for place, event in enumerate(call.payload.events if call.payload else ()):
            yield Sent(call, event, is_first=not place)


class _Remarks:
    """The findings of each call, judged once, however many events it carries."""

    def __init__(self, calls: list[Call], known: Known, landing: str) -> None:
        about = {call.number: known(call, landing) for call in calls}
        self._of_calls = {call.number: of_call(call, about[call.number]) for call in calls}
        self._currency = next((each.currency for each in about.values() if each.currency), "")

    def of(self, group: Group) -> tuple[Remark, ...]:
        found: list[Remark] = []
        for hit in group.hits[:1]:
            found += of_hit(hit, self._currency)
        for sent in group.sent[:1]:
            found += of_event(self._of_calls[sent.call.number], sent.event.path, is_first=sent.is_first)
        return tuple(found)


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


_COPIES = (
    Text("Copies for Chrome's Privacy Sandbox"),
    Text("Each repeats a hit of the pixel that stands in the recording as well."),
)
_PREFLIGHTS = (Text("Preflights"), Text("The browser asks before it calls Scalev; they carry no event."))
_HOPS = (Text("Redirects"), Text("The same hit or call follows at the next address, and is judged there."))
_TURNED_AWAY = (
    Text("Preflights that Scalev turned away"),
    Text("The browser asks before it calls Scalev, and where it is turned away it does not call."),
)
_OTHER_RELAYS = (Text("Calls to Scalev's relays for TikTok and others"), Text("They do not go to Meta."))
_NAMELESS = (Text("Hits of the pixel without `ev`"), Text("They name no event."))
_UNRECORDED = (
    Text("Hits of the pixel in a body"),
    Text("The recording does not hold their body, so nobody can tell which events they are."),
)
_AUTOMATIC = (
    Text("Events that Meta's pixel sends by itself"),
    Text("SubscribedButtonClick and Microdata have no server's half in any shop."),
)
_EMPTY_CALLS = (Text("Calls to Scalev's relay"), Text("They carry no event that could be read."))
_TOO_MANY = (Text("Further hits and calls"), Text("There are more than can be judged at once: record a shorter visit."))
