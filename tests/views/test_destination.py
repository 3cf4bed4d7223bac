"""Which pixels of a store get an event: the console's inference, and the proof by two labelled PageViews."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.domain.destination import Proven, Rule
from events.models import AuditEntry, Delivery, Proof, Store
from events.sandbox.running import Running
from events.sandbox.scenarios import by_store_id
from tests.factories import make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

SHOP = "https://batiknusantara.contoh.id/"
CHECKOUT = "https://batiknusantara.contoh.id/checkout"


@pytest.fixture(autouse=True)
def _signed_in(client: Client, sandbox: Running) -> None:
    client.force_login(make_person("marketer"))


@pytest.fixture
def store() -> Store:
    return make_storefront_key(make_store("Batik Nusantara")).store


def page(client: Client, store: Store) -> str:
    return client.get(reverse("destination", args=[store.pk])).content.decode()


def start(client: Client, store: Store, **typed: object) -> Any:
    data = {"token": str(uuid.uuid4()), "home_url": SHOP, "checkout_url": CHECKOUT, **typed}
    return client.post(reverse("destination_start", args=[store.pk]), data, follow=True)


def answer(client: Client, proof: Proof, home: str, checkout: str) -> Any:
    address = reverse("destination_answer", args=[proof.store_id, proof.pk])
    return client.post(address, {"seen_home": home, "seen_checkout": checkout}, follow=True)


def test_two_page_views_go_out_from_crossed_addresses(client: Client, sandbox: Running, store: Store) -> None:
    response = start(client, store)

    first, second = (json.loads(each.body) for each in sandbox.received[-2:])
    assert (first["event_source_url"], first["referrer_url"]) == (SHOP, CHECKOUT)
    assert (second["event_source_url"], second["referrer_url"]) == (CHECKOUT, SHOP)
    assert {each["events"][0]["event_name"] for each in (first, second)} == {"PageView"}
    assert first["user_data"] == second["user_data"] == {"country": "id"}
    for each in (first, second):
        assert each["events"][0]["event_id"] in response.content.decode()


def test_the_same_form_twice_sends_them_once(client: Client, sandbox: Running, store: Store) -> None:
    token = str(uuid.uuid4())
    start(client, store, token=token)
    start(client, store, token=token)
    assert Delivery.objects.count() == len(sandbox.received) == 2


def test_what_was_seen_proves_the_rule_and_stays_with_the_store(client: Client, store: Store) -> None:
    start(client, store)

    shown = answer(client, Proof.objects.get(), "checkout", "home").content.decode()

    store.refresh_from_db()
    assert store.proven == Proven(Rule.REFERRER, "/checkout")
    assert "the referrer decides, not the page" in shown
    assert AuditEntry.objects.filter(act="pixels_proven", target="Batik Nusantara").count() == 1


def test_an_event_that_turned_up_nowhere_proves_nothing_and_says_where_to_look(client: Client, store: Store) -> None:
    start(client, store)

    shown = answer(client, Proof.objects.get(), "nowhere", "checkout").content.decode()

    store.refresh_from_db()
    assert store.proven is None
    assert "is the Conversion API switched on" in shown
    assert "Send the two PageViews" in shown


def test_an_answer_is_given_once(client: Client, store: Store) -> None:
    start(client, store)
    answer(client, Proof.objects.get(), "home", "checkout")
    answer(client, Proof.objects.get(), "checkout", "home")

    store.refresh_from_db()
    assert store.proven == Proven(Rule.PAGE, "/checkout")


def test_half_an_answer_is_asked_for_again(client: Client, store: Store) -> None:
    start(client, store)
    response = answer(client, Proof.objects.get(), "home", "")

    assert response.status_code == 422
    assert "Fill this in." in response.content.decode()
    assert Proof.objects.get().answered_at is None


def test_what_scalev_did_not_take_says_that_it_will_not_turn_up(client: Client) -> None:
    scenario = by_store_id("store_sandbox_not_found")
    assert scenario
    key = make_storefront_key(make_store(store_id=scenario.store_id))
    assert "will not turn up" in start(client, key.store).content.decode()


def test_without_a_key_nothing_goes_out_and_nothing_typed_is_lost(client: Client) -> None:
    response = start(client, make_store(), home_url=f"{SHOP}produk/kemeja")
    shown = response.content.decode()

    assert "no active storefront key" in shown
    assert f"{SHOP}produk/kemeja" in shown
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"home_url": "batiknusantara"}, "not a full web address"),
        ({"home_url": CHECKOUT}, "looks like a page of the checkout"),
        ({"home_url": "https://tokolain.contoh.id/"}, "not among this store"),
        ({"checkout_url": SHOP}, "not apart from the shop"),
        ({"checkout_url": ""}, "Fill this in."),
    ],
)
def test_a_wrong_address_says_what_to_give_instead(
    client: Client, sandbox: Running, store: Store, typed: dict[str, str], word: str
) -> None:
    response = start(client, store, **typed)

    assert response.status_code == 422
    assert word in response.content.decode()
    assert not sandbox.received


def test_the_composer_says_which_pixels_and_that_it_is_an_inference(client: Client, store: Store) -> None:
    shown = client.get(reverse("compose"), {"store": store.pk}, follow=True).content.decode()
    assert "Our inference" in shown
    assert reverse("destination", args=[store.pk]) in shown


def test_a_proven_rule_speaks_in_the_composer(client: Client, store: Store) -> None:
    Store.objects.filter(pk=store.pk).update(pixel_rule="referrer", checkout_path="/checkout")
    shown = client.get(reverse("compose"), {"store": store.pk}, follow=True).content.decode()
    assert "Our inference" not in shown
    assert "The address that decides at this store is missing" in shown


def test_an_admin_finds_the_proven_rule_on_the_stores_page(client: Client, store: Store) -> None:
    client.force_login(make_person("admin"))
    Store.objects.filter(pk=store.pk).update(pixel_rule="page")
    shown = client.get(reverse("store", args=[store.pk])).content.decode()
    assert "the page&#x27;s own address decides" in shown
