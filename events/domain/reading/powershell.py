"""PowerShell, as far as people write requests in it: quotes, here-strings, tables, lists, variables set once.

Nothing is run. A variable counts where the same text sets it to something that can be told; of all that is worked out,
only `ConvertTo-Json`, characters by their number and the bytes of a text are understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from events.domain.reading.literal import Unread
from events.domain.reading.powershell_text import VARIABLE, expanded, name_of
from events.domain.reading.words import not_closed
from events.domain.tree import MAX_DEPTH, Array, Json, Number, Object, Path, write

# A script of requests has a few; a visit copied whole has some hundreds.
MOST_STATEMENTS = 2_000
_BLANK = re.compile(r"(?:[ \t]++|`\r?\n|<#(?s:.*?)#>)*+")
_WIDE_BLANK = re.compile(r"(?:[\s;]++|`\r?\n|<#(?s:.*?)#>|#[^\n]*+)*+")
_SINGLE = re.compile(r"'((?:[^']|'')*+)'")
_DOUBLE = re.compile(r'"((?:[^"`]|`(?s:.)|"")*+)"')
_HERE = re.compile(r"""@(?P<quote>['"])[ \t]*\r?\n(?P<text>(?s:.*?))\r?\n[ \t]*(?P=quote)@""")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?=[\s;,)}|]|\Z)")
_BARE = re.compile(r"[^\s'\"`;|(){}@$,]+")
_ASSIGNED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)[ \t]*=(?!=)")
# What of a variable is meant: `.Property`, `.Method(…)`, `[0]`.
_MEMBER = re.compile(r"(?:\.\w{1,60}(?:\([^()\n]{0,200}\))?|\[[^\]\n]{0,100}\])*+")
_STEP = re.compile(r"""'(?:[^']|'')*+'|"(?:[^"`]|`(?s:.)|"")*+"|`(?s:.)|[^'"`(){}\n;|,]++|(?s:.)""")
_CONSTANTS = {"true": True, "false": False, "null": None}
_CLOSING = {"(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Argument:
    """A word of a command. `name` is the parameter before it, "" for none, without its dash."""

    name: str
    value: Json
    is_known: bool = True
    source: str = ""
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One command with its arguments."""

    name: str
    arguments: tuple[Argument, ...] = ()


@dataclass
class _Variable:
    value: Json
    is_known: bool
    unread: tuple[Unread, ...] = field(default=())


class _Unknown:
    """In the place of a value that only a running PowerShell knows."""


_UNKNOWN = _Unknown()
Told = Json | _Unknown


def statements(text: str) -> tuple[Statement, ...]:
    """The commands of a text. Raises `NotClosed`."""
    return _Script(text.replace("\r\n", "\n")).run()


class _Script:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.variables: dict[str, _Variable] = {}
        self.unread: list[Unread] = []

    def run(self) -> tuple[Statement, ...]:
        found: list[Statement] = []
        self._blanks(_WIDE_BLANK)
        while self.at < len(self.text) and len(found) < MOST_STATEMENTS:
            if assigned := _ASSIGNED.match(self.text, self.at):
                self.at = assigned.end()
                self._assign(assigned[1].lower(), found)
            elif statement := self._statement():
                found.append(statement)
            self._blanks(_WIDE_BLANK)
        return tuple(found)

    def _assign(self, name: str, found: list[Statement]) -> None:
        self._blanks()
        if re.compile(r"[A-Za-z]+-[A-Za-z]+\b|curl").match(self.text, self.at):
            # What the command answers is kept under a name, and here it is the command that counts.
            found += [statement] if (statement := self._statement()) else []
            return
        self.unread = []
        value = self._piped((), 1)
        known = None if isinstance(value, _Unknown) else value
        self.variables[name] = _Variable(known, not isinstance(value, _Unknown), tuple(self.unread))

    def _statement(self) -> Statement | None:
        start = self.at
        bare = _BARE.match(self.text, start)
        if bare is None:
            self._over("\n;")
            self.at += self.at == start
            return None
        self.at = bare.end()
        arguments: list[Argument] = []
        self._blanks()
        while self.at < len(self.text) and self.text[self.at] not in "\n;|)}":
            arguments.append(self._argument())
            self._blanks()
        if self.text.startswith("|", self.at):
            self._over("\n;")
        self.at += self.text.startswith((")", "}"), self.at)
        return Statement(bare.group().lower(), tuple(arguments))

    def _argument(self) -> Argument:
        start, name = self.at, ""
        if parameter := re.compile(r"-([A-Za-z][A-Za-z0-9-]*):?(?=[\s;|)]|\Z|['\"$@(])").match(self.text, start):
            name, self.at = parameter[1], parameter.end()
            self._blanks()
            if self.at >= len(self.text) or self.text[self.at] in "\n;|)}-":
                return Argument(name, None, source=self.text[start : self.at])
        value_start, self.unread = self.at, []
        value = self._value((), 1)
        if self.at == value_start:
            self.at += 1
        source = self.text[value_start : self.at]
        return Argument(
            name,
            None if isinstance(value, _Unknown) else value,
            not isinstance(value, _Unknown),
            source,
            tuple(self.unread),
        )

    def _blanks(self, pattern: re.Pattern[str] = _BLANK) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _piped(self, path: Path, depth: int) -> Told:
        """A value, and what a pipe makes of it: JSON is all that can be told."""
        value = self._value(path, depth)
        self._blanks()
        while self.text.startswith("|", self.at):
            pipe = re.compile(r"\|\s*ConvertTo-Json\b", re.IGNORECASE).match(self.text, self.at)
            start = self.at
            self.at = pipe.end() if pipe else self.at + 1
            self._over("\n;)}|")
            value = write(value).decode() if pipe and not isinstance(value, _Unknown) else self._lost(path, start)
        if self.at < len(self.text) and self.text[self.at] in "+*/.-":
            return self._lost(path, self.at)
        return value

    def _value(self, path: Path, depth: int) -> Told:
        text, at = self.text, self.at
        if depth > MAX_DEPTH:
            not_closed(text, at)
        if text.startswith(("@{", "@("), at):
            self.at += 2
            return self._table(path, depth) if text[at + 1] == "{" else self._list(path, depth)
        if text.startswith("(", at):
            return self._group(path, depth)
        if text.startswith("[", at):
            return self._cast(path, depth)
        return self._quoted(path) if text.startswith(("'", '"', "@"), at) else self._plain(path)

    def _plain(self, path: Path) -> Told:
        if variable := VARIABLE.match(self.text, self.at):
            self.at = variable.end()
            return self._known(name_of(variable), path, variable.group())
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            return Number(number.group())
        return self._bare(path)

    def _bare(self, path: Path) -> Told:
        bare = _BARE.match(self.text, self.at)
        if bare is None:
            return self._lost(path, self.at)
        self.at = bare.end()
        return bare.group()

    def _quoted(self, path: Path) -> Told:
        if here := _HERE.match(self.text, self.at):
            self.at = here.end()
            return self._expanded(here["text"], path) if here["quote"] == '"' else here["text"]
        is_double = self.text[self.at] == '"'
        found = (_DOUBLE if is_double else _SINGLE).match(self.text, self.at)
        if found is None:
            not_closed(self.text, self.at)
        self.at = found.end()
        return self._expanded(found[1], path) if is_double else found[1].replace("''", "'")

    def _expanded(self, text: str, path: Path) -> str:
        told, unknown = expanded(text, self._texts())
        self.unread += [Unread(path, source) for source in unknown]
        return told

    def _texts(self) -> dict[str, str]:
        known = {name: each.value for name, each in self.variables.items() if each.is_known}
        texts = {name: value.text if isinstance(value, Number) else value for name, value in known.items()}
        return {name: text for name, text in texts.items() if isinstance(text, str)}

    def _known(self, name: str, path: Path, source: str) -> Told:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        known = self.variables.get(name)
        if known is None or not known.is_known or self.text.startswith((".", "["), self.at):
            start = self.at - len(source)
            member = _MEMBER.match(self.text, self.at)
            self.at = member.end() if member else self.at
            self.unread.append(Unread(path, self.text[start : self.at]))
            return _UNKNOWN
        self.unread += [Unread((*path, *part.path), part.source) for part in known.unread]
        return known.value

    def _group(self, path: Path, depth: int) -> Told:
        self.at += 1
        self._blanks(_WIDE_BLANK)
        value = self._piped(path, depth + 1)
        self._blanks(_WIDE_BLANK)
        if not self._closes(")"):
            value = self._lost(path, self.at)
            self._closes(")")
        return value

    def _cast(self, path: Path, depth: int) -> Told:
        """`[System.Text.Encoding]::UTF8.GetBytes("…")` are the bytes of a text; `[int]5`, `[ordered]@{…}` the value."""
        start = self.at
        called = re.compile(r"\[(?:System\.)?Text\.Encoding\]::UTF8\.GetBytes(?=\()|\[[A-Za-z.]{1,60}\](?!::)", re.I)
        found = called.match(self.text, start)
        if found is None:
            return self._lost(path, start)
        self.at = found.end()
        return self._value(path, depth + 1)

    def _table(self, path: Path, depth: int) -> Json:
        members: dict[str, Json] = {}
        self._blanks(_WIDE_BLANK)
        while not self._closes("}"):
            key = re.compile(r"""'((?:[^']|'')*+)'|"([^"]*+)"|([A-Za-z0-9_-]+)""").match(self.text, self.at)
            if key is None:
                not_closed(self.text, self.at)
            self.at = key.end()
            name = key[1] or key[2] or key[3] or ""
            if not (equals := re.compile(r"\s*=\s*").match(self.text, self.at)):
                not_closed(self.text, self.at)
            self.at = equals.end()
            value = self._piped((*path, name), depth + 1)
            members.pop(name, None) if isinstance(value, _Unknown) else members.update({name: value})
            self._blanks(_WIDE_BLANK)
        return Object(tuple(members.items()))

    def _list(self, path: Path, depth: int) -> Json:
        items: list[Json] = []
        self._blanks(_WIDE_BLANK)
        while not self._closes(")"):
            value = self._piped((*path, len(items)), depth + 1)
            items += [] if isinstance(value, _Unknown) else [value]
            comma = re.compile(r"[\s;]*,?[\s;]*").match(self.text, self.at)
            self.at = comma.end() if comma else self.at
        return Array(tuple(items))

    def _closes(self, sign: str) -> bool:
        if self.at >= len(self.text):
            not_closed(self.text, max(0, self.at - 1))
        is_closed = self.text.startswith(sign, self.at)
        self.at += is_closed
        return is_closed

    def _lost(self, path: Path, start: int) -> _Unknown:
        """Leave out what stands from `start` to the end of this value."""
        self._over("\n;)},")
        source = self.text[start : self.at].strip()
        if not source:
            not_closed(self.text, start)
        self.unread.append(Unread(path, source))
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
            elif awaited and sign == awaited[-1]:
                awaited.pop()
            self.at = step.end()
