"""Reads JSON piece by piece: what is asked for is kept, and everything else runs past, however large it is.

It does not judge what runs past: a browser wrote it, and nobody looks at it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_BLANKS = re.compile(r"[ \t\n\r]*+")
_IN_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
# Whole strings and what lies between them, up to a bracket or to a string that this piece does not end.
_FLAT = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}]*+")
_LONGEST_KEY = 1_000


class CutOff(ValueError):
    """The text ends in the middle of a value."""


class Malformed(ValueError):
    """The text is no JSON here."""


class TooLarge:
    """Stands for a value that was longer than what may be kept of it."""


TOO_LARGE = TooLarge()


class Scanner:
    """Walks through one JSON text that comes in pieces, and holds one piece and what it keeps of one value."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text, self._at = "", 0
        self._kept: list[str] | None = None
        self._room = 0

    def peek(self) -> str:
        """The next sign that is no blank. Raises `CutOff` at the end."""
        while True:
            self._forward(_end(_BLANKS, self._text, self._at))
            if self._at < len(self._text):
                return self._text[self._at]
            self._refill()

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; whoever asks reads or skips each value before the next key."""
        self._take("{")
        if self.peek() == "}":
            return self._take("}")
        while True:
            if self.peek() != '"':
                raise Malformed
            key = self.value(_LONGEST_KEY)
            self._take(":")
            yield key if isinstance(key, str) else ""
            if self._took_last("}"):
                return None

    def items(self) -> Iterator[None]:
        """Stops in front of each item of the list that begins here; whoever asks reads or skips it."""
        self._take("[")
        if self.peek() == "]":
            return self._take("]")
        while True:
            yield
            if self._took_last("]"):
                return None

    def value(self, most: int) -> Any:
        """The value that begins here as Python reads it; `TOO_LARGE` for more than `most` letters, None for no JSON."""
        self.peek()
        self._kept, self._room = [], most
        self.skip()
        kept, self._kept = self._kept, None
        if self._room < 0:
            return TOO_LARGE
        try:
            return json.loads("".join(kept), strict=False)
        except (ValueError, RecursionError):
            return None

    def skip(self) -> None:
        """Go behind the value that begins here."""
        sign = self.peek()
        if sign == '"':
            self._string()
        elif sign in "{[":
            self._nested()
        else:
            self._scalar()

    def _string(self) -> None:
        self._forward(self._at + 1)
        while True:
            self._forward(_end(_IN_STRING, self._text, self._at))
            if self._at == len(self._text):
                self._refill()
                continue
            if self._text[self._at] == '"':
                return self._forward(self._at + 1)
            # A backslash that ends the piece: the sign behind it belongs to it, whatever it is.
            self._forward(self._at + 1)
            self._refill()
            self._forward(self._at + 1)

    def _nested(self) -> None:
        depth = 0
        while True:
            self._forward(_end(_FLAT, self._text, self._at))
            if self._at == len(self._text):
                self._refill()
            elif self._text[self._at] == '"':
                self._string()
            else:
                depth += 1 if self._text[self._at] in "{[" else -1
                self._forward(self._at + 1)
                if depth <= 0:
                    return

    def _scalar(self) -> None:
        before = self._at
        while True:
            self._forward(_end(_SCALAR, self._text, self._at))
            if self._at < len(self._text):
                break
            before = -1
            self._refill()
        if self._at == before:
            raise Malformed

    def _took_last(self, end: str) -> bool:
        """Go behind a comma, or behind the end of the list or object: True for the latter."""
        sign = self.peek()
        if sign not in (",", end):
            raise Malformed
        self._forward(self._at + 1)
        return sign == end

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            raise Malformed
        self._forward(self._at + 1)

    def _forward(self, to: int) -> None:
        if self._kept is not None:
            self._room -= to - self._at
            if self._room >= 0:
                self._kept.append(self._text[self._at : to])
            else:
                self._kept.clear()
        self._at = to

    def _refill(self) -> None:
        """The next piece in the place of this one, which has been read to its end."""
        for piece in self._pieces:
            if piece:
                self._text, self._at = piece, 0
                return
        raise CutOff


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    assert found  # each of the patterns takes nothing, too
    return found.end()
