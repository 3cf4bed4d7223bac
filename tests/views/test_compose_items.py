"""The lines of a composition are chosen from the store's products, by their names."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.product_payload import read_products
from events.models import Person, Store
from events.models.catalogue import read_in
from events.sandbox.running import Running
from tests.factories import make_person, make_store, make_storefront_key
from tests.products import PARANG_L, PARANG_M, UNIFORM, bundle, payload, shirt, variant
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = {"HX-Request": "true", "HX-Target": "pane"}
ID, QUANTITY = "variants.0.variant_unique_id", "variants.0.quantity"


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


@pytest.fixture
def store(maya: Person) -> Store:
    """A store that knows what it sells."""
    made = make_storefront_key(make_store("Toko Batik Nusantara")).store
    off_sale = variant("variant_lama", "XL", is_active=False)
    read = read_products(payload(shirt(variant(PARANG_L, "L"), variant(PARANG_M, "M"), off_sale), bundle()))
    read_in(made, read.items, by=maya, now=timezone.now(), keeps_others=False)
    return made


def with_line(client: Client, place: str = "variants") -> tuple[str, FormData]:
    answer = client.get("/compose/", follow=True)
    address = answer.redirect_chain[-1][0]
    return address, inputs_of(client.post(address, inputs_of(answer).but({"do": f"add:{place}"})))


def picks(page: Any) -> list[str]:
    return re.findall(r'value="(pick:[^"]+)"', page.content.decode())


def test_what_is_typed_finds_items_by_name_and_the_pause_brings_them(client: Client, store: Store) -> None:
    address, data = with_line(client)

    answer = client.post(address, data.but({ID: "parang l"}), headers=PAUSE)

    assert picks(answer) == [f"pick:variants.0:variants:{PARANG_L}"]
    assert "Rp 149.000" in answer.content.decode()


def test_each_line_finds_its_own(client: Client, store: Store) -> None:
    address, data = with_line(client)
    two = inputs_of(client.post(address, data.but({"do": "add:variants"})))
    typed = two.but({ID: "pa", "variants.1.variant_unique_id": "parang m", "do": "check"})

    page = client.post(address, dict(typed.lists()))

    assert picks(page) == [
        f"pick:variants.0:variants:{PARANG_L}",
        f"pick:variants.0:variants:{PARANG_M}",
        f"pick:variants.0:bundle_price_options:{UNIFORM}",
        f"pick:variants.1:variants:{PARANG_M}",
    ]


def test_what_is_of_the_lines_own_kind_comes_first(client: Client, store: Store) -> None:
    address, data = with_line(client, "bundle_price_options")

    page = client.post(address, data.but({"bundle_price_options.0.bundle_price_option_unique_id": "pa", "do": "check"}))

    assert picks(page) == [
        f"pick:bundle_price_options.0:bundle_price_options:{UNIFORM}",
        f"pick:bundle_price_options.0:variants:{PARANG_L}",
        f"pick:bundle_price_options.0:variants:{PARANG_M}",
    ]


def test_without_a_script_a_check_brings_the_same(client: Client, store: Store) -> None:
    address, data = with_line(client)

    assert picks(client.post(address, data.but({ID: "parang m", "do": "check"}))) == [
        f"pick:variants.0:variants:{PARANG_M}"
    ]


def test_a_chosen_item_fills_the_id_in_and_keeps_the_quantity(client: Client, store: Store, sandbox: Running) -> None:
    address, data = with_line(client)

    page = client.post(address, data.but({ID: "parang", QUANTITY: "3", "do": f"pick:variants.0:variants:{PARANG_L}"}))
    client.post(f"{address}send/", inputs_of(page).but({"do": "send"}))

    text = page.content.decode()
    assert "Kemeja Batik Parang · L" in text
    assert "Rp 447.000" in text
    assert picks(page) == []
    assert f'"variants":[{{"variant_unique_id":"{PARANG_L}","quantity":3}}]'.encode() in sandbox.received[-1].body


def test_a_bundles_line_offers_bundles_alone_and_nothing_off_sale(client: Client, store: Store) -> None:
    address, data = with_line(client, "bundle_price_options")

    assert picks(client.post(address, data)) == [f"pick:bundle_price_options.0:bundle_price_options:{UNIFORM}"]
    address, data = with_line(client)
    assert {pick.rpartition(":")[2] for pick in picks(client.post(address, data))} == {PARANG_L, PARANG_M}


def test_a_bundle_that_is_typed_in_a_variants_line_becomes_a_bundles_line(client: Client, store: Store) -> None:
    address, data = with_line(client)
    typed = data.but({ID: "seragam", QUANTITY: "2"})
    (pick,) = picks(client.post(address, typed))

    page = inputs_of(client.post(address, data.but({ID: "seragam", QUANTITY: "2", "do": pick})))

    assert ID not in page
    assert page["bundle_price_options.0.bundle_price_option_unique_id"] == UNIFORM
    assert page["bundle_price_options.0.quantity"] == "2"


def test_what_nothing_is_called_says_so_and_an_id_does_not(client: Client, store: Store) -> None:
    address, data = with_line(client)

    assert "No product has this in its name" in client.post(address, data.but({ID: "sepatu"})).content.decode()
    assert "No product has this in its name" not in client.post(address, data.but({ID: "variant_x"})).content.decode()


def test_an_id_that_the_store_does_not_know_is_called_unknown(client: Client, store: Store) -> None:
    address, data = with_line(client)

    assert "not in the store&#x27;s catalogue" in client.post(address, data.but({ID: "variant_lain"})).content.decode()
    assert "not in the store" not in client.post(address, data.but({ID: PARANG_L})).content.decode()


def test_a_store_without_products_offers_none_and_says_how_to_get_them(client: Client, maya: Person) -> None:
    other = make_storefront_key(make_store()).store
    first = client.get("/compose/", follow=True)
    assert f"/stores/{other.pk}/products/" in first.content.decode()

    address, data = with_line(client)
    answer = client.post(address, data.but({ID: "parang"}))

    assert picks(answer) == []
    assert "No product has this" not in answer.content.decode()


@pytest.mark.parametrize(
    "do",
    [
        "pick:variants.9:variants:variant_x",
        "pick:variants.9:bundle_price_options:x",
        "pick:variants.0:variants:",
        "pick:events.0:variants:x",
        "pick:variants.0:x:y",
    ],
)
def test_an_odd_pick_changes_nothing(client: Client, store: Store, do: str) -> None:
    address, data = with_line(client)

    page = client.post(address, data.but({ID: "variant_k3R9vQ2", "do": do}))

    assert inputs_of(page)[ID] == "variant_k3R9vQ2"
