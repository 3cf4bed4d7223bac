"""From a JSON value to payloads: Scalev's own shape as it is, and the shapes of others in its words."""

from __future__ import annotations

from events.domain.payload import Payload
from events.domain.reading import graph, track
from events.domain.reading.cleaning import cleaned
from events.domain.reading.found import Found
from events.domain.reading.remark import NotRead
from events.domain.text import Text
from events.domain.tree import Array, Json, Object

# A list that nobody would choose from.
MOST_PAYLOADS = 100


def payloads(tree: Json) -> tuple[Found, ...]:
    """The payloads that a JSON value holds, each with what was left out; none where it is no object and no list."""
    if isinstance(tree, Array):
        return _of_list(tree)
    if not isinstance(tree, Object):
        return ()
    if track.is_camel_case(tree):
        found = track.of_camel_case(tree)
        return (_clean(found.payload, found.not_read),)
    if graph.is_body(tree):
        return tuple(_clean(batch.payload, batch.not_read) for batch in graph.batches(tree)[:MOST_PAYLOADS])
    if graph.is_event(tree) and "events" not in tree:
        return payloads(Object((("data", Array((tree,))),)))
    if "event_name" in tree and "events" not in tree:
        return (_clean(Object((("user_data", Object()), ("events", Array((tree,))))), ()),)
    return (_clean(tree, ()),)


def _of_list(tree: Array) -> tuple[Found, ...]:
    """A list of payloads, or of events that belong together."""
    objects = tuple(item for item in tree if isinstance(item, Object))
    if any(map(graph.is_event, objects)):
        return payloads(Object((("data", tree),)))
    if objects and all("event_name" in item and "events" not in item for item in objects):
        return (_clean(Object((("user_data", Object()), ("events", Array(objects)))), ()),)
    found = [each for item in objects[:MOST_PAYLOADS] for each in payloads(item)]
    return tuple(found[:MOST_PAYLOADS])


def is_foreign(tree: Json) -> bool:
    """Whether somebody else's words are in it, which are said in the relay's when it is read."""
    if isinstance(tree, Array):
        return any(graph.is_event(item) for item in tree)
    return isinstance(tree, Object) and (track.is_camel_case(tree) or graph.is_body(tree) or graph.is_event(tree))


def looks_like_payload(found: Found) -> bool:
    """Whether anything in it is of the contract's words, so that it was meant for Scalev."""
    payload = Payload.of(found.payload)
    return "events" in payload.tree or "user_data" in payload.tree or bool(payload.lines)


def _clean(payload: Object, not_read: tuple[NotRead, ...]) -> Found:
    tree, dropped = cleaned(payload)
    return Found(tree, not_read=(*not_read, *dropped))


NO_OBJECT = Text("This is JSON, and not a request: a request is one object, written in { }.")
