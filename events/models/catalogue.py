"""The catalogue of a store: what its lines can be chosen from, as somebody last pasted or uploaded it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.domain.catalogue import (
    BUNDLES,
    ID_FORM,
    NAME_LENGTH,
    SKU_LENGTH,
    VARIANTS,
    Difference,
    Item,
    difference,
    folded,
)
from events.models.person import Person
from events.models.store import Store

# Few enough for the parameters of one statement on either database.
_AT_ONCE = 500
_MOST_WORDS, _LONG_WORD = 8, 3
WORDS_LENGTH = 600


class ItemKind(models.TextChoices):
    VARIANT = VARIANTS, _("Variant")
    BUNDLE = BUNDLES, _("Bundle")


class CatalogueQuerySet(models.QuerySet["CatalogueItem"]):
    def of(self, store: Store) -> CatalogueQuerySet:
        return self.filter(store=store)

    def matching(self, text: str) -> CatalogueQuerySet:
        """Every word of the text stands somewhere in the name, the SKU or the unique ID; letter case aside.

        One or two letters, such as a size, begin a word: they stand within too many.
        """
        found = self
        for word in folded(text).split()[:_MOST_WORDS]:
            found = found.filter(words__contains=word if len(word) >= _LONG_WORD else f" {word}")
        return found


class CatalogueItem(models.Model):
    """A variant or bundle of a store; `read_at` and `read_by` say when it was last read in, and by whom."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="items")
    unique_id = models.CharField(max_length=128)
    kind = models.CharField(max_length=24, choices=ItemKind)
    name = models.CharField(max_length=NAME_LENGTH)
    sku = models.CharField(max_length=SKU_LENGTH, blank=True)
    price = models.CharField(max_length=24, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    is_active = models.BooleanField(default=True)
    words = models.CharField(max_length=WORDS_LENGTH)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        ordering = ("name", "unique_id")
        constraints = (models.UniqueConstraint("store", "unique_id", name="one_item_of_an_id"),)
        indexes = (models.Index(fields=("store", "kind", "name"), name="item_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def item(self) -> Item:
        return Item(self.unique_id, self.kind, self.name, self.sku, self.price, self.currency, self.is_active)


def compared(store: Store, read: Iterable[Item]) -> Difference:
    """What reading these items in would do to the store's catalogue."""
    return difference((row.item for row in CatalogueItem.objects.of(store)), read)


def read_in(store: Store, read: Sequence[Item], *, by: Person, now: datetime, keeps_others: bool) -> Difference:
    """Make these items the store's catalogue; `keeps_others` leaves in place what is not among them."""
    with transaction.atomic():
        # Two lists that come in at the same moment follow each other.
        Store.objects.select_for_update().get(pk=store.pk)
        change, rows = compared(store, read), CatalogueItem.objects.of(store)
        if keeps_others:
            for start in range(0, len(read), _AT_ONCE):
                rows.filter(unique_id__in=[item.unique_id for item in read[start : start + _AT_ONCE]]).delete()
        else:
            rows.delete()
        CatalogueItem.objects.bulk_create([_row(store, item, by, now) for item in read], batch_size=_AT_ONCE)
    return change


def items_named(store: Store, unique_ids: Collection[str]) -> dict[str, Item]:
    """Those of the IDs that the store's catalogue knows."""
    asked = sorted({unique_id for unique_id in unique_ids if ID_FORM.match(unique_id)})
    rows = CatalogueItem.objects.of(store)
    found: dict[str, Item] = {}
    for start in range(0, len(asked), _AT_ONCE):
        some = rows.filter(unique_id__in=asked[start : start + _AT_ONCE])
        found |= {row.unique_id: row.item for row in some}
    return found


@dataclass(frozen=True, slots=True)
class Stock:
    """What a store's catalogue says of some IDs: how many items it has in all, and those of the IDs that it knows."""

    count: int = 0
    items: Mapping[str, Item] = field(default_factory=dict)

    def known(self, asked: Collection[str]) -> frozenset[str]:
        """The same as `known_items` of these IDs; here an item without an ID stands for all the others."""
        known = frozenset(asked) & self.items.keys()
        return known or frozenset([""] * bool(asked and self.count))


def stock_of(store: Store, unique_ids: Collection[str]) -> Stock:
    count = CatalogueItem.objects.of(store).count()
    return Stock(count, items_named(store, unique_ids)) if count else Stock()


def known_items(store: Store, asked: Collection[str]) -> frozenset[str]:
    """For `Circumstances.known_items`: those of the IDs that are known, empty where the store has no catalogue.

    Where there is one and it has none of them, some other item of it stands for all the others: that is enough to call
    an ID unknown, and a catalogue of thousands is not read for it.
    """
    if not asked:
        return frozenset()
    if known := frozenset(items_named(store, asked)):
        return known
    return frozenset(CatalogueItem.objects.of(store).order_by().values_list("unique_id", flat=True)[:1])


def _row(store: Store, item: Item, by: Person, now: datetime) -> CatalogueItem:
    return CatalogueItem(
        store=store,
        unique_id=item.unique_id,
        kind=item.kind,
        name=item.name,
        sku=item.sku,
        price=item.price,
        currency=item.currency,
        is_active=item.is_active,
        words=f" {folded(item.name, item.sku, item.unique_id)}"[:WORDS_LENGTH],
        read_at=now,
        read_by=by,
    )
