"""What a store sells, as far as the console was told: items by their unique IDs, their prices, and how lists differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from events.domain import contract
from events.domain.text import Text

VARIANTS, BUNDLES = contract.LINE_ID_KEYS
# As much as a choice among them stays quick.
MOST_ITEMS = 10_000
NAME_LENGTH, SKU_LENGTH = 200, 100
# What a unique ID may be made of: it stands in addresses and buttons.
ID_FORM = re.compile(r"[\x21-\x7e]{1,128}\Z")
PRICE_FORM = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?\Z")
CURRENCY_FORM = re.compile(r"[A-Z]{3}\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """A variant or a bundle price option.

    `kind` is the list of the payload that its lines stand in. `price` is the amount in digits, such as `149000` or
    `12.50`, and `currency` ISO 4217; both are "" where the shop names none.
    """

    unique_id: str
    kind: str
    name: str
    sku: str = ""
    price: str = ""
    currency: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """How many items a list adds to what is known, says otherwise, leaves as they are, or does not name."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0

    @property
    def words(self) -> Text:
        return Text("{new} new, {changed} changed, {gone} gone", new=self.new, changed=self.changed, gone=self.gone)

    @property
    def kept_words(self) -> Text:
        """The same where what is not named stays."""
        return Text("{new} new, {changed} changed", new=self.new, changed=self.changed)


def difference(known: Iterable[Item], read: Iterable[Item]) -> Difference:
    """What becomes of the known items when the ones that were read take their place."""
    before = {item.unique_id: item for item in known}
    after = {item.unique_id: item for item in read}
    both = before.keys() & after.keys()
    same = sum(before[unique_id] == after[unique_id] for unique_id in both)
    return Difference(len(after) - len(both), len(both) - same, same, len(before) - len(both))


def folded(*texts: str) -> str:
    """Text as it is searched: letter case aside, in one line."""
    return " ".join(" ".join(texts).casefold().split())


def amount(price: str, currency: str) -> str:
    """A price as it is read in its country: `Rp 149.000`, `USD 12.50`; "" for none."""
    if not PRICE_FORM.match(price):
        return ""
    whole, _, part = price.partition(".")
    if currency == "IDR":
        return f"Rp {int(whole):,}".replace(",", ".") + (f",{part}" if part else "")
    return f"{currency} {int(whole):,}{f'.{part}' if part else ''}".strip()


def total(lines: Iterable[tuple[Item | None, str]], currency: str) -> str:
    """What items and quantities come to, as an amount in a currency; "" where one of them has no price in it."""
    sum_of = Decimal(0)
    empty = True
    for item, quantity in lines:
        if item is None or not item.price or (item.currency or currency) != currency:
            return ""
        if not re.fullmatch(r"[0-9]{1,6}", quantity):
            return ""
        sum_of += Decimal(item.price) * int(quantity)
        empty = False
    return "" if empty else amount(plain(f"{sum_of:f}"), currency)


def plain(price: str) -> str:
    """A price without decimals that say nothing: `95300.00` becomes `95300`."""
    whole, _, part = price.partition(".")
    return f"{whole}.{part}" if part.strip("0") else whole
