"""What the lines of a composition can be chosen from: the store's products, as far as its catalogue names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from events.domain import contract
from events.domain.catalogue import Item, amount, total
from events.forms.compose.composition import FORM, Composition
from events.models import CatalogueItem, Store
from events.models.catalogue import items_named

# A line that wants a choice gets a short list; what does not stand in it is found by another word.
MOST_CHOICES = 8
# Nobody fills in more lines at once.
_MOST_LINES = 3


@dataclass(frozen=True)
class Choice:
    """An item that fits what was typed in a line; `do` is the button's act, `other` its kind where it is another."""

    item: Item
    price: str
    do: str
    other: str = ""


@dataclass(frozen=True)
class Shelf:
    """`count` is how many items the catalogue has, `choices` are by the list and the number of their line."""

    currency: str = ""
    count: int = 0
    items: Mapping[str, Item] = field(default_factory=dict)
    choices: Mapping[tuple[str, int], tuple[Choice, ...]] = field(default_factory=dict)

    def item(self, unique_id: str) -> Item | None:
        return self.items.get(unique_id.strip())

    def price(self, unique_id: str) -> str:
        item = self.item(unique_id)
        return amount(item.price, item.currency or self.currency) if item else ""

    def total(self, composition: Composition) -> str:
        """What the lines come to at the known prices; "" where one of them has none."""
        parts = [part for parts in composition.lines.values() for part in parts]
        return total(((self.item(part.item_id), part.quantity.strip()) for part in parts), self.currency)


EMPTY_SHELF = Shelf()


def shelf_of(store: Store | None, composition: Composition) -> Shelf:
    """For a store without a catalogue, and for a composition that is written as JSON, an empty one."""
    if store is None or composition.mode != FORM:
        return EMPTY_SHELF
    items = CatalogueItem.objects.of(store)
    if not (count := items.count()):
        return EMPTY_SHELF
    parts = [(key, number, part) for key, parts in composition.lines.items() for number, part in enumerate(parts)]
    known = items_named(store, [part.item_id.strip() for _key, _number, part in parts])
    wanting = [each for each in parts if each[2].item_id.strip() and each[2].item_id.strip() not in known]
    # Of the empty ones the last is the one that was just added.
    wanting += [each for each in parts if not each[2].item_id.strip()][-1:]
    choices = {(key, number): _choices(store, key, number, part.item_id) for key, number, part in wanting[:_MOST_LINES]}
    return Shelf(store.currency, count, known, choices)


def _choices(store: Store, key: str, number: int, typed: str) -> tuple[Choice, ...]:
    """Items of the line's own kind, then of the other one: whoever types a name need not know which it is."""
    fitting = CatalogueItem.objects.of(store).filter(is_active=True).matching(typed)
    if not typed.strip():
        fitting = fitting.filter(kind=key)
    own_first = ("-kind" if key == max(contract.LINE_ID_KEYS) else "kind", "name", "unique_id")
    return tuple(
        Choice(
            row.item,
            amount(row.price, row.currency or store.currency),
            f"pick:{key}.{number}:{row.kind}:{row.unique_id}",
            "" if row.kind == key else row.get_kind_display(),
        )
        for row in fitting.order_by(*own_first)[:MOST_CHOICES]
    )


def looks_like_id(key: str, typed: str) -> bool:
    """Whether somebody writes an ID and looks for no name."""
    return typed.strip().startswith(contract.LINE_ID_KEYS[key].removesuffix("unique_id"))
