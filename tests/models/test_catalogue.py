"""A store's catalogue: read in, searched, and asked for what it knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from events.domain.catalogue import BUNDLES, VARIANTS, Difference, Item
from events.models import CatalogueItem, Store
from events.models.catalogue import compared, items_named, known_items, read_in, stock_of
from tests.factories import make_person, make_store

pytestmark = pytest.mark.django_db

SHIRT = Item("variant_k3R9vQ2", VARIANTS, "Kemeja Batik Parang · L", "KBP-L", "149000", "IDR")
SARONG = Item("variant_8ZtSarung", VARIANTS, "Sarung 100% Katun Megamendung", price="95300")
UNIFORM = Item("bundle_price_option_Sera", BUNDLES, "Paket Seragam")


def told(store: Store, *items: Item, keeps_others: bool = False) -> Difference:
    return read_in(store, items, by=make_person(), now=timezone.now(), keeps_others=keeps_others)


def names(store: Store, text: str) -> list[str]:
    return [row.name for row in CatalogueItem.objects.of(store).matching(text)]


def test_a_new_list_takes_the_place_of_the_old_one() -> None:
    store = make_store()
    told(store, SHIRT, SARONG)

    assert told(store, replace(SHIRT, price="159000"), UNIFORM) == Difference(new=1, changed=1, gone=1)
    assert {row.item for row in store.items.all()} == {replace(SHIRT, price="159000"), UNIFORM}


def test_a_list_that_is_added_leaves_what_it_does_not_name() -> None:
    store = make_store()
    told(store, SHIRT, SARONG)

    told(store, replace(SHIRT, name="Kemeja Parang · L"), UNIFORM, keeps_others=True)

    assert {row.item for row in store.items.all()} == {replace(SHIRT, name="Kemeja Parang · L"), SARONG, UNIFORM}


def test_looking_first_changes_nothing() -> None:
    store = make_store()
    told(store, SHIRT)

    assert compared(store, [SARONG]) == Difference(new=1, gone=1)
    assert [row.item for row in store.items.all()] == [SHIRT]


def test_another_stores_list_is_left_alone() -> None:
    batik, hijab = make_store(), make_store()
    told(batik, SHIRT)
    told(hijab, SARONG)

    assert [row.item for row in batik.items.all()] == [SHIRT]


def test_thousands_are_read_in_and_over() -> None:
    store = make_store()
    many = [Item(f"variant_{number}", VARIANTS, f"Kain {number}") for number in range(1_201)]
    told(store, *many)

    assert told(store, *many[1:], UNIFORM, keeps_others=True) == Difference(new=1, same=1_200, gone=1)
    assert store.items.count() == 1_202


@pytest.mark.parametrize("text", ["parang", "PARANG l", "l kemeja", "kbp-l", "K3R9vq2", ""])
def test_an_item_is_found_by_words_of_its_name_its_sku_or_its_id(text: str) -> None:
    store = make_store()
    told(store, SHIRT)
    assert names(store, text) == [SHIRT.name]


@pytest.mark.parametrize("text", ["parang xl", "parang m", "100_", "%megamendung"])
def test_signs_of_the_database_are_plain_letters(text: str) -> None:
    store = make_store()
    told(store, SHIRT, SARONG)
    assert names(store, text) == []
    assert names(store, "100%") == [SARONG.name]


def test_items_are_named_by_their_ids_and_for_their_store() -> None:
    store = make_store()
    told(store, SHIRT, SARONG)

    assert items_named(store, [SHIRT.unique_id, "variant_lain", ""]) == {SHIRT.unique_id: SHIRT}
    assert items_named(make_store(), [SHIRT.unique_id]) == {}


def test_a_store_without_a_catalogue_calls_no_id_unknown() -> None:
    assert known_items(make_store(), ["variant_lain"]) == frozenset()


def test_a_store_with_a_catalogue_knows_its_own_ids_alone() -> None:
    store = make_store()
    told(store, SHIRT)

    assert known_items(store, [SHIRT.unique_id, "variant_lain"]) == {SHIRT.unique_id}
    assert "variant_lain" not in known_items(store, ["variant_lain"])
    assert known_items(store, ["variant_lain"])


@pytest.mark.parametrize("asked", [[], ["variant_lain"], [SHIRT.unique_id, "variant_lain"]])
def test_what_was_asked_for_already_tells_the_same(asked: list[str]) -> None:
    store = make_store()
    told(store, SHIRT, SARONG)

    stock = stock_of(store, asked)

    assert stock.count == 2
    for few in (asked, asked[:1]):
        known, again = known_items(store, few), stock.known(few)
        assert [each in known for each in few] == [each in again for each in few]
        assert bool(again) is bool(known)
    assert stock_of(make_store(), asked).known(asked) == frozenset()


def test_asking_for_an_unknown_id_reads_one_row() -> None:
    store = make_store()
    told(store, *(Item(f"variant_{number}", VARIANTS, f"Kain {number}") for number in range(50)))

    assert len(known_items(store, ["variant_lain"])) == 1
