"""The body that Meta's own Conversions API takes, in the words of Scalev's relay."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.reading.remark import NotRead
from events.domain.text import Text
from events.domain.tree import Array, Json, Object, Path, format_path

_MARKS = ("user_data", "custom_data", "event_time", "action_source")
_PAGE = ("event_source_url", "referrer_url")
_TAKEN = ("event_name", "event_id", "custom_data", "user_data", *_PAGE)
_DROPPED = {
    "event_time": Text("Scalev sets the time itself: an event cannot be dated back."),
    "action_source": Text("Scalev sets it: events through the relay are those of a website."),
    "test_event_code": Text("The test event code stands on the pixel in Scalev, not in a request."),
    "access_token": Text("A token of Meta's: it was not stored. Scalev keeps its own with the pixel."),
    "partner_agent": Text("Scalev has no field for it."),
    "opt_out": Text("Scalev has no field for it, so it would have no effect."),
}
_NO_FIELD = Text("Scalev's relay has no field for it.")
_FIRST_ONLY = Text("Meta takes several values here, Scalev one: the first was taken.")
_NEVER = ("lead_id", "subscription_id", "fb_login_id", "anon_id", "madid", "page_id", "page_scoped_user_id")


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one person on one page, as one payload: `at` is Meta's `event_time` of the first, "" without."""

    payload: Object
    not_read: tuple[NotRead, ...] = ()


def is_event(tree: Json) -> bool:
    """Whether an object is one server event as Meta takes it."""
    return isinstance(tree, Object) and "event_name" in tree and any(key in tree for key in _MARKS)


def is_body(tree: Object) -> bool:
    data = tree.get("data")
    return isinstance(data, Array) and any(isinstance(item, Object) and "event_name" in item for item in data)


def batches(tree: Object) -> tuple[Batch, ...]:
    """The body as payloads, one for each person and page: a request to Scalev has room for one of both."""
    outside = tuple(NotRead(key, _DROPPED.get(key, _NO_FIELD)) for key, _ in tree.pairs if key != "data")
    data = tree.get("data")
    found: dict[tuple[Json, ...], list[tuple[int, Object]]] = {}
    for place, item in enumerate(data if isinstance(data, Array) else ()):
        if isinstance(item, Object):
            shared = tuple(item.get(key) for key in ("user_data", *_PAGE))
            found.setdefault(shared, []).append((place, item))
    return tuple(_batch(events, outside) for events in found.values())


def _batch(events: list[tuple[int, Object]], outside: tuple[NotRead, ...]) -> Batch:
    not_read = list(outside)
    place, first = events[0]
    written: list[tuple[str, Json]] = [(key, first.get(key)) for key in _PAGE if key in first]
    written.append(("user_data", _buyer(first.get("user_data"), ("data", place, "user_data"), not_read)))
    written.append(("events", Array(tuple(_event(item, ("data", at), not_read) for at, item in events))))
    return Batch(Object(tuple(written)), tuple(not_read))


def _event(item: Object, path: Path, not_read: list[NotRead]) -> Object:
    for key, _ in item.pairs:
        if key not in _TAKEN:
            not_read.append(NotRead(format_path((*path, key)), _DROPPED.get(key, _NO_FIELD)))
    names = {"event_id": "event_id", "event_name": "event_name", "custom_data": "parameters"}
    return Object(tuple((name, item.get(key)) for key, name in names.items() if key in item))


def _buyer(value: Json, path: Path, not_read: list[NotRead]) -> Object:
    """Meta takes lists of values, each hashed; what is hashed falls away later."""
    if not isinstance(value, Object):
        return Object()
    kept: list[tuple[str, Json]] = []
    for key, each in value.pairs:
        if key in _NEVER:
            not_read.append(NotRead(format_path((*path, key)), _NO_FIELD))
            continue
        if isinstance(each, Array):
            if len(each) != 1:
                not_read.append(NotRead(format_path((*path, key)), _FIRST_ONLY))
            each = each.items[0] if each.items else None
        if each is not None:
            kept.append((key, each))
    return Object(tuple(kept))
