"""Where to look in Meta's tools after Scalev took an event: in Meta's own words, and what no console can know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.domain.text import Text
from events.domain.tree import Array, Json, Object, at


@dataclass(frozen=True, slots=True)
class Place:
    """One place to look, with what to look for there."""

    title: Text
    looks: tuple[Text, ...]


def checklist(payload: Json, *, by_browser: bool) -> tuple[Place, ...]:
    """For an event that was accepted; `payload` is None where it cannot be read any more."""
    return (
        Place(Text("In Test Events"), tuple(_test_events(payload))),
        Place(Text("In Diagnostics"), tuple(_diagnostics(payload, by_browser=by_browser))),
        Place(Text("If it never shows up"), _NEVER_SEEN),
        Place(Text("What cannot be known here"), _UNKNOWN),
    )


def _test_events(payload: Json) -> Iterator[Text]:
    yield Text(
        "It lists single events only under a test event code. That code belongs to the pixel in Scalev, not to the "
        "event, and goes with all of that pixel's live events while it stands there (inferred): take it out again."
    )
    events = payload.get("events") if isinstance(payload, Object) else None
    first = next(iter(events), None) if isinstance(events, Array) else None
    name, event_id = (first.get(key) if isinstance(first, Object) else None for key in ("event_name", "event_id"))
    if isinstance(name, str) and isinstance(event_id, str) and name and event_id:
        yield Text("Look for {name} with the event ID `{id}`, received from the server.", name=name, id=event_id)
    yield Text(
        "“Processed” is right; so is “Deduplicated”, where the browser's pixel sent the same name and ID: then one of "
        "the two counts."
    )
    yield Text("Test events are not left out: Meta counts them for targeting and measurement like any other.")


def _diagnostics(payload: Json, *, by_browser: bool) -> Iterator[Text]:
    yield Text(
        "A warning may stay there for days after it was mended (as people report). Overview is up to 20 minutes late, "
        "and counts before deduplication."
    )
    yield Text("Events that are not deduplicated: the browser's pixel sends another event ID, or none.")
    if _holds(payload, "user_data", "fbc"):
        yield Text(
            "“Server sending modified fbclid value in fbc”: the click ID is not the clicked one, letter by letter."
        )
    if _holds(payload, "user_data", "em") or _holds(payload, "user_data", "ph"):
        yield Text("“Server sending invalid match key parameters”: e-mail or phone are not as Meta reads them.")
    if any(_holds(payload, "events", 0, "parameters", key) for key in ("content_ids", "contents")):
        yield Text("Content IDs that are missing from the catalogue at Meta: they are spelled otherwise there.")
    if not by_browser:
        yield Text(
            "One IP address for many people: Scalev sees this console's address for every event from the server "
            "(inferred). A send from a browser has that browser's."
        )


def _holds(payload: Json, *path: str | int) -> bool:
    return bool(at(payload, path))


_NEVER_SEEN = (
    Text("The pixel in Scalev may have its Conversions API switched off, or no token (inferred)."),
    Text(
        "Scalev chooses between the checkout and the home configuration by page and referrer, and each has pixels of "
        "its own: look at those of the other one, too."
    ),
    Text("In Events Manager, traffic permissions may keep the shop's domain out. What they kept out is lost."),
)
_UNKNOWN = (
    Text("204 means that Scalev took the event and nothing more: not that Meta got it, knew the buyer or counted it."),
    Text("Scalev's documentation names no log of what it handed on, so nobody can ask it afterwards."),
)
