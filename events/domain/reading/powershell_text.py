"""What PowerShell makes of a text between double quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from events.domain.reading.characters import joined_halves

VARIABLE = re.compile(r"\$(?:\{([^}\n]{1,100})\}|((?:[A-Za-z]+:)?[A-Za-z_][A-Za-z0-9_]*))")
_EXPANDED = re.compile(
    r"`u\{(?P<wide>[0-9a-fA-F]{1,6})\}"
    r"|`(?P<escaped>\r\n|(?s:.))"
    r'|(?P<doubled>"")'
    r"|\$\(\[char\]\s*\(?(?P<char>[0-9]{1,7}|0x[0-9a-fA-F]{1,6})\)?\)"
    r"|\$\((?:[^()]|\([^()]{0,300}\)){0,300}\)"
    rf"|{VARIABLE.pattern}"
)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b", "0": "\0"}


def expanded(text: str, known: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text that is meant, and the parts that stand in it as they were since nobody knows their value."""
    unknown: list[str] = []

    def sign(found: re.Match[str]) -> str:
        plain = _character(found)
        if plain is None:
            variable = VARIABLE.fullmatch(found.group())
            plain = known.get(name_of(variable)) if variable else None
        if plain is None:
            unknown.append(found.group())
        return found.group() if plain is None else plain

    return joined_halves(_EXPANDED.sub(sign, text)), tuple(unknown)


def name_of(variable: re.Match[str]) -> str:
    """A variable's name as PowerShell compares it."""
    return str(variable[1] or variable[2]).lower()


def _character(found: re.Match[str]) -> str | None:
    if found["doubled"]:
        return '"'
    if escaped := found["escaped"]:
        return _SIGNS.get(escaped, "" if "\n" in escaped else escaped)
    written = found["wide"] or found["char"]
    if not written:
        return None
    number = int(written, 16) if found["wide"] or written.startswith("0x") else int(written)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
