"""Events: their names, as Meta spells them, and their IDs."""

from __future__ import annotations

from collections.abc import Iterator

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import META, hint, warning
from events.domain.finding import Finding
from events.domain.meta import TIKTOK_ONLY, respelt, suggestion
from events.domain.patch import replace
from events.domain.payload import Event, Payload
from events.domain.text import Text


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Event] = {}
    for event in payload.events:
        yield from _identity(event)
        yield from _name(event)
        earlier = seen.setdefault((event.event_id, event.event_name), event)
        if event.event_id and earlier is not event:
            yield warning(
                "M012",
                (*event.path, "event_id"),
                Text("Another event of this request has the same name and the same ID."),
                Text("Meta counts one of the two. Give each its own ID, or remove one."),
                META,
            )


def _identity(event: Event) -> Iterator[Finding]:
    path, event_id = (*event.path, "event_id"), event.event_id
    if isinstance(event.tree.get("event_id"), str) and not event_id.strip():
        yield warning(
            "S004",
            path,
            Text("The event ID is empty, so Meta cannot tell a repeat from a new event."),
            Text("Use the same ID as the browser's pixel, or make a new one."),
            META,
        )
    elif event_id != event_id.strip():
        yield hint(
            "S016",
            path,
            Text("A blank stands before or behind the event ID: the browser's pixel hardly sends the same."),
            Text("Remove the blank."),
            fix=(replace(path, event_id.strip()),),
        )


def _name(event: Event) -> Iterator[Finding]:
    name, path = event.event_name, (*event.path, "event_name")
    if isinstance(event.tree.get("event_name"), str) and not name.strip():
        text = Text("The event has no name: Meta's Diagnostics list this as a fault.")
        yield warning("M037", path, text, Text("Write what happened: Purchase, Lead …"), META)
    elif meant := respelt(name):
        yield warning(
            "M010",
            path,
            Text("Meta will count “{name}” as a custom event, not as {meant}.", name=name, meant=meant),
            Text("Write {meant}, exactly so.", meant=meant),
            META,
            (replace(path, meant),),
        )
    elif meant := suggestion(name):
        yield hint(
            "M010",
            path,
            Text("“{name}” is no standard event of Meta's; {meant} may be meant.", name=name, meant=meant),
            Text("If it is, write {meant}, exactly so. Otherwise Meta counts an event of its own.", meant=meant),
            fix=(replace(path, meant),),
        )
    elif name in TIKTOK_ONLY:
        text = Text("“{name}” is TikTok's name, and Meta has no standard event of this kind.", name=name)
        yield hint("M010", path, text, Text("Choose the standard event that comes nearest, or keep it as one's own."))
