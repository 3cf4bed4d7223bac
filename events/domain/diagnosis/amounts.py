"""Amounts as people write them, and the number that each stands for."""

from __future__ import annotations

import re
from decimal import Decimal

from events.domain.circumstances import Circumstances
from events.domain.iso import CURRENCIES, CURRENCY_NAMES
from events.domain.payload import Event

# Of these nobody writes a fraction.
_WHOLE = frozenset({"IDR", "JPY", "KRW", "VND"})
_MULTIPLIERS = {"RB": 1_000, "RIBU": 1_000, "K": 1_000, "JT": 1_000_000, "JUTA": 1_000_000}
_AMOUNT = re.compile(r"([^0-9]*+)([0-9][0-9.,' ]*+)([^0-9]*+)\Z")
_ENDING = re.compile(r"[.,]\s*-+\s*\Z")
_LONGEST = 60


def amount(text: str, currency: str) -> str:
    """The digits that an amount in words stands for: `Rp 95.300,-` in IDR is 95300, `1,5 juta` is 1500000.

    "" where it is open: what stands beside the digits is neither their currency nor known to multiply them.
    """
    found = _AMOUNT.match(_ENDING.sub("", text)) if len(text) <= _LONGEST else None
    if not found:
        return ""
    before, (times, behind) = _word(found[1]), _multiplied(found[3])
    named = {_currency(word) for word in (before, behind) if word}
    if "" in named or len(named | ({currency} if currency else set())) > 1:
        return ""
    written = re.sub(r"[' ]", "", found[2]).rstrip(".,")
    return _times(written, times) if times > 1 else _plain(written, currency or "".join(named))


def currency_of(event: Event, known: Circumstances) -> str:
    """In which currency an event speaks, by its own word or else by the store's."""
    currency = event.parameters.get("currency")
    written = _word(currency) if isinstance(currency, str) else ""
    return (CURRENCY_NAMES.get(written) or written) or known.currency


def _word(text: str) -> str:
    return re.sub(r"[\s.:]", "", text[:_LONGEST]).upper()


def _currency(word: str) -> str:
    return word if word in CURRENCIES else CURRENCY_NAMES.get(word, "")


def _multiplied(behind: str) -> tuple[int, str]:
    """By how much the word behind the digits multiplies them, and what else stands there."""
    first, _, rest = behind.strip(" .").partition(" ")
    times = _MULTIPLIERS.get(_word(first), 1)
    return times, _word(rest if times > 1 else behind)


def _times(written: str, times: int) -> str:
    """Of `1.500 juta` nobody can tell whether it is a thousand times as much as 1,5."""
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]{1,2})?", written):
        return ""
    return str(int(Decimal(written.replace(",", ".")) * times))


def _plain(written: str, currency: str) -> str:
    last = max(written.rfind("."), written.rfind(","))
    behind = len(written) - last - 1
    grouped = re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", written)
    if last < 0 or (grouped and (currency in _WHOLE or written.count(written[last]) > 1)):
        return re.sub(r"[.,]", "", written).lstrip("0") or "0"
    if behind not in (1, 2) or (grouped and behind == 3):
        return ""
    whole, fraction = re.sub(r"[.,]", "", written[:last]), written[last + 1 :]
    digits = whole.lstrip("0") or "0"
    return digits if currency in _WHOLE and not fraction.strip("0") else f"{digits}.{fraction}"
