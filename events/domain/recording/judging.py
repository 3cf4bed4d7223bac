"""What the rules say of each half: all of them of a call to Scalev's relay, and of a hit those that apply to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from events.domain.circumstances import NOTHING_KNOWN, Circumstances
from events.domain.diagnosis import contents, events, money, privacy, review
from events.domain.finding import Finding
from events.domain.pair.amounts import number, unfolded
from events.domain.payload import Payload
from events.domain.recording.calls import Call
from events.domain.recording.hits import Hit
from events.domain.tree import Array, Json, Number, Object, Path, format_path

# What is known beside a call of a visit that began at this landing page ("" for an unknown one).
Known = Callable[[Call, str], Circumstances]

# The others speak of Scalev's request, or of what the pixel makes of itself.
_OF_HITS = (events.remarks, money.remarks, contents.remarks, privacy.remarks)
_NUMBERS = frozenset({"value", "num_items", "predicted_ltv", "net_revenue"})
_MOST = 20
_WIRE = {"event_name": "ev", "event_id": "eid", "event_source_url": "dl", "referrer_url": "rl"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on one half; `place` says where, as that half writes it: `cd[value]`, `events[0].parameters.value`."""

    finding: Finding
    is_of_browser: bool
    place: str

    @property
    def side(self) -> str:
        """For scripts."""
        return "browser" if self.is_of_browser else "server"


def of_call(call: Call, known: Circumstances) -> tuple[Finding, ...]:
    return review(call.payload, known) if call.payload else ()


def of_event(findings: tuple[Finding, ...], place: Path, *, is_first: bool) -> Iterator[Remark]:
    """Of a whole call's findings those of one event; its first event takes what is said of the call itself, too."""
    for finding in findings:
        if finding.path[:2] == place or (is_first and finding.path[:1] != place[:1]):
            yield Remark(finding, False, format_path(finding.path))


def of_hit(hit: Hit, currency: str) -> Iterator[Remark]:
    payload = _as_payload(hit)
    known = Circumstances(currency=currency) if currency else NOTHING_KNOWN
    for finding in islice(chain.from_iterable(rule(payload, known) for rule in _OF_HITS), _MOST):
        yield Remark(finding, True, _on_the_wire(finding.path))


def _as_payload(hit: Hit) -> Payload:
    """The hit in the words of a payload, numbers and lists as Meta reads them from its text."""
    event = hit.event
    parameters = Object(tuple((key, _typed(key, value)) for key, value in event.parameters.pairs))
    told: dict[str, Json] = {"event_id": event.event_id, "event_name": event.name, "parameters": parameters}
    known = Object(tuple((key, value) for key, value in told.items() if value != ""))
    top: tuple[tuple[str, Json], ...] = (("event_source_url", event.page_url), ("referrer_url", hit.referrer))
    return Payload(Object((*top, ("events", Array((known,))))))


def _typed(key: str, value: Json) -> Json:
    if key in _NUMBERS and isinstance(value, str) and number(value) is not None:
        return Number(value.strip())
    return unfolded(value)


def _on_the_wire(path: Path) -> str:
    if path[:1] == ("events",):
        path = path[2:]
    if path[:1] == ("parameters",) and len(path) > 1:
        return f"cd[{path[1]}]" + format_path(path[2:])
    return _WIRE.get(str(path[0]), format_path(path)) if path else ""
