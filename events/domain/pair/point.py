"""One point of a comparison: what both halves say, and what it means at Meta."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from events.domain.patch import Operation
from events.domain.snippets.literals import json_line
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Json, Path


class Standing(StrEnum):
    """How the two halves stand to each other. OPEN: the page works its half out as it runs."""

    SAME = "same"
    DIFFERS = "differs"
    ONLY_BROWSER = "only browser"
    ONLY_SERVER = "only server"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Point:
    """`browser` and `server` are the values as written, "" for nothing; `path` leads to the payload's.

    `decides` marks what Meta pairs by; everything else only makes reports differ. `fix` takes the browser's value over
    into the payload; `cure` says what to change where.
    """

    key: str
    label: Text
    standing: Standing
    browser: str
    server: str
    path: Path
    message: Text
    cure: Text = NO_TEXT
    evidence: Text = NO_TEXT
    fix: tuple[Operation, ...] = ()
    decides: bool = False

    @property
    def is_trouble(self) -> bool:
        return self.standing not in (Standing.SAME, Standing.OPEN)


def shown(value: Json) -> str:
    """A value as a person reads it: nothing as "", a plain text as it is, everything else as JSON.

    Quotes show what would not be seen: a blank at an end, a sign without a shape.
    """
    if value is None:
        return ""
    is_plain = isinstance(value, str) and value.isprintable() and value == value.strip()
    return str(value) if is_plain else json_line(value)


def standing(browser: Json, server: Json, *, same: bool) -> Standing:
    """Where both speak, `same` tells; null and an empty text say nothing."""
    if is_nothing(browser) and is_nothing(server):
        return Standing.DIFFERS
    if is_nothing(server):
        return Standing.ONLY_BROWSER
    if is_nothing(browser):
        return Standing.ONLY_SERVER
    return Standing.SAME if same else Standing.DIFFERS


def is_nothing(value: Json) -> bool:
    return value is None or value == ""
