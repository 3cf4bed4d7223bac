"""Spellings that hide a value from a plain look: escapes that no sign needs, base64, and the hashes that Meta takes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable

# Of fewer letters, chance makes as many: "wulan" stands in base64 of anything sooner or later.
SHORTEST_IN_BASE64 = 5
_ESCAPE = re.compile(r"%(?:25)*([0-9a-f]{2})|\\u00([0-9a-f]{2})|&#x0*([0-9a-f]{2});|&#0*(\d{2,3});", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")
_SHA256 = re.compile(r"(?<![0-9a-z])[0-9a-f]{64}(?![0-9a-z])", re.IGNORECASE)
_FROM_URL = str.maketrans("-_", "+/")


def without_needless_escapes(text: str) -> str:
    """The text with `%77`, `\\u0077` and `&#119;` as the letter, digit or underscore that they stand for."""
    return _ESCAPE.sub(_letter, text) if any(sign in text for sign in ("%", "\\", "&#")) else text


def _letter(match: re.Match[str]) -> str:
    hexadecimal = next(filter(None, match.groups()[:3]), "")
    sign = chr(int(hexadecimal, 16) if hexadecimal else int(match[4]))
    return sign if sign.isascii() and (sign.isalnum() or sign == "_") else match.group()


def disguises(values: Iterable[str], needles: Iterable[str]) -> Callable[[str, str], str]:
    """A function (text, instead) that takes out what holds a needle in base64, or is the hash of a value."""
    hashed = {hashlib.sha256(form.encode("utf-8", "replace")).hexdigest() for value in values for form in _forms(value)}
    telling = tuple(needle.encode() for needle in needles if len(needle) >= SHORTEST_IN_BASE64)

    def removed(text: str, instead: str) -> str:
        text = _SHA256.sub(lambda match: instead if match.group().lower() in hashed else match.group(), text)
        return _BASE64.sub(lambda match: instead if _tells(match.group(), telling) else match.group(), text)

    return removed


def _forms(value: str) -> tuple[str, ...]:
    """A value as it is hashed for Meta: as it stands, in small letters, or its digits alone."""
    return value, value.lower(), re.sub(r"\D", "", value) or value


def _tells(token: str, needles: tuple[bytes, ...]) -> bool:
    """Whether a needle stands in the token, which may begin anywhere in what was encoded."""
    token = token.translate(_FROM_URL)
    for start in range(4):
        piece = token[start:]
        decoded = base64.b64decode(piece[: len(piece) // 4 * 4]).lower()
        if any(needle in decoded for needle in needles):
            return True
    return False
