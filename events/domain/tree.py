"""A JSON document as a frozen tree that gives back what it was read from.

Python's own `json` turns `95300.00` into `95300.0` and a 30-digit integer into whatever a float makes of it, and
lets the last of two equal keys win. Here numbers keep their source text, keys keep their order, and a key that
stands twice in one object is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from events.domain.text import spelled_out

MAX_DEPTH = 64

Path: TypeAlias = tuple[str | int, ...]

# What JSON calls a number: its ten digits, and those of no other script.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number by its source text, never by its value. Raises `ValueError` for what JSON takes for none."""

    text: str

    def __post_init__(self) -> None:
        if not is_number(self.text):
            raise ValueError("No JSON number")


def is_number(text: str) -> bool:
    """Whether text is a number to JSON, digit for digit; `int` and `Decimal` take more: `٣`, `1_000`, ` 7`."""
    return _NUMBER.match(text) is not None


@dataclass(frozen=True, slots=True)
class Array:
    items: tuple[Json, ...] = ()

    def __iter__(self) -> Iterator[Json]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Object:
    """An ordered JSON object. `with_` and `without` return a new one; a replaced key keeps its place."""

    pairs: tuple[tuple[str, Json], ...] = ()

    # Loops, for the rules ask thousands of times: a generator takes three times as long.
    def __contains__(self, key: str) -> bool:
        for name, _value in self.pairs:  # noqa: SIM110
            if name == key:
                return True
        return False

    def get(self, key: str, default: Json = None) -> Json:
        for name, value in self.pairs:
            if name == key:
                return value
        return default

    def keys(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.pairs)

    def with_(self, key: str, value: Json) -> Object:
        if key in self:
            return Object(tuple((name, value if name == key else old) for name, old in self.pairs))
        return Object((*self.pairs, (key, value)))

    def without(self, key: str) -> Object:
        return Object(tuple(pair for pair in self.pairs if pair[0] != key))


Json: TypeAlias = bool | str | Number | Array | Object | None


class NotJson(ValueError):
    """The text is no JSON that can be sent. `message` says why; `place` says where, in words for a person."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{message} ({place})" if place else message)
        self.message = message
        self.place = place


_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# A lone surrogate has no UTF-8 form, so it goes out as the escape that it came in as.
_ESCAPED = re.compile(r'[\x00-\x1f"\\\ud800-\udfff]')


def read(source: str | bytes) -> Json:
    """Read JSON text. Raises `NotJson`, also for duplicate keys, NaN, bad UTF-8 and more than `MAX_DEPTH` levels."""
    text = _decoded(source)
    _refuse_deep(text)
    doubled: list[Object] = []
    try:
        tree: Json = json.loads(
            text,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=lambda pairs: _object(pairs, doubled),
        )
    except json.JSONDecodeError as error:
        raise NotJson(_plain(error.msg), f"line {error.lineno}, column {error.colno}") from error
    tree = _frozen(tree)
    if doubled:
        _refuse_duplicates(tree)
    return tree


def write(tree: Json) -> bytes:
    """The one serialiser: compact, UTF-8, keys in their order, numbers as they were read."""
    return _text(tree).encode()


def pretty(tree: Json) -> str:
    """The same JSON over several lines, indented by two blanks."""
    return _indented(tree, "")


def quoted(value: str) -> str:
    """A JSON string literal, letters beyond ASCII left readable."""
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def format_path(path: Path) -> str:
    """A path as people write it: `events[0].parameters.value`; odd keys are quoted: `parameters["a b"]`."""
    written = ""
    for step in path:
        if isinstance(step, int):
            written += f"[{step}]"
        elif _PLAIN_KEY.match(step):
            written += f".{step}" if written else step
        else:
            written += f"[{spelled_out(quoted(step))}]"
    return written


def at(tree: Json, path: Path) -> Json:
    """The value at a path, or None where the tree does not reach that far."""
    for step in path:
        if isinstance(step, str) and isinstance(tree, Object):
            tree = tree.get(step)
        elif isinstance(step, int) and isinstance(tree, Array) and step < len(tree):
            tree = tree.items[step]
        else:
            return None
    return tree


def walk(tree: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every value of the tree with its path, parents first."""
    yield path, tree
    if isinstance(tree, Object):
        for key, value in tree.pairs:
            yield from walk(value, (*path, key))
    elif isinstance(tree, Array):
        for index, value in enumerate(tree):
            yield from walk(value, (*path, index))


def texts(tree: Json) -> list[str]:
    """Every text of the tree, keys aside."""
    found: list[str] = []
    _gather(tree, found)
    return found


def _gather(tree: Json, found: list[str]) -> None:
    if isinstance(tree, str):
        found.append(tree)
    elif isinstance(tree, Object):
        for _, value in tree.pairs:
            _gather(value, found)
    elif isinstance(tree, Array):
        for item in tree.items:
            _gather(item, found)


def _decoded(source: str | bytes) -> str:
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotJson("The text is not UTF-8", f"byte {error.start}") from error
    if text.startswith("\ufeff"):
        raise NotJson("The text begins with a byte order mark, which JSON does not allow", "byte 0")
    return text


def _refuse_deep(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _BRACKETS.finditer(text):
        token = match.group()
        if token in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise NotJson(f"Lists and objects are nested more than {MAX_DEPTH} deep", _line(text, match.start()))
        elif token in "]}":
            depth -= 1


def _line(text: str, position: int) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}"


def _refuse_constant(name: str) -> Json:
    raise NotJson(f"{name} is no JSON number")


def _refuse_duplicates(tree: Json) -> None:
    for path, value in walk(tree):
        if isinstance(value, Object) and (twice := _first_repeated(value.keys())) is not None:
            raise NotJson(f"The key {quoted(twice)} stands more than once in one object", format_path((*path, twice)))


def _first_repeated(keys: tuple[str, ...]) -> str | None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def _object(pairs: list[tuple[str, object]], doubled: list[Object]) -> Object:
    # Asked here, for most values are no list: a call for each takes as long as all the rest.
    made = Object(tuple([(key, _frozen(value) if isinstance(value, list) else value) for key, value in pairs]))  # type: ignore[misc]
    if len(dict(pairs)) < len(pairs):
        doubled.append(made)
    return made


def _frozen(value: object) -> Json:
    if isinstance(value, list):
        return Array(tuple(_frozen(item) for item in value))
    return value  # type: ignore[return-value]  # the hooks above leave nothing else than Json


def _plain(message: str) -> str:
    return {
        "Expecting value": "A value is missing here",
        "Extra data": "There is more text after the end of the JSON",
        "Expecting ',' delimiter": "A comma is missing here",
        "Expecting ':' delimiter": "A colon is missing here",
        "Expecting property name enclosed in double quotes": "A key in double quotes is missing here",
        "Illegal trailing comma before end of object": "There is a comma too many before this }",
        "Illegal trailing comma before end of array": "There is a comma too many before this ]",
    }.get(message, message)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _scalar(tree: bool | str | Number | None) -> str:
    if isinstance(tree, str):
        return quoted(tree)
    if isinstance(tree, Number):
        return tree.text
    return {None: "null", True: "true", False: "false"}[tree]


def _text(tree: Json) -> str:
    if isinstance(tree, Object):
        return "{" + ",".join(f"{quoted(key)}:{_text(value)}" for key, value in tree.pairs) + "}"
    if isinstance(tree, Array):
        return "[" + ",".join(map(_text, tree)) + "]"
    return _scalar(tree)


def _indented(tree: Json, margin: str) -> str:
    inner = margin + "  "
    if isinstance(tree, Object) and tree.pairs:
        lines = [f"{inner}{quoted(key)}: {_indented(value, inner)}" for key, value in tree.pairs]
        return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
    if isinstance(tree, Array) and tree.items:
        return "[\n" + ",\n".join(inner + _indented(item, inner) for item in tree) + f"\n{margin}]"
    return _text(tree)
