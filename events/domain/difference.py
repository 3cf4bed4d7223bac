"""Where two payloads differ: what stands in one only, what has another type, what has another value.

Values that differ with every event (IDs, the buyer's) say nothing about why one was taken and the other refused: they
are left out. That one of the buyer's keys is missing is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from events.domain.text import Text
from events.domain.tree import Array, Json, Number, Object, Path, write

MOST_FOUND = 200
_LONGEST = 60
_OF_THE_EVENT = frozenset({"event_id", "order_id", "fbc", "fbp", "external_id"})


class Kind(StrEnum):
    """In the order in which they tell most."""

    MISSING = "missing"
    ADDED = "added"
    TYPE = "type"
    COUNT = "count"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two payloads differ; `left` and `right` are short JSON, "" where nothing stands."""

    path: Path
    kind: Kind
    left: str = ""
    right: str = ""

    @property
    def words(self) -> Text:
        """What there is to say, beside the place."""
        return Text(_WORDS[self.kind], left=self.left, right=self.right)


def differences(left: Json, right: Json, *, first: tuple[Path, ...] = ()) -> tuple[Difference, ...]:
    """What differs, the places in `first` in front, then by how much it tells. At most `MOST_FOUND` are looked for."""
    found = [each for each, _number in zip(_between(left, right, ()), range(MOST_FOUND), strict=False)]
    kinds = list(Kind)
    return tuple(sorted(found, key=lambda each: (each.path not in first, kinds.index(each.kind))))


def _between(left: Json, right: Json, path: Path) -> Iterator[Difference]:
    if isinstance(left, Object) and isinstance(right, Object):
        yield from _between_objects(left, right, path)
    elif isinstance(left, Array) and isinstance(right, Array):
        if len(left) != len(right):
            yield Difference(path, Kind.COUNT, str(len(left)), str(len(right)))
        for index, (one, other) in enumerate(zip(left, right, strict=False)):
            yield from _between(one, other, (*path, index))
    elif _type(left) != _type(right):
        yield Difference(path, Kind.TYPE, short(left), short(right))
    elif left != right and not _differs_always(path):
        yield Difference(path, Kind.VALUE, short(left), short(right))


def _between_objects(left: Object, right: Object, path: Path) -> Iterator[Difference]:
    # Not `Object.get`, which walks along all keys each time.
    ours, theirs = dict(left.pairs), dict(right.pairs)
    for key, value in ours.items():
        if key in theirs:
            yield from _between(value, theirs[key], (*path, key))
        else:
            yield Difference((*path, key), Kind.MISSING, left=short(value))
    for key, value in theirs.items():
        if key not in ours:
            yield Difference((*path, key), Kind.ADDED, right=short(value))


def _differs_always(path: Path) -> bool:
    return path[:1] == ("user_data",) or (bool(path) and path[-1] in _OF_THE_EVENT)


def _type(value: Json) -> str:
    if isinstance(value, Number):
        return "number"
    return "list" if isinstance(value, Array) else "object" if isinstance(value, Object) else type(value).__name__


def short(value: Json) -> str:
    """A value in one short line; of what is large only how it begins."""
    text = write(value).decode()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_WORDS = {
    Kind.MISSING: "`{left}` in the one that was taken, missing here",
    Kind.ADDED: "`{right}` here, missing in the one that was taken",
    Kind.TYPE: "`{left}` in the one that was taken, `{right}` here",
    Kind.COUNT: "{left} entries in the one that was taken, {right} here",
    Kind.VALUE: "`{left}` in the one that was taken, `{right}` here",
}
