"""What the lines of a composition can be chosen from: the store's products, as far as its catalogue names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet, Value

from events.domain import contract
from events.domain.catalogue import Item, amount, total
from events.forms.compose.composition import FORM, Composition
from events.models import CatalogueItem, Store
from events.models.catalogue import Stock

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


@dataclass(frozen=True, slots=True)
class _Wanting:
    """A line that wants a choice: its list and number, and what was typed in it."""

    key: str
    number: int
    typed: str


def shelf_of(store: Store | None, composition: Composition, stock: Stock) -> Shelf:
    """For a store without a catalogue, and for a composition that is written as JSON, an empty one.

    `stock` is what the catalogue says of the composition's IDs.
    """
    if store is None or composition.mode != FORM or not stock.count:
        return EMPTY_SHELF
    lines = [
        _Wanting(key, number, part.item_id.strip())
        for key, parts in composition.lines.items()
        for number, part in enumerate(parts)
    ]
    wanting = [line for line in lines if line.typed and line.typed not in stock.items]
    # Of the empty ones the last is the one that was just added.
    wanting += [line for line in lines if not line.typed][-1:]
    return Shelf(store.currency, stock.count, stock.items, _choices(store, wanting[:_MOST_LINES]))


def _choices(store: Store, wanting: list[_Wanting]) -> dict[tuple[str, int], tuple[Choice, ...]]:
    """Items for each of the lines, by one query."""
    if not wanting:
        return {}
    first, *others = (_fitting(store, line).annotate(place=Value(place)) for place, line in enumerate(wanting))
    found: dict[int, list[CatalogueItem]] = {place: [] for place in range(len(wanting))}
    for row in first.union(*others, all=True).order_by("name", "unique_id"):
        found[row.place].append(row)
    return {(line.key, line.number): _offered(store, line, found[place]) for place, line in enumerate(wanting)}


def _fitting(store: Store, line: _Wanting) -> QuerySet[CatalogueItem]:
    """Of the line's own kind, then of the other one: whoever types a name need not know which it is."""
    fitting = CatalogueItem.objects.of(store).filter(is_active=True).matching(line.typed)
    if not line.typed:
        fitting = fitting.filter(kind=line.key)
    own_first = ("-kind" if line.key == max(contract.LINE_ID_KEYS) else "kind", "name", "unique_id")
    # As a condition: a part of a union has no LIMIT of its own on SQLite.
    return CatalogueItem.objects.filter(pk__in=fitting.order_by(*own_first).values("pk")[:MOST_CHOICES]).order_by()


def _offered(store: Store, line: _Wanting, rows: list[CatalogueItem]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            row.item,
            amount(row.price, row.currency or store.currency),
            f"pick:{line.key}.{line.number}:{row.kind}:{row.unique_id}",
            "" if row.kind == line.key else row.get_kind_display(),
        )
        for row in sorted(rows, key=lambda row: row.kind != line.key)
    )


def looks_like_id(key: str, typed: str) -> bool:
    """Whether somebody writes an ID and looks for no name."""
    return typed.strip().startswith(contract.LINE_ID_KEYS[key].removesuffix("unique_id"))
