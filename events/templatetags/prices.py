"""A price as the shop's buyers read it."""

from __future__ import annotations

from typing import Protocol

from django import template

from events.domain.catalogue import amount

register = template.Library()


class Priced(Protocol):
    price: str
    currency: str


@register.filter
def price(item: Priced, currency: str) -> str:
    """An item's price in its own currency, or in the store's where it names none; "" without a price."""
    return amount(item.price, item.currency or currency)
