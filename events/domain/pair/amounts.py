"""Values as Meta reads them: numbers by what they count, currencies by their code, everything else as it stands."""

from __future__ import annotations

import re
from decimal import Decimal

from events.domain.iso import CURRENCIES, CURRENCY_NAMES
from events.domain.tree import Array, Json, NotJson, Number, Object, read, write

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\Z")


def number(value: Json) -> Decimal | None:
    """What a number or its digits as text count, or None: "95000", 95000 and 95000.0 are one."""
    text = value.text if isinstance(value, Number) else value
    if not isinstance(text, str) or len(text) > 400 or not _NUMBER.match(text.strip()):
        return None
    try:
        return Decimal(text.strip())
    except ArithmeticError:
        return None


def text_of(value: Json) -> str:
    """A text as it is, a number's digits, anything else as JSON."""
    return value if isinstance(value, str) else write(value).decode()


def same_number(one: Json, two: Json) -> bool:
    """By value; what is no number on either side is compared as text."""
    first, second = number(one), number(two)
    if first is None or second is None:
        return text_of(one) == text_of(two)
    return first == second


def same_code(one: Json, two: Json) -> bool:
    """Capital or small letters: Meta takes both."""
    return text_of(one).strip().upper() == text_of(two).strip().upper()


def currency(value: Json) -> str:
    """The code that a text stands for, "Rp" for IDR; other text in capitals."""
    text = text_of(value).strip().upper()
    return text if text in CURRENCIES else CURRENCY_NAMES.get(re.sub(r"[\s.]", "", text), text)


def unfolded(value: Json) -> Json:
    """A list or an object that came as text, as hits on `/tr` carry it; anything else as it is."""
    if not isinstance(value, str) or not value.strip().startswith(("[", "{")):
        return value
    try:
        return read(value)
    except (NotJson, RecursionError):
        return value


def alike(one: Json, two: Json) -> bool:
    """Whether two values say the same: order within objects, and the spelling of numbers, aside."""
    one, two = unfolded(one), unfolded(two)
    if isinstance(one, Object) and isinstance(two, Object):
        keys = set(one.keys()) | set(two.keys())
        return all(alike(one.get(key), two.get(key)) for key in keys)
    if isinstance(one, Array) and isinstance(two, Array):
        return len(one) == len(two) and all(map(alike, one, two))
    if isinstance(one, Array | Object) or isinstance(two, Array | Object):
        return False
    return same_number(one, two)
