"""Remarks on what only a running page knows, in the words of its field."""

from __future__ import annotations

import re

from events.domain.reading.literal import Value
from events.domain.reading.remark import NotRead, quote
from events.domain.text import Text
from events.domain.tree import Path, format_path

CURLY = Text("Curly quotes were read as straight ones. A browser does not run a call that is written with them.")
_VARIABLE = re.compile(r"[\w$]+(?:\s*\??\.\s*[\w$]+|\[[\w'\"]+\])*", re.ASCII)
_PLACEHOLDER = re.compile(r"\{\{|\{%|<\?|<%")


def remarks(value: Value, prefix: Path = ()) -> list[NotRead]:
    """A remark on each part of a value that was left out; `prefix` is where the value belongs."""
    return [remark((*prefix, *part.path), part.source) for part in value.unread]


def remark(path: Path, source: str) -> NotRead:
    shown = quote(source)
    return NotRead(f"{format_path(path)}: {shown}" if path else shown, _why(source))


def of_all(values: tuple[Value, ...]) -> list[NotRead]:
    """The remarks on all arguments of a call."""
    return [*of_curly(values), *(each for value in values for each in remarks(value))]


def of_curly(values: tuple[Value, ...]) -> list[NotRead]:
    return next(([NotRead(quote(value.source), CURLY)] for value in values if value.is_curly), [])


def _why(source: str) -> Text:
    if source == "undefined":
        return Text("It is nothing, and the page leaves it out as well.")
    if _PLACEHOLDER.match(source):
        return Text("A placeholder that the shop fills in. Write in the value that you mean.")
    if source.startswith("..."):
        return Text("It adds the fields of a variable, and they are not in this text.")
    if _VARIABLE.fullmatch(source):
        return Text("A variable, whose value is not in this text. Write in the one that you mean.")
    return Text("The page works it out while it runs. Write in the value that you mean.")
