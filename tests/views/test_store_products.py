"""A store's products: looked at before they are read in, and explained where they are none."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events.domain.rights import Role
from events.forms.products import MOST_BYTES, packed
from events.models import AuditEntry, Person, Store
from tests.factories import make_person, make_store
from tests.products import PARANG_L, bundle, payload, shirt, variant
from tests.views.form_data import inputs_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=Role)
def person(client: Client, request: pytest.FixtureRequest) -> Person:
    somebody = make_person(request.param, name="Maya Marketer")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def maya(client: Client) -> Person:
    somebody = make_person(Role.MARKETER, name="Maya Marketer")
    client.force_login(somebody)
    return somebody


def address(store: Store, act: str = "") -> str:
    return reverse(f"store_products{act}", args=[store.pk])


def read_in(client: Client, store: Store, text: str, do: str = "add") -> None:
    asked = client.post(address(store), {"text": text})
    assert asked.status_code == 200, asked.content.decode()
    client.post(address(store, "_read"), inputs_of(asked).but({"do": do}))


def ids(store: Store) -> set[str]:
    return set(store.items.values_list("unique_id", flat=True))


def test_whoever_composes_reads_products_in(client: Client, person: Person) -> None:
    store = make_store()

    read_in(client, store, payload())

    shown = client.get(address(store)).content.decode()
    assert "Kemeja Batik Parang · L" in shown
    assert "Rp 149.000" in shown
    assert re.findall(r'data-label="SKU"><span class="wire">([^<]*)<', shown) == ["KBP-L", "–", "–"]
    assert store.items.filter(read_by=person).count() == 3


def test_what_would_change_is_said_before_anything_does(client: Client, maya: Person) -> None:
    store = make_store()
    read_in(client, store, payload())

    asked = client.post(address(store), {"text": payload(shirt(variant(PARANG_L, "L", 159000)), bundle())})

    assert "0 new, 1 changed, 1 as they were. 1 known ones are not among them." in asked.content.decode()
    assert store.items.get(unique_id=PARANG_L).price == "149000"


@pytest.mark.parametrize(("do", "left"), [("add", 4), ("replace", 1)])
def test_others_are_kept_or_go_as_was_chosen(client: Client, maya: Person, do: str, left: int) -> None:
    store = make_store()
    read_in(client, store, payload())

    read_in(client, store, payload(shirt(variant("variant_baru", "XL"))), do)

    assert len(ids(store)) == left


def test_who_read_them_in_and_what_changed_is_written_down(client: Client, maya: Person) -> None:
    store = make_store("Toko Batik Nusantara")

    read_in(client, store, payload(), "replace")

    entry = AuditEntry.objects.get(act="catalogue_read")
    assert (entry.by, entry.target) == (maya, "Toko Batik Nusantara · 3 new, 0 changed, 0 gone")


def test_a_file_is_read_too_and_variants_without_an_id_are_counted(client: Client, maya: Person) -> None:
    file = SimpleUploadedFile("produk.json", payload(shirt(variant(PARANG_L, "L"), variant(None, "M"))).encode())

    asked = client.post(address(make_store()), {"text": "", "file": file})

    assert "1 variant has no unique ID that can be used" in asked.content.decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Paste a product payload here"),
        ("<html>Kemeja</html>", "This is a web page"),
        (json.dumps({"data": [{"entity_type": "product", "name": "Kemeja"}]}), "without their variants"),
        ('{"key": "sfpk_4fQ9xTokoBatikNusantara"}', "This is a storefront key"),
    ],
)
def test_what_is_no_product_is_explained_beside_the_field(client: Client, maya: Person, text: str, says: str) -> None:
    answer = client.post(address(make_store()), {"text": text})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page.split('id="id_text_error"')[1].split("</div>")[0]
    assert "sfpk_4fQ9" not in page


def test_what_was_pasted_is_not_lost_to_an_error(client: Client, maya: Person) -> None:
    pasted = '{"data": [{"name": "Sarung Megamendung"}]'

    assert inputs_of(client.post(address(make_store()), {"text": pasted}))["text"] == pasted


def test_a_file_that_is_too_large_says_how_large(client: Client, maya: Person) -> None:
    file = SimpleUploadedFile("produk.json", b" " * (MOST_BYTES + 200_000))

    answer = client.post(address(make_store()), {"text": "", "file": file})

    assert "This file has 5.2 MB, and 5 fit." in answer.content.decode()


@pytest.mark.parametrize("items", ["", "tidak ada", packed([]), "eJwD AAAAAE="])
def test_items_that_got_lost_on_the_way_change_nothing(client: Client, maya: Person, items: str) -> None:
    store = make_store()
    read_in(client, store, payload())

    answer = client.post(address(store, "_read"), {"items": items, "do": "replace"}, follow=True)

    assert answer.status_code == 200
    assert len(ids(store)) == 3


def test_products_are_removed_at_once_and_that_is_written_down(client: Client, maya: Person) -> None:
    store, other = make_store(), make_store()
    read_in(client, store, payload())
    read_in(client, other, payload())

    client.post(address(store, "_remove"))

    assert (len(ids(store)), len(ids(other))) == (0, 3)
    assert AuditEntry.objects.filter(act="catalogue_removed", by=maya).count() == 1


def test_the_list_is_looked_through_by_name(client: Client, maya: Person) -> None:
    store = make_store()
    read_in(client, store, payload())

    found = client.get(address(store), {"q": "seragam"}).content.decode()

    assert "Paket Seragam" in found
    assert "Kemeja Batik Parang" not in found
    assert "No product has “sepatu”" in client.get(address(store), {"q": "sepatu"}).content.decode()
