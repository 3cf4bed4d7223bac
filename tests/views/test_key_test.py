"""*Test this key*: one harmless PageView, sent once, explained on its delivery's page."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Delivery, StorefrontKey, encryption
from events.sandbox.running import Running
from events.sandbox.scenarios import by_store_id
from tests.factories import FIRST_MASTER_KEY, SECOND_MASTER_KEY, make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signed_in(client: Client, sandbox: Running) -> None:
    client.force_login(make_person())


def press(client: Client, key: StorefrontKey, token: object = "") -> Any:
    address = reverse("key_test", args=[key.store_id, key.pk])
    return client.post(address, {"token": str(token or uuid.uuid4())}, follow=True)


def test_it_sends_a_page_view_of_the_shop_without_a_buyer(client: Client, sandbox: Running) -> None:
    press(client, make_storefront_key(make_store(hosts=["batiknusantara.contoh.id"])))
    body = json.loads(sandbox.received[-1].body)
    assert body["event_source_url"] == "https://batiknusantara.contoh.id/"
    assert body["user_data"] == {"country": "id"}
    assert [event["event_name"] for event in body["events"]] == ["PageView"]
    assert body["events"][0]["event_id"].startswith("console-test-")


def test_a_store_without_hosts_is_tested_without_an_address(client: Client, sandbox: Running) -> None:
    press(client, make_storefront_key(make_store(hosts=[])))
    assert "event_source_url" not in json.loads(sandbox.received[-1].body)


def test_it_ends_on_the_page_of_the_delivery_which_says_that_it_worked(client: Client) -> None:
    key = make_storefront_key()
    response = press(client, key)
    delivery = Delivery.objects.get()
    assert response.redirect_chain[-1][0] == reverse("delivery", args=[delivery.pk])
    assert "The test worked" in response.content.decode()


def test_a_refusal_is_no_success(client: Client) -> None:
    scenario = by_store_id("store_sandbox_not_found")
    assert scenario
    key = make_storefront_key(make_store(store_id=scenario.store_id))
    response = press(client, key)
    assert "The test worked" not in response.content.decode()
    assert Delivery.objects.get().outcome == "not_found"


def test_the_same_press_twice_sends_once(client: Client, sandbox: Running) -> None:
    key, token = make_storefront_key(), uuid.uuid4()
    first, second = press(client, key, token), press(client, key, token)
    assert first.redirect_chain == second.redirect_chain
    assert len(sandbox.received) == 1


def test_a_key_that_is_not_active_is_tested_itself(client: Client) -> None:
    store = make_storefront_key().store
    spare = make_storefront_key(store, value="sfpk_CadanganTokoBatik8812x", is_active=False)
    press(client, spare)
    assert Delivery.objects.get().storefront_key == spare


def test_a_press_without_a_token_sends_nothing_and_asks(client: Client, sandbox: Running) -> None:
    key = make_storefront_key()
    response = client.post(reverse("key_test", args=[key.store_id, key.pk]))
    assert response.status_code == 422
    assert "Send the PageView" in response.content.decode()
    assert not sandbox.received


def test_a_key_that_cannot_be_read_is_not_sent_and_the_page_says_why(
    client: Client, sandbox: Running, settings: Any
) -> None:
    key = make_storefront_key()
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    assert "master key k1" in press(client, key).content.decode()
    assert not sandbox.received
    assert not Delivery.objects.exists()


def test_nothing_is_sent_while_the_secret_of_the_search_cannot_be_read(
    client: Client, sandbox: Running, settings: Any
) -> None:
    encryption.index_hasher()
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    key = make_storefront_key()
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    assert "master key k1" in press(client, key).content.decode()
    assert not sandbox.received
    assert not Delivery.objects.exists()


def test_an_archived_store_is_not_tested(client: Client, sandbox: Running) -> None:
    key = make_storefront_key(make_store(archived_at=timezone.now()))
    assert "archived" in press(client, key).content.decode()
    assert not sandbox.received


def test_production_is_asked_about_first(client: Client, settings: Any, sandbox: Running) -> None:
    settings.SCALEV_ENVIRONMENTS = {"production": sandbox.origin}
    key = make_storefront_key(make_store(environment="production"))
    shown = client.get(reverse("key_test", args=[key.store_id, key.pk])).content.decode()
    assert "Meta counts the event as a real PageView" in shown
    assert not sandbox.received
