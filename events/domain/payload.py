"""The request body in the contract's words: typed views on the tree, which stays the one truth.

A view never copies: what it does not know (extra keys, odd types, digits) stays in the tree as it was read.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.domain import contract
from events.domain.tree import Array, Json, NotJson, Object, Path, at, read, write


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of `events`; `path` leads to it."""

    tree: Object
    path: Path

    @property
    def event_id(self) -> str:
        return _text(self.tree.get("event_id"))

    @property
    def event_name(self) -> str:
        return _text(self.tree.get("event_name"))

    @property
    def parameters(self) -> Object:
        return _object(self.tree.get("parameters"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cart: a VariantLine or a BundleLine, told apart by the list that `path` begins with."""

    tree: Object
    path: Path

    @property
    def id_key(self) -> str:
        return contract.LINE_ID_KEYS[str(self.path[0])]

    @property
    def item_id(self) -> str:
        return _text(self.tree.get(self.id_key))


@dataclass(frozen=True, slots=True)
class Payload:
    """A request body. `tree` is what is sent; everything else reads from it and forgives what is malformed."""

    tree: Object

    @classmethod
    def from_json(cls, source: str | bytes) -> Payload:
        """Raises `NotJson`, also when the top level is no object."""
        return cls(_object(read(source), strict=True))

    @classmethod
    def of(cls, tree: Json) -> Payload:
        """A view on any tree; what is no object reads as an empty payload."""
        return cls(_object(tree))

    def to_json(self) -> bytes:
        """The exact bytes that are sent and kept."""
        return write(self.tree)

    @property
    def page_url(self) -> str:
        return _text(self.tree.get("event_source_url"))

    @property
    def referrer_url(self) -> str:
        return _text(self.tree.get("referrer_url"))

    @property
    def user_data(self) -> Object:
        return _object(self.tree.get("user_data"))

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(Event(tree, path) for tree, path in _objects(self.tree, "events"))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(tree, path) for key in contract.LINE_ID_KEYS for tree, path in _objects(self.tree, key))


def replaced(tree: Json, path: Path, value: Json) -> Json:
    """The tree with one value replaced; a path that the tree does not reach changes nothing."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, str) and isinstance(tree, Object) and step in tree:
        return tree.with_(step, replaced(tree.get(step), rest, value))
    if isinstance(step, int) and isinstance(tree, Array) and step < len(tree):
        items = list(tree)
        items[step] = replaced(items[step], rest, value)
        return Array(tuple(items))
    return tree


def with_event_ids(tree: Object, new_ids: tuple[str, ...]) -> Object:
    """The payload with its events' IDs replaced in order: a duplicate must not look like its origin to Meta."""
    events = tree.get("events")
    if not isinstance(events, Array):
        return tree
    renamed = (replaced(event, ("event_id",), new_id) for event, new_id in zip(events, new_ids, strict=False))
    return tree.with_("events", Array((*renamed, *events.items[len(new_ids) :])))


def _objects(tree: Object, key: str) -> list[tuple[Object, Path]]:
    entries = at(tree, (key,))
    if not isinstance(entries, Array):
        return []
    return [(entry, (key, index)) for index, entry in enumerate(entries) if isinstance(entry, Object)]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Json, *, strict: bool = False) -> Object:
    if isinstance(value, Object):
        return value
    if strict:
        raise NotJson("The request must be one JSON object, written in { }")
    return Object()
