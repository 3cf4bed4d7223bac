"""Backslash escapes of quoted texts, as JavaScript and the shells write them."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|(?s:.)))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "", "\r": ""}
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def unescaped(text: str) -> str:
    """The text that stands between the quotes of a JavaScript string; an escape without a meaning is its own sign."""
    return joined_halves(_ESCAPE.sub(_sign, text)) if "\\" in text else text


def joined_halves(text: str) -> str:
    """Two escaped halves of a character as the one that they are; a half alone stays."""
    return _HALVES.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _sign(found: re.Match[str]) -> str:
    wide, four, two, plain = found.groups()
    if plain is not None:
        return _SIGNS.get(plain, plain)
    number = int(wide or four or two, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
