"""A product payload is read for what a line needs, and what is none is told apart."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.catalogue import BUNDLES, VARIANTS, Item
from events.domain.product_payload import NotProducts, Products, read_products
from tests.products import PARANG_L, PARANG_M, UNIFORM, bundle, payload, shirt, variant


def read(value: Any) -> Products:
    return read_products(json.dumps(value))


def test_variants_carry_their_products_name_and_their_price() -> None:
    assert read(shirt()).items == (
        Item(PARANG_L, VARIANTS, "Kemeja Batik Parang · L", "KBP-L", "149000", "IDR"),
        Item(PARANG_M, VARIANTS, "Kemeja Batik Parang · M", "", "149000", "IDR"),
    )


def test_a_bundle_is_told_from_a_variant() -> None:
    assert read(bundle()).items == (Item(UNIFORM, BUNDLES, "Paket Seragam", "", "40000"),)


@pytest.mark.parametrize(
    "wrapped", [shirt(), [shirt()], {"data": shirt()}, {"data": [shirt()], "is_paginated": True}, [{"data": [shirt()]}]]
)
def test_it_may_be_wrapped_and_stand_in_a_list(wrapped: Any) -> None:
    assert [item.unique_id for item in read(wrapped).items] == [PARANG_L, PARANG_M]


def test_an_orders_map_of_variants_is_read() -> None:
    order = {"variants": {"1": {"variant_unique_id": PARANG_L, "product_name": "Kemeja Batik Parang", "quantity": 2}}}

    assert read(order) == Products((Item(PARANG_L, VARIANTS, "Kemeja Batik Parang"),))


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ({"fullname": "Kemeja Parang Lengan Panjang L"}, "Kemeja Parang Lengan Panjang L"),
        ({"name": "Kemeja batik parang L"}, "Kemeja batik parang L"),
        ({"name": None, "option1_value": "L", "option2_value": "Cokelat"}, "Kemeja Batik Parang · L / Cokelat"),
        ({"name": " L \n"}, "Kemeja Batik Parang · L"),
        ({"name": ""}, "Kemeja Batik Parang"),
    ],
)
def test_a_variant_is_named_as_the_shop_shows_it(given_name: dict[str, Any], shown: str) -> None:
    assert read(shirt(variant(PARANG_L, "L") | given_name)).items[0].name == shown


@pytest.mark.parametrize(
    ("price", "kept"),
    [("149000", "149000"), (149000, "149000"), (12.5, "12.5"), ("Rp 149.000", ""), (None, ""), (-1, ""), ("١٢", "")],
)
def test_a_price_is_digits_or_nothing(price: object, kept: str) -> None:
    assert read(shirt(variant(PARANG_L, "L", price))).items[0].price == kept


def test_what_stands_in_a_product_and_in_a_bundle_is_one_item_with_its_price() -> None:
    in_a_bundle = {"variants": [{"unique_id": PARANG_L, "name": "L"}]}

    items = read([in_a_bundle, shirt(variant(PARANG_L, "L"))]).items

    assert [(item.unique_id, item.price) for item in items] == [(PARANG_L, "149000")]


def test_variants_without_a_usable_id_are_counted() -> None:
    read_in = read(shirt(variant(PARANG_L, "L"), variant(None, "M"), variant("a b", "XL"), variant("x" * 129, "S")))

    assert (len(read_in.items), read_in.without_id) == (1, 3)


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("<!doctype html><title>Kemeja", "a web page"),
        ("curl https://api.scalev.com/v3/stores", "a call or an address"),
        ('{"variants": [', "cannot be read as JSON"),
        (json.dumps({"data": [{"entity_type": "product", "name": "Kemeja"}]}), "without their variants"),
        (json.dumps(shirt(variant(None, "L"))), "none has a unique_id"),
        (json.dumps({"user_data": {}, "events": []}), "This is an event"),
        (json.dumps({"error": "Store not found"}), "Store not found"),
        (json.dumps({"log": {"entries": []}}), "HAR"),
        (json.dumps({"id": 7, "slug": "kemeja"}), "an object with id, slug"),
        ("{}", "an empty object"),
        ("[1, 2]", "a list of 2"),
        ("7", "a single value"),
        ("", "cannot be read"),
    ],
)
def test_what_is_no_product_is_called_what_it_is(pasted: str, says: str) -> None:
    with pytest.raises(NotProducts) as refused:
        read_products(pasted)

    assert says in refused.value.text


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert read_products(b"\xef\xbb\xbf" + payload().encode()).items


def test_more_items_than_a_choice_can_hold_are_refused() -> None:
    many = shirt(*(variant(f"variant_{number}", "L") for number in range(10_001)))

    with pytest.raises(NotProducts, match="10001"):
        read(many)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just("variant_x"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["variants", "unique_id", "name", "price", "data", "price_range", "entity_type", "error"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_values)
@settings(max_examples=100)
def test_whatever_is_pasted_is_read_or_refused_in_words(value: Any) -> None:
    items: tuple[Item, ...] = ()
    with suppress(NotProducts):
        items = read(value).items

    assert all(item.unique_id and item.name for item in items)
