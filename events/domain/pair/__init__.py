"""The pair: an event of the browser's pixel beside an event of a payload, point by point, as Meta will judge it.

Purpose: say whether Meta counts two events as one (same name, same ID, same pixel, within 48 hours), what else
differs, and what to change where. `compare` is the door; a module for each noun.

May import: the rest of `events.domain`. Must not import: Django, a clock, whatever reads or shows a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from events.domain.pair import identity, parameters
from events.domain.pair.browser_event import BrowserEvent
from events.domain.pair.point import Point, Standing
from events.domain.payload import Event, Payload
from events.domain.text import Text

__all__ = ["BrowserEvent", "Comparison", "Point", "Standing", "Verdict", "compare"]


class Verdict(StrEnum):
    """PAIRED: one event to Meta, and both halves say the same. DIFFERS: one event, in two versions. APART: two events.

    OPEN: the page works out its name or its ID as it runs. TWICE: both are the server's half, so no pair at all.
    """

    PAIRED = "paired"
    DIFFERS = "differs"
    APART = "apart"
    OPEN = "open"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two halves and what was found: what decides first. `sentence` is the whole in a sentence."""

    browser: BrowserEvent
    event: Event
    points: tuple[Point, ...]
    verdict: Verdict
    sentence: Text

    @property
    def differences(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.is_trouble)

    def point(self, key: str) -> Point | None:
        return next((point for point in self.points if point.key == key), None)


def compare(
    browser: BrowserEvent, event: Event, payload: Payload | None = None, server_at: datetime | None = None
) -> Comparison:
    """Compare the browser's event with one of a payload's.

    `payload` is the whole that `event` belongs to: its cart's lines explain what an event leaves out. `server_at` is
    when the server's half was sent, with a zone.
    """
    deciding = (
        identity.name(browser, event),
        identity.event_id(browser, event),
        identity.moment(browser, event, server_at),
    )
    points = (*(point for point in deciding if point), *parameters.points(browser, event, payload))
    verdict = _verdict(points, is_relayed=browser.is_relayed)
    return Comparison(browser, event, points, verdict, _sentence(verdict, points, is_relayed=browser.is_relayed))


def _verdict(points: tuple[Point, ...], *, is_relayed: bool) -> Verdict:
    deciding = [point for point in points if point.decides]
    if any(point.is_trouble for point in deciding):
        return Verdict.APART
    if is_relayed:
        return Verdict.TWICE
    if any(point.standing is Standing.OPEN for point in deciding):
        return Verdict.OPEN
    return Verdict.DIFFERS if any(point.is_trouble for point in points) else Verdict.PAIRED


def _sentence(verdict: Verdict, points: tuple[Point, ...], *, is_relayed: bool) -> Text:
    if verdict is Verdict.PAIRED:
        return Text("A pair: Meta counts these two as one event, and both say the same.")
    if verdict is Verdict.TWICE:
        return Text(
            "Both are the server's half: with this payload Scalev sends the event twice; the browser's half is still "
            "missing."
        )
    if verdict is Verdict.OPEN:
        return Text("Open: the page works out what Meta pairs by as it runs, so this text alone cannot tell.")
    troubled = [point for point in points if point.is_trouble and point.decides is (verdict is Verdict.APART)]
    names = ", ".join(f"`{point.key}`" for point in troubled[:5])
    if verdict is Verdict.DIFFERS:
        return Text(
            "A pair, but in two versions: Meta counts one event, and reports one half or the other. {names}",
            names=names,
        )
    if is_relayed:
        text = "No pair: both are the server's half, and Meta counts two events. What keeps them apart: {names}"
        return Text(text, names=names)
    return Text("No pair: Meta counts two events. What keeps them apart: {names}", names=names)
