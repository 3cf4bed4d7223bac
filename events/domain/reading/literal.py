"""JavaScript literals, read and never run: objects, lists, texts and numbers as people and tools write them in code.

Beyond JSON: single and back quotes, keys without quotes, commas at the end, comments, other ways of writing numbers,
and `JSON.stringify` around a literal. A variable or a calculation has no value here: it is left out and named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.domain.reading.characters import unescaped
from events.domain.tree import MAX_DEPTH, Array, Json, Number, Object, Path, write

_BLANK = re.compile(r"(?:[\s\ufeff\u200b]++|//[^\n]*+|/\*(?s:.*?)\*/)*+")
_NAME = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")
# Word processors and chats turn straight quotes into these; what opens may also be written like what closes.
_CURLY = {"‘": "’", "’": "’", "“": "”", "”": "”"}
_TEXTS = {
    "'": re.compile(r"'((?:[^'\\\n]|\\(?s:.))*+)'"),
    '"': re.compile(r'"((?:[^"\\\n]|\\(?s:.))*+)"'),
    "`": re.compile(r"`((?:[^`\\]|\\(?s:.))*+)`"),
    **{opening: re.compile(rf"{opening}([^\n{closing}]*+){closing}") for opening, closing in _CURLY.items()},
}
_NUMBER = re.compile(
    r"([+-]?)(?:0[xX]([0-9a-fA-F]{1,64})|([0-9][0-9_]*)?(?:\.([0-9_]*))?([eE][+-]?[0-9]+)?)n?(?![\w$.])"
)
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}|<\?(?s:.{0,200}?)\?>|<%(?s:.{0,200}?)%>")
_STRINGIFY = re.compile(r"JSON\s*\.\s*stringify\s*\(")
# One step over code that is not understood: a quoted text, a comment, or one sign.
_STEP = re.compile(
    r"""'(?:[^'\\\n]|\\(?s:.))*+'|"(?:[^"\\\n]|\\(?s:.))*+"|`(?:[^`\\]|\\(?s:.))*+`"""
    r"""|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)|[^'"`/(){}\[\],;]++|(?s:.)"""
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class NotLiteral(ValueError):
    """The text ends or breaks off where a value, a comma or a closing bracket is needed; `place` counts from 0."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that only the running page knows: where it stands in its value, and its own text."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Value:
    """One expression. `tree` holds what could be read; `is_known` is false where that is nothing at all.

    `is_curly` tells of curly quotes, which no browser takes.
    """

    tree: Json
    is_known: bool
    source: str
    unread: tuple[Unread, ...] = ()
    is_curly: bool = False


class _Unknown:
    """In the place of a value that only the running page knows."""


_UNKNOWN = _Unknown()


def read_literal(text: str, start: int = 0) -> tuple[Value, int]:
    """The value that begins at `start`, and where it ends. Raises `NotLiteral`, and nothing else."""
    reader = _Reader(text, start)
    value = reader.argument()
    return value, reader.at


def read_arguments(text: str, start: int) -> tuple[tuple[Value, ...], int]:
    """The arguments of a call, from behind its opening bracket to behind the closing one. Raises `NotLiteral`."""
    reader, values = _Reader(text, start), []
    while not reader.takes(")"):
        values.append(reader.argument())
        if not reader.takes(","):
            reader.demands(")")
            break
    return tuple(values), reader.at


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start
        self.unread: list[Unread] = []
        self.is_curly = False

    def argument(self) -> Value:
        self.unread, self.is_curly = [], False
        self._skip_blanks()
        start = self.at
        tree = self._value((), 1)
        known = None if isinstance(tree, _Unknown) else tree
        source = self.text[start : self.at].strip()
        return Value(known, not isinstance(tree, _Unknown), source, tuple(self.unread), self.is_curly)

    def takes(self, sign: str) -> bool:
        self._skip_blanks()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def demands(self, sign: str) -> None:
        if not self.takes(sign):
            raise NotLiteral(self.at)

    def _skip_blanks(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _value(self, path: Path, depth: int) -> Json | _Unknown:
        """The value that stands here, whole: what goes on behind it makes it part of a calculation."""
        if depth > MAX_DEPTH:
            raise NotLiteral(self.at)
        self._skip_blanks()
        start, known_before = self.at, len(self.unread)
        value = self._primary(path, depth)
        self._skip_blanks()
        if not isinstance(value, _Unknown) and (self.at >= len(self.text) or self.text[self.at] in ",)]};"):
            return value
        self.at = start
        del self.unread[known_before:]
        return self._expression(path)

    def _primary(self, path: Path, depth: int) -> Json | _Unknown:
        sign = self.text[self.at : self.at + 1]
        if not sign:
            raise NotLiteral(self.at)
        if sign in _TEXTS:
            return self._quoted(sign)
        if sign in "{[":
            if _PLACEHOLDER.match(self.text, self.at):
                return _UNKNOWN
            return self._object(path, depth) if sign == "{" else self._list(path, depth)
        if sign in "+-.0123456789":
            return self._number()
        return self._named(path, depth)

    def _quoted(self, sign: str) -> Json | _Unknown:
        found = _TEXTS[sign].match(self.text, self.at)
        if found is None:
            raise NotLiteral(self.at)
        if sign == "`" and re.search(r"(?<!\\)\$\{", found[1]):
            return _UNKNOWN
        self.at = found.end()
        self.is_curly = self.is_curly or sign in _CURLY
        return found[1] if sign in _CURLY else unescaped(found[1])

    def _number(self) -> Json | _Unknown:
        found = _NUMBER.match(self.text, self.at)
        written = _json_number(found) if found else ""
        if not found or not written:
            return _UNKNOWN
        self.at = found.end()
        return Number(written)

    def _named(self, path: Path, depth: int) -> Json | _Unknown:
        if called := _STRINGIFY.match(self.text, self.at):
            return self._stringified(called.end(), path, depth)
        found = _NAME.match(self.text, self.at)
        if not found or found.group() not in ("true", "false", "null"):
            return _UNKNOWN
        self.at = found.end()
        return {"true": True, "false": False}.get(found.group())

    def _stringified(self, start: int, path: Path, depth: int) -> Json | _Unknown:
        """`JSON.stringify(…)` of a literal is a text that can be told."""
        self.at = start
        value = self._value(path, depth + 1)
        if not self.takes(")"):
            # Its further arguments change how it is written and not what it says.
            self.demands(",")
            self._over(")")
            self.demands(")")
        return value if isinstance(value, _Unknown) else write(value).decode("utf-8", "surrogatepass")

    def _object(self, path: Path, depth: int) -> Json:
        self.at += 1
        members: dict[str, Json] = {}
        while not self.takes("}"):
            self._member(members, path, depth)
            if not self.takes(","):
                self.demands("}")
                break
        return Object(tuple(members.items()))

    def _member(self, members: dict[str, Json], path: Path, depth: int) -> None:
        self._skip_blanks()
        start = self.at
        key = self._key()
        if key is None or not self.takes(":"):
            # A name that stands for key and value at once, `...other`, a computed key, a method.
            self.at = start
            self._expression((*path, *([] if key is None else [key])))
            return
        value = self._value((*path, key), depth + 1)
        members.pop(key, None) if isinstance(value, _Unknown) else members.update({key: value})

    def _key(self) -> str | None:
        sign = self.text[self.at : self.at + 1]
        if sign in _TEXTS and sign != "`":
            quoted = self._quoted(sign)
            return quoted if isinstance(quoted, str) else None
        found = _NAME.match(self.text, self.at) or re.compile("[0-9]+").match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        return found.group()

    def _list(self, path: Path, depth: int) -> Json:
        self.at += 1
        items: list[Json] = []
        while not self.takes("]"):
            if self.takes(","):
                items.append(None)
                continue
            value = self._value((*path, len(items)), depth + 1)
            if not isinstance(value, _Unknown):
                items.append(value)
            if not self.takes(","):
                self.demands("]")
                break
        return Array(tuple(items))

    def _expression(self, path: Path) -> _Unknown:
        start = self.at
        if placeholder := _PLACEHOLDER.match(self.text, start):
            self.at = placeholder.end()
        self._over(",)]};")
        if self.at == start:
            raise NotLiteral(start)
        self.unread.append(Unread(path, self.text[start : self.at].strip()))
        return _UNKNOWN

    def _over(self, ends: str) -> None:
        """Go to the first of these signs that stands in no bracket and no quotes, or to the end."""
        awaited: list[str] = []
        while step := _STEP.match(self.text, self.at):
            sign = step.group()
            if not awaited and sign in ends:
                return
            if sign in _CLOSING:
                awaited.append(_CLOSING[sign])
            elif sign in ")]}" and (not awaited or awaited.pop() != sign):
                raise NotLiteral(self.at)
            self.at = step.end()


def _json_number(found: re.Match[str]) -> str:
    """The number as JSON writes it, digit for digit; "" for what is none, or begins with a 0 that JavaScript minds."""
    sign, hexadecimal, whole, rest, power = found.groups()
    minus = "-" if sign == "-" else ""
    if hexadecimal:
        return minus + str(int(hexadecimal, 16))
    whole, rest = (whole or "").replace("_", ""), (rest or "").replace("_", "")
    if not whole + rest or (len(whole) > 1 and whole[0] == "0"):
        return ""
    return minus + (whole or "0") + (f".{rest}" if rest else "") + (power or "")
