"""Calls of Meta's browser pixel: `fbq('init', …)` and `fbq('track', …, {…}, {eventID: …})`, also from a whole page."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.reading import unread
from events.domain.reading.literal import Value
from events.domain.reading.remark import NotRead, quote
from events.domain.reading.script import FBQ, Call, Script, read_script
from events.domain.text import Text
from events.domain.tree import Json, Number, Object, Path

# Command -> how many arguments stand before the event's name.
TRACKING = {"track": 1, "trackCustom": 1, "trackSingle": 2, "trackSingleCustom": 2}
_NO_FIELDS = Object()
_SILENT = ("consent", "set", "dataProcessingOptions", "addPixelId", "removePixelId")


@dataclass(frozen=True, slots=True)
class PixelEvent:
    """One event that a page's pixel sends.

    `event_id` is its `eventID` as a text, "" where the call has none; `is_id_text` is false where it is written
    as a number. `pixel_id` is the one that `trackSingle` names. `not_read` tells what of the call is not in here.
    """

    command: str
    event_name: str
    parameters: Object = _NO_FIELDS
    event_id: str = ""
    is_id_text: bool = True
    pixel_id: str = ""
    not_read: tuple[NotRead, ...] = ()

    @property
    def is_custom(self) -> bool:
        return self.command.endswith("Custom")


@dataclass(frozen=True, slots=True)
class Pixel:
    """What a text says of the browser's pixel. `buyer` is what `init` was given to recognise her by."""

    pixel_ids: tuple[str, ...] = ()
    buyer: Object = _NO_FIELDS
    events: tuple[PixelEvent, ...] = ()
    not_read: tuple[NotRead, ...] = ()


def read_pixel(text: str) -> Pixel:
    """All `fbq` calls of a call, a script or a page. Never raises: what cannot be read is in `not_read`."""
    return pixel_of(read_script(text))


def pixel_of(script: Script) -> Pixel:
    pixel_ids: list[str] = []
    buyer: dict[str, Json] = {}
    events: list[PixelEvent] = []
    not_read = list(script.not_read)
    for call in script.named(FBQ):
        command = call.text(0)
        if command == "init":
            pixel_ids += [_digits(call, 1)] if _digits(call, 1) else []
            buyer |= dict(_object(call, 2).pairs)
            not_read += unread.of_all(call.arguments)
        elif command in TRACKING:
            events.append(_event(call, command)) if _name(call, command) else not_read.append(_nameless(call))
        elif command not in _SILENT:
            not_read.append(NotRead(quote(call.source), Text("This is no command that makes an event.")))
    return Pixel(tuple(dict.fromkeys(pixel_ids)), Object(tuple(buyer.items())), tuple(events), tuple(not_read))


def _event(call: Call, command: str) -> PixelEvent:
    place = TRACKING[command]
    parameters, options = _object(call, place + 1), _object(call, place + 2)
    event_id = options.get("eventID")
    return PixelEvent(
        command=command,
        event_name=call.text(place),
        parameters=parameters,
        event_id=event_id.text if isinstance(event_id, Number) else event_id if isinstance(event_id, str) else "",
        is_id_text=not isinstance(event_id, Number),
        pixel_id=_digits(call, 1) if place == 2 else "",
        not_read=(*_unread(call, place), *_of_parameters(parameters), *_of_options(options)),
    )


def _unread(call: Call, place: int) -> list[NotRead]:
    """What only the page knows: of the parameters, the options, and whatever stands beside them."""
    prefixes: dict[int, Path] = {place + 1: ("parameters",)}
    found = unread.of_curly(call.arguments)
    for at, value in enumerate(call.arguments):
        found += unread.remarks(value, prefixes.get(at, ()))
    odd = [value for value in call.arguments[place + 1 : place + 3] if value.is_known and not _is_fit(value)]
    why = Text("An object in { } belongs here.")
    surplus = Text("Meta reads no further argument.")
    found += [NotRead(quote(value.source), why) for value in odd]
    return found + [NotRead(quote(value.source), surplus) for value in call.arguments[place + 3 :]]


def _is_fit(value: Value) -> bool:
    return isinstance(value.tree, Object) or value.tree is None


def _of_parameters(parameters: Object) -> list[NotRead]:
    why = Text("It stands among the parameters. Meta reads the event ID only from the object behind them.")
    return [NotRead(f"parameters.{key}", why) for key, _ in parameters.pairs if _is_id(key)]


def _of_options(options: Object) -> list[NotRead]:
    misspelt = Text("Meta reads “eventID”, written exactly so. The browser's event goes out without an ID.")
    unknown = Text("Meta knows no such option.")
    others = [key for key, _ in options.pairs if key not in ("eventID", "test_event_code")]
    return [NotRead(key, misspelt if _is_id(key) else unknown) for key in others]


def _is_id(key: str) -> bool:
    return key.replace("_", "").lower() == "eventid"


def _nameless(call: Call) -> NotRead:
    return NotRead(quote(call.source), Text("The name of the event is missing, or only the running page knows it."))


def _name(call: Call, command: str) -> str:
    return call.text(TRACKING[command])


def _object(call: Call, place: int) -> Object:
    tree = call.arguments[place].tree if place < len(call.arguments) else None
    return tree if isinstance(tree, Object) else Object()


def _digits(call: Call, place: int) -> str:
    """A pixel's ID: people write it with quotes and without."""
    tree = call.arguments[place].tree if place < len(call.arguments) else None
    return tree.text if isinstance(tree, Number) else tree if isinstance(tree, str) else ""
