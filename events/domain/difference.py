"""Where two payloads differ: what stands in one only, what has another type, what has another value.

Values that differ with every event (IDs, the buyer's) say nothing about why one was taken and the other refused: they
are left out, but where somebody asks for everything. That one of the buyer's keys is missing is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from events.domain.text import Text
from events.domain.tree import Array, Json, Number, Object, Path, at, write
from events.domain.veil import Veil

MOST_FOUND = 200
_LONGEST = 60
# So much of what is alike is shown before the place where two long values part.
_BEFORE = 20
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


@dataclass(frozen=True, slots=True)
class Veiled:
    """A tree, and what is shown of it through a veil, which leaves its shape."""

    tree: Json = field(repr=False)
    shown: Json
    veil: Veil

    @classmethod
    def request(cls, payload: Json) -> Veiled:
        """A request under the masks of its own buyer."""
        veil = Veil.over(payload)
        return cls(payload, veil.payload(payload), veil)

    @classmethod
    def answer(cls, said: Json, payload: Json) -> Veiled:
        """What was answered to a request, under the masks of the request's buyer."""
        veil = Veil.over(payload)
        return cls(said, veil.tree(said), veil)


def differences(
    left: Json, right: Json, *, first: tuple[Path, ...] = (), everything: bool = False
) -> tuple[Difference, ...]:
    """What differs, the places in `first` in front, then by how much it tells. At most `MOST_FOUND` are looked for."""
    between = (each for each in _between(left, right, ()) if everything or not _differs_always(each))
    found = [each for each, _number in zip(between, range(MOST_FOUND), strict=False)]
    kinds = list(Kind)
    return tuple(sorted(found, key=lambda each: (each.path not in first, kinds.index(each.kind))))


def veiled(difference: Difference, left: Veiled, right: Veiled) -> Difference:
    """The same with what two veils leave of its values and its place: these may look alike, and differ."""
    if difference.kind is Kind.COUNT:
        return difference
    path = difference.path
    values = [at(side.shown, side.veil.path(path)) for side in (left, right)]
    one, other = apart(*(_line(value) for value in values))
    return replace(
        difference,
        path=right.veil.path(left.veil.path(path)),
        left=difference.left and one,
        right=difference.right and other,
    )


def _between(left: Json, right: Json, path: Path) -> Iterator[Difference]:
    if isinstance(left, Object) and isinstance(right, Object):
        yield from _between_objects(left, right, path)
    elif isinstance(left, Array) and isinstance(right, Array):
        if len(left) != len(right):
            yield Difference(path, Kind.COUNT, str(len(left)), str(len(right)))
        for index, (one, other) in enumerate(zip(left, right, strict=False)):
            yield from _between(one, other, (*path, index))
    elif left != right or _type(left) != _type(right):
        kind = Kind.VALUE if _type(left) == _type(right) else Kind.TYPE
        yield Difference(path, kind, *apart(_line(left), _line(right)))


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


def _differs_always(each: Difference) -> bool:
    path = each.path
    return each.kind is Kind.VALUE and (path[:1] == ("user_data",) or (bool(path) and path[-1] in _OF_THE_EVENT))


def _type(value: Json) -> str:
    if isinstance(value, Number):
        return "number"
    return "list" if isinstance(value, Array) else "object" if isinstance(value, Object) else type(value).__name__


def short(value: Json) -> str:
    """A value in one short line; of what is large only how it begins."""
    return _cut(_line(value))


def apart(left: str, right: str) -> tuple[str, str]:
    """Two texts as two short lines; of long ones the part in which they differ."""
    parting = (place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other)
    same = next(parting, min(len(left), len(right)))
    is_shown = left == right or same < _LONGEST // 2 or max(len(left), len(right)) <= _LONGEST
    start = 0 if is_shown else same - _BEFORE
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int = 0) -> str:
    text = "…" + text[start + 1 :] if start else text
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _line(value: Json) -> str:
    return write(value).decode()


_WORDS = {
    Kind.MISSING: "`{left}` in the one that was taken, missing here",
    Kind.ADDED: "`{right}` here, missing in the one that was taken",
    Kind.TYPE: "`{left}` in the one that was taken, `{right}` here",
    Kind.COUNT: "{left} entries in the one that was taken, {right} here",
    Kind.VALUE: "`{left}` in the one that was taken, `{right}` here",
}
