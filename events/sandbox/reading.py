"""Reads a request body as JSON, exactly: no number becomes a float, no duplicate key is swallowed."""

import json
import re
from dataclasses import dataclass
from typing import NoReturn

# Deeper than any payload a shop sends, shallow enough for the standard reader in any thread.
MAX_DEPTH = 500

_STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?)(\d+))?")


class Unreadable(Exception):
    """The body is not a JSON text. `rule` names the sentence that was broken, `str()` says how."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True)
class Written:
    """A number as it was written; every question is answered from its digits, never through a float."""

    text: str

    @property
    def is_whole(self) -> bool:
        """Whether the value has no fraction: true of `1`, `1.0`, `1E0`, `0.1e1` and `1e400`."""
        _, digits, places = self._parts()
        trailing = len(digits) - len(digits.rstrip("0"))
        return self.is_zero or trailing >= places

    @property
    def is_zero(self) -> bool:
        """Whether every digit before the exponent is 0."""
        return not self._parts()[1].strip("0")

    @property
    def is_positive(self) -> bool:
        """Whether the value is above zero; for a whole number that is the same as `minimum: 1`."""
        return not self.is_zero and not self._parts()[0]

    def _parts(self) -> tuple[bool, str, int]:
        """(negative, digits without the point, how many of them stand behind it; below 0: zeros to add)."""
        match = _NUMBER.fullmatch(self.text)
        assert match, self.text
        sign, whole, fraction, exponent_sign, exponent = match.groups()
        fraction = fraction or ""
        # An exponent longer than any body has digits: only its sign matters.
        shift = int((exponent or "0").lstrip("0")[:18] or "0")
        return sign == "-", whole + fraction, len(fraction) - (-shift if exponent_sign == "-" else shift)


def read(body: bytes) -> object:
    """The JSON value of a body: dict, list, str, bool, None and `Written`. Raises Unreadable."""
    text = _decode(body)
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=Written,
            parse_float=Written,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Unreadable("the body is JSON", f"is not JSON: {error.msg} ({place})") from None
    except RecursionError:
        raise Unreadable("nesting is bounded", "is nested too deeply") from None


def _decode(body: bytes) -> str:
    if body.startswith(b"\xef\xbb\xbf"):
        raise Unreadable("the body is UTF-8 without a byte order mark", "starts with a byte order mark")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        rule = "the body is UTF-8 without a byte order mark"
        raise Unreadable(rule, f"is not UTF-8 at byte {error.start}") from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub("", text)):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > MAX_DEPTH:
            raise Unreadable("nesting is bounded", f"is nested more than {MAX_DEPTH} levels deep")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise Unreadable("a key stands once in its object", f"has the key {json.dumps(key)} twice")
        members[key] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable("the body is JSON", f"is not JSON: {name} is no JSON value")
