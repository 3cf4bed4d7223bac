"""The browser's half out of what somebody pasted: `fbq` calls, a whole page, or calls of Scalev's HTML mode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.domain.pair.browser_event import BrowserEvent
from events.domain.payload import Event, Payload
from events.domain.reading.literal import Value
from events.domain.reading.pixel import TRACKING, pixel_of
from events.domain.reading.remark import NotRead, quote
from events.domain.reading.script import FBQ, TRACK, Call, read_script
from events.domain.reading.track import META, of_camel_case, tracks_of
from events.domain.tree import Json, Number, Object, Path, format_path

# A script's own numbers are exact up to 2⁵³; what lies beyond, no reader writes as the browser does.
_EXACT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\Z")
_NOTHING = "undefined"
_ID_KEYS = ("eventId", "eventID", "event_id")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text says of the browser's half. `pixel_ids` are those that `init` names; `not_read` is the rest."""

    events: tuple[BrowserEvent, ...] = ()
    pixel_ids: tuple[str, ...] = ()
    not_read: tuple[NotRead, ...] = ()


def read_pasted(text: str) -> Pasted:
    """Never raises; a text without any call has no events."""
    script = read_script(text)
    pixel = pixel_of(script)
    tracks, others = tracks_of(script)
    calls = (event for call in script.named(FBQ) for event in _of_fbq(call))
    tracked = (event for call in script.named(TRACK) for event in _of_track(call))
    remarks = (
        *pixel.not_read,
        *(remark for event in pixel.events for remark in event.not_read),
        *(remark for track in tracks for remark in track.not_read),
        *others,
    )
    return Pasted((*calls, *tracked), pixel.pixel_ids, tuple(dict.fromkeys(remarks)))


def _of_fbq(call: Call) -> Iterator[BrowserEvent]:
    place = TRACKING.get(call.text(0))
    name = _argument(call, place)
    if place is None or name is None or name.tree == "":
        return
    given, options = _argument(call, place + 1), _argument(call, place + 2)
    event_id, is_exact = _id(_object(options).get("eventID"))
    computed = [*_computed(given, "parameters"), *([] if call.text(place) else ["event_name"])]
    if not is_exact or any(path[:1] in ((), ("eventID",)) for path in _open(options)):
        computed.append("event_id")
    yield BrowserEvent(
        name=call.text(place),
        event_id=event_id,
        parameters=_object(given),
        options=_object(options),
        computed=tuple(computed),
        pixel_id=call.text(1) if place == 2 else "",
        source=_source(call),
    )


def _of_track(call: Call) -> Iterator[BrowserEvent]:
    given = _argument(call, 1)
    if call.text(0) != META or given is None or not isinstance(given.tree, Object):
        return
    payload = Payload(of_camel_case(given.tree).payload)
    for event in payload.events:
        yield BrowserEvent(
            name=event.event_name,
            event_id=event.event_id,
            parameters=event.parameters,
            computed=tuple(_computed_of(event, _open(given))),
            page_url=payload.page_url,
            is_relayed=True,
            source=_source(call),
        )


def _computed_of(event: Event, paths: list[Path]) -> Iterator[str]:
    """What of one entry in `events` is open, in the words of a browser's event."""
    for path in paths:
        if path[:2] != event.path:
            continue
        key, rest = path[2] if len(path) > 2 else "", path[3:]
        if key == "parameters":
            yield format_path(rest) or "parameters"
        elif key == "eventName":
            yield "event_name"
        elif key in _ID_KEYS:
            yield "event_id"


def _computed(value: Value | None, whole: str) -> list[str]:
    return [format_path(path) or whole for path in _open(value)]


def _open(value: Value | None) -> list[Path]:
    """Where the page works something out as it runs."""
    return [part.path for part in value.unread if part.source != _NOTHING] if value else []


def _argument(call: Call, place: int | None) -> Value | None:
    return call.arguments[place] if place is not None and place < len(call.arguments) else None


def _object(value: Value | None) -> Object:
    return value.tree if value and isinstance(value.tree, Object) else Object()


def _id(value: Json) -> tuple[str, bool]:
    """An ID as the browser sends it, and whether that is certain."""
    if isinstance(value, Number):
        return (value.text, True) if _EXACT.match(value.text) else ("", False)
    return (value, True) if isinstance(value, str) else ("", True)


def _source(call: Call) -> str:
    """The call alone, to be recognised by."""
    return quote(f"{call.name}({', '.join(value.source for value in call.arguments)})")
