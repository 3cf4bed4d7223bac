"""The page of what Scalev did not find: each cause with the log's own evidence, and a test that leads back here."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery, Store, StorefrontKey
from events.sandbox.running import Running
from events.sandbox.scenarios import SCENARIOS
from tests.factories import make_delivery, make_person, make_store, make_storefront_key
from tests.groups import make_group
from tests.views.exchanges import GOOD, make_exchange

NOT_FOUND = next(scenario for scenario in SCENARIOS if scenario.slug == "not_found")
ANSWER = b'{"error":"Store not found"}'
TOKEN = "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"

pytestmark = pytest.mark.django_db(transaction=True)


def lost(store: Store, key: StorefrontKey | None, **fields: Any) -> Delivery:
    group = make_group(store, "“Store not found”", outcome="not_found", status=404)
    return make_exchange("not_found", 404, ANSWER, store=store, storefront_key=key, request=GOOD, group=group, **fields)


def text_of(client: Client, delivery: Delivery) -> str:
    page = client.get(f"/log/{delivery.pk}/").content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.fixture
def store(client: Client) -> Store:
    client.force_login(make_person())
    return make_store()


def test_what_the_key_did_before_stands_beside_each_cause(client: Client, store: Store) -> None:
    key = make_storefront_key(store)
    make_delivery(store, storefront_key=key, created_at=timezone.now() - timedelta(minutes=12))

    text = text_of(client, lost(store, key))

    assert "unlikely The store ID is not known to Scalev. Scalev knew it 12 minutes before." in text
    assert "possible The storefront key is wrong" in text
    assert "ruled out The key is a page key" in text
    assert "It was active 12 minutes before" in text
    assert "Test this key" in text


def test_what_was_taken_with_another_key_or_in_another_environment_speaks_for_no_key(
    client: Client, store: Store
) -> None:
    key, other = make_storefront_key(store), make_storefront_key(store, is_active=False)
    make_delivery(store, storefront_key=key, environment="staging")
    make_delivery(store, storefront_key=other)

    text = text_of(client, lost(store, key))

    assert "Scalev took another key of this store before, and this one never" in text


def test_the_other_key_is_tested_in_place_and_the_page_says_what_that_tells(
    client: Client, store: Store, sandbox: Running
) -> None:
    wrong = make_storefront_key(store, value=NOT_FOUND.key)
    other = make_storefront_key(store, is_active=False)
    delivery = lost(store, wrong)
    assert "Test with the other key" in text_of(client, delivery)

    answer = client.post(
        f"/stores/{store.pk}/keys/{other.pk}/test/", {"token": TOKEN, "for": delivery.pk, "from": "q=a"}
    )

    assert answer.headers["Location"] == f"/log/{delivery.pk}/?from=q%3Da"
    assert b"PageView" in sandbox.received[-1].body
    text = text_of(client, delivery)
    assert "most likely The storefront key is wrong" in text
    assert "Scalev took another key of this store" in text
    assert "ruled out The shop's Scalev plan" in text
    assert "Test with the other key" not in text


def test_a_key_that_is_refused_once_more_says_so_and_can_be_tested_again(
    client: Client, store: Store, sandbox: Running
) -> None:
    wrong = make_storefront_key(store, value=NOT_FOUND.key)
    delivery = lost(store, wrong)

    client.post(f"/stores/{store.pk}/keys/{wrong.pk}/test/", {"token": TOKEN, "for": delivery.pk})

    text = text_of(client, delivery)
    assert "The test was not accepted: Not found (404)." in text
    assert "Once something was changed, one PageView with the same key tells" in text


def test_a_test_that_is_asked_for_by_a_delivery_of_another_store_ends_as_any(
    client: Client, store: Store, sandbox: Running
) -> None:
    key, elsewhere = make_storefront_key(store), lost(make_store(), None)

    answer = client.post(f"/stores/{store.pk}/keys/{key.pk}/test/", {"token": TOKEN, "for": elsewhere.pk})

    assert answer.headers["Location"] == f"/log/{Delivery.objects.latest('pk').pk}/"


def test_in_production_the_test_asks_first_and_knows_the_way_back(
    client: Client, settings: Any, sandbox: Running
) -> None:
    client.force_login(make_person())
    settings.SCALEV_ENVIRONMENTS = {"production": sandbox.origin}
    store = make_store(environment="production")
    key = make_storefront_key(store)
    delivery = lost(store, key)
    way = f"/stores/{store.pk}/keys/{key.pk}/test/?for={delivery.pk}&amp;from="
    assert way in client.get(f"/log/{delivery.pk}/").content.decode()

    asked = client.get(html.unescape(way)).content.decode()

    assert f'name="for" value="{delivery.pk}"' in asked
    assert f'href="/log/{delivery.pk}/"' in asked
    assert not sandbox.received


@pytest.mark.parametrize("role", ["marketer", "support"])
def test_who_may_not_test_keys_is_told_who_can(client: Client, role: str) -> None:
    store = make_store()
    client.force_login(make_person(role))

    page = client.get(f"/log/{lost(store, make_storefront_key(store)).pk}/").content.decode()

    assert "An admin can make this test on this page." in page
    assert "/test/" not in page


def test_a_store_id_that_was_corrected_since_is_the_cause(client: Client, store: Store) -> None:
    delivery = lost(store, make_storefront_key(store))
    Store.objects.filter(pk=store.pk).update(store_id="store_BatikTulis9901")

    text = text_of(client, delivery)

    assert f"This one went to {store.store_id} ; the store's ID here is store_BatikTulis9901 now." in text


def test_the_store_id_that_scalev_took_before_stands_beside_the_one_it_did_not_find(
    client: Client, store: Store
) -> None:
    key = make_storefront_key(store)
    make_exchange(store=store, storefront_key=key)
    Store.objects.filter(pk=store.pk).update(store_id="store_BatikTulis9901")
    store.refresh_from_db()

    assert "this one to store_BatikTulis9901" in text_of(client, lost(store, key))


def test_the_same_key_in_another_store_that_works_names_it(client: Client, store: Store) -> None:
    key = make_storefront_key(store, value="sfpk_KeliruTempel8812xQ")
    twin = make_storefront_key(make_store("Sepatu Cibaduyut"), value="sfpk_KeliruTempel8812xQ")
    make_delivery(twin.store, storefront_key=twin)

    assert "Scalev takes the same key for Sepatu Cibaduyut" in text_of(client, lost(store, key))


def test_a_store_that_met_the_same_with_this_key_is_not_named(client: Client, store: Store) -> None:
    key = make_storefront_key(store, value="sfpk_KeliruTempel8812xQ")
    twin = make_storefront_key(make_store("Sepatu Cibaduyut"), value="sfpk_KeliruTempel8812xQ")
    lost(twin.store, twin)

    assert "Sepatu Cibaduyut" not in text_of(client, lost(store, key))


def test_without_the_key_and_its_bodies_there_is_still_a_page(client: Client, store: Store) -> None:
    delivery = make_delivery(store, outcome="not_found", status_code=404)

    text = text_of(client, delivery)

    assert "The key cannot be looked at here any more." in text
    assert "See the store's keys" in text


def test_the_log_is_asked_a_fixed_number_of_times(
    client: Client, store: Store, django_assert_max_num_queries: Any
) -> None:
    key = make_storefront_key(store, value="sfpk_KeliruTempel8812xQ")
    for number in range(5):
        make_storefront_key(store, value=f"sfpk_Cadangan{number:08}", is_active=False)
        make_storefront_key(value="sfpk_KeliruTempel8812xQ")
        make_exchange(store=store, storefront_key=key)
        lost(store, key)
    delivery = lost(store, key)
    client.get("/log/")

    with django_assert_max_num_queries(12):
        client.get(f"/log/{delivery.pk}/")
