"""Spellings that hide a value from a plain look: escapes that no sign needs, base64, and the hashes that Meta takes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cached_property

# Of fewer letters, chance makes as many: "wulan" stands in base64 of anything sooner or later.
SHORTEST_IN_BASE64 = 5
_ESCAPE = re.compile(r"%(?:25)*([0-9a-f]{2})|\\u00([0-9a-f]{2})|&#x0*([0-9a-f]{2});|&#0*(\d{2,3});", re.IGNORECASE)
SHORTEST_DISGUISE = 16
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


class Disguises:
    """What holds one of `needles` in base64, or is the hash of one of `values`."""

    def __init__(self, values: Iterable[str], needles: Iterable[str]) -> None:
        """Nothing is hashed yet: nearly no text holds anything that looks like a hash."""
        self._values = tuple(values)
        self._needles = [needle.encode() for needle in needles if len(needle) >= SHORTEST_IN_BASE64]

    def removed(self, text: str, instead: str) -> str:
        """The text with `instead` in the place of each."""
        if len(text) < SHORTEST_DISGUISE:
            return text
        text = _SHA256.sub(lambda match: instead if match.group().lower() in self._hashed else match.group(), text)
        if not self._tells(*_BASE64.findall(text)):
            return text
        return _BASE64.sub(lambda match: instead if self._tells(match.group()) else match.group(), text)

    @cached_property
    def _hashed(self) -> frozenset[str]:
        forms = {form for value in self._values for form in _forms(value)}
        return frozenset(hashlib.sha256(form.encode("utf-8", "replace")).hexdigest() for form in forms)

    def _tells(self, *tokens: str) -> bool:
        """Whether a needle stands in a token, which may begin anywhere in what was encoded; of several, perhaps."""
        # Of several tokens the decoded pieces touch one another, where chance may make a needle.
        decoded = b" ".join([base64.b64decode(_pieces(tokens, start)) for start in range(4)]).lower()
        # No needle holds a blank, so none is found over a seam. A loop, for every send asks several times.
        for needle in self._needles:  # noqa: SIM110
            if needle in decoded:
                return True
        return False


def _pieces(tokens: Iterable[str], start: int) -> str:
    """The tokens from a place on, as far as they are whole groups of four."""
    return "".join([token[start : start + (len(token) - start) // 4 * 4] for token in tokens]).translate(_FROM_URL)


def _forms(value: str) -> tuple[str, ...]:
    """A value as it is hashed for Meta: as it stands, in small letters, or its digits alone."""
    return value, value.lower(), re.sub(r"\D", "", value) or value
