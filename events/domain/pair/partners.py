"""Which event of a page belongs to which of a payload, where each may hold several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from events.domain.pair.browser_event import BrowserEvent
from events.domain.payload import Event, Payload


@dataclass(frozen=True, slots=True)
class Partners:
    """`matched` in the payload's order; what is left over on either side has no other half."""

    matched: tuple[tuple[BrowserEvent, Event], ...] = ()
    browser_only: tuple[BrowserEvent, ...] = ()
    server_only: tuple[Event, ...] = ()


def partners(browser: Iterable[BrowserEvent], payload: Payload) -> Partners:
    """The best partner for each: the same name and ID, else one of the two; of two that are alone, each other."""
    halves, events = list(browser), list(payload.events)
    found: dict[int, BrowserEvent] = {}
    for likeness in (_same, _same_id, _same_name):
        for place, event in enumerate(events):
            half = next((each for each in halves if place not in found and likeness(each, event)), None)
            if half is not None:
                found[place] = half
                halves.remove(half)
    alone = [place for place in range(len(events)) if place not in found]
    if len(alone) == 1 and len(halves) == 1:
        found[alone[0]] = halves.pop()
    return Partners(
        tuple((found[place], event) for place, event in enumerate(events) if place in found),
        tuple(halves),
        tuple(event for place, event in enumerate(events) if place not in found),
    )


def _same(half: BrowserEvent, event: Event) -> bool:
    return _same_name(half, event) and _same_id(half, event)


def _same_id(half: BrowserEvent, event: Event) -> bool:
    return bool(half.event_id) and half.event_id == event.event_id


def _same_name(half: BrowserEvent, event: Event) -> bool:
    return bool(half.name) and half.name.casefold() == event.event_name.casefold()
