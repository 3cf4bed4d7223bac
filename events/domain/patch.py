"""Changes of a payload as a list of JSON Patch operations (RFC 6902): `add`, `remove` and `replace`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from events.domain.tree import Array, Json, Object, Path, at, write


class CannotApply(ValueError):
    """The payload is not the one that an operation was made for: its path leads nowhere."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One step. `value` is what is put at `path`, and means nothing for a `remove`."""

    op: str
    path: Path
    value: Json = None

    def as_json(self) -> Object:
        """As RFC 6902 writes it, the value with every digit that it has."""
        written = Object((("op", self.op), ("path", pointer(self.path))))
        return written if self.op == "remove" else written.with_("value", self.value)


def add(path: Path, value: Json) -> Operation:
    return Operation("add", path, value)


def remove(path: Path) -> Operation:
    return Operation("remove", path)


def replace(path: Path, value: Json) -> Operation:
    return Operation("replace", path, value)


def pointer(path: Path) -> str:
    """The path as RFC 6901 writes it: `/events/0/parameters/value`."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def apply(tree: Json, operations: Iterable[Operation]) -> Json:
    """The tree after all operations, in their order. Raises `CannotApply`, and then nothing was changed."""
    for operation in operations:
        tree = _applied(tree, operation.path, operation)
    return tree


def before_and_after(tree: Json, operation: Operation) -> tuple[str, str]:
    """What stands at the operation's path, and what will: JSON text, "" for nothing."""
    owner = at(tree, operation.path[:-1])
    stands = isinstance(owner, Array) or (isinstance(owner, Object) and str(operation.path[-1]) in owner)
    before = write(at(tree, operation.path)).decode() if stands else ""
    return before, "" if operation.op == "remove" else write(operation.value).decode()


def _applied(tree: Json, path: Path, operation: Operation) -> Json:
    if not path:
        return operation.value
    step, rest = path[0], path[1:]
    if isinstance(tree, Object) and isinstance(step, str):
        return _in_object(tree, step, rest, operation)
    if isinstance(tree, Array) and isinstance(step, int):
        return _in_array(tree, step, rest, operation)
    raise CannotApply(pointer(operation.path))


def _in_object(tree: Object, key: str, rest: Path, operation: Operation) -> Json:
    if rest:
        if key not in tree:
            raise CannotApply(pointer(operation.path))
        return tree.with_(key, _applied(tree.get(key), rest, operation))
    if operation.op != "add" and key not in tree:
        raise CannotApply(pointer(operation.path))
    return tree.without(key) if operation.op == "remove" else tree.with_(key, operation.value)


def _in_array(tree: Array, place: int, rest: Path, operation: Operation) -> Json:
    items = list(tree)
    last = len(items) if operation.op == "add" and not rest else len(items) - 1
    if not 0 <= place <= last:
        raise CannotApply(pointer(operation.path))
    if rest:
        items[place] = _applied(items[place], rest, operation)
    elif operation.op == "add":
        items.insert(place, operation.value)
    elif operation.op == "remove":
        del items[place]
    else:
        items[place] = operation.value
    return Array(tuple(items))
