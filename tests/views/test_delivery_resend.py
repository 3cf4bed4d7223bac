"""Resending: the same bytes in a row of its own, never twice for one press, never without its warning."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Body, Delivery, Person
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.exchanges import GOOD, make_exchange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def sent_by(person: Person | None, outcome: str = "timed_out", **fields: Any) -> Delivery:
    store = make_store()
    make_storefront_key(store)
    return make_exchange(outcome, None, b"", by=person, store=store, request=GOOD, **fields)


def token_in(client: Client, delivery: Delivery) -> str:
    html = client.get(f"/log/{delivery.pk}/").content.decode()
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found
    return found.group(1)


def test_a_resend_sends_the_same_bytes_in_a_row_of_its_own(client: Client, maya: Person) -> None:
    first = sent_by(maya)

    response = client.post(f"/log/{first.pk}/resend/", {"token": token_in(client, first)})

    again = Delivery.objects.latest("id")
    assert response.headers["Location"] == f"/log/{again.pk}/"
    assert (again.outcome, again.resend_of_id, again.by) == ("accepted", first.pk, maya)
    assert Body.objects.get(delivery=again).read_request().body == GOOD
    first.refresh_from_db()
    assert first.outcome == "timed_out"


def test_a_second_press_finds_the_first_ones_delivery(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    token = token_in(client, first)

    one = client.post(f"/log/{first.pk}/resend/", {"token": token})
    two = client.post(f"/log/{first.pk}/resend/", {"token": token})

    assert one.headers["Location"] == two.headers["Location"]
    assert Delivery.objects.count() == 2


def test_a_resend_of_a_resend_points_to_the_first(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    second = make_exchange("timed_out", None, b"", by=maya, store=first.store, request=GOOD, resend_of=first)

    client.post(f"/log/{second.pk}/resend/", {"token": token_in(client, second)})

    assert Delivery.objects.latest("id").resend_of_id == first.pk


def test_two_tabs_send_once(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    tabs = [token_in(client, first), token_in(client, first)]

    one, two = (client.post(f"/log/{first.pk}/resend/", {"token": token}) for token in tabs)

    assert one.headers["Location"] == two.headers["Location"]
    assert Delivery.objects.count() == 2


def test_a_page_loaded_after_a_resend_asks_before_it_sends_another(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    client.post(f"/log/{first.pk}/resend/", {"token": token_in(client, first)})
    token = token_in(client, first)

    asked = client.post(f"/log/{first.pk}/resend/", {"token": token})

    assert asked.status_code == 422
    assert "already resent" in asked.content.decode()
    assert Delivery.objects.count() == 2
    client.post(f"/log/{first.pk}/resend/", {"token": token, "confirmed": "yes"})
    assert Delivery.objects.count() == 3


def test_the_newest_of_a_family_is_resent_without_asking(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    last = make_exchange("timed_out", None, b"", by=maya, store=first.store, request=GOOD, resend_of=first)

    assert client.post(f"/log/{last.pk}/resend/", {"token": token_in(client, last)}).status_code == 302


@pytest.mark.parametrize("token", ["", "no-token"])
def test_without_its_token_nothing_is_sent(client: Client, maya: Person, token: str) -> None:
    first = sent_by(maya)

    response = client.post(f"/log/{first.pk}/resend/", {"token": token})

    assert response.headers["Location"] == f"/log/{first.pk}/"
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("age", "words"), [(timedelta(hours=2), "stamps the time itself"), (timedelta(hours=50), "counts a second time")]
)
def test_a_late_resend_asks_first_and_sends_once_confirmed(
    client: Client, maya: Person, age: timedelta, words: str
) -> None:
    first = sent_by(maya, created_at=timezone.now() - age)
    token = token_in(client, first)

    asked = client.post(f"/log/{first.pk}/resend/", {"token": token})

    assert asked.status_code == 422
    assert words in asked.content.decode()
    assert Delivery.objects.count() == 1
    assert f'value="{token}"' in asked.content.decode()
    assert client.post(f"/log/{first.pk}/resend/", {"token": token, "confirmed": "yes"}).status_code == 302
    assert Delivery.objects.count() == 2


def test_the_age_counts_from_the_first_try(client: Client, maya: Person) -> None:
    first = sent_by(maya, created_at=timezone.now() - timedelta(hours=50))
    second = make_exchange("timed_out", None, b"", by=maya, store=first.store, request=GOOD, resend_of=first)

    assert client.post(f"/log/{second.pk}/resend/", {"token": token_in(client, second)}).status_code == 422


def test_an_open_call_is_not_doubled(client: Client, maya: Person) -> None:
    first = sent_by(maya, "pending", lease_until=timezone.now() + timedelta(minutes=1))
    token = "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"

    html = client.post(f"/log/{first.pk}/resend/", {"token": token}, follow=True).content.decode()

    assert "still under way" in html
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [("marketer", 403), ("support", 302), ("admin", 302)])
def test_somebody_elses_is_resent_by_support_and_admins_only(client: Client, role: str, status: int) -> None:
    first = sent_by(make_person(role="marketer"))
    client.force_login(make_person(role=role))

    html = client.get(f"/log/{first.pk}/").content.decode()
    response = client.post(f"/log/{first.pk}/resend/", {"token": "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"})

    assert response.status_code == status
    assert ("Resend as it was" in html) is (status == 302)
    assert Delivery.objects.count() == (2 if status == 302 else 1)


def test_what_stands_in_the_way_is_said_and_nothing_is_written(client: Client, maya: Person) -> None:
    first = make_exchange("timed_out", None, b"", by=maya, request=GOOD)  # a store without a key

    html = client.post(f"/log/{first.pk}/resend/", {"token": token_in(client, first)}, follow=True).content.decode()

    assert "no active storefront key" in html
    assert Delivery.objects.count() == 1


def test_a_store_that_moved_to_another_environment_is_not_resent_to(client: Client, maya: Person) -> None:
    first = sent_by(maya, environment="production")

    html = client.post(f"/log/{first.pk}/resend/", {"token": token_in(client, first)}, follow=True).content.decode()

    assert "another environment" in html
    assert Delivery.objects.count() == 1


def test_without_the_master_key_nothing_is_resent(client: Client, maya: Person, settings: Any) -> None:
    first = sent_by(maya)
    token = token_in(client, first)
    settings.CONSOLE_MASTER_KEYS = "k2:" + "B" * 43 + "="

    html = client.post(f"/log/{first.pk}/resend/", {"token": token}, follow=True).content.decode()

    assert "cannot be read any more" in html
    assert Delivery.objects.count() == 1


def test_a_look_at_the_address_says_what_a_resend_means_and_sends_nothing(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    asked = client.get(f"/log/{first.pk}/resend/", {"from": "q=Purchase"})
    html = asked.content.decode()
    assert (asked.status_code, Delivery.objects.count()) == (200, 1)
    assert "Resend this event now?" in html
    assert "under the same event ID" in html
    assert f'href="/log/{first.pk}/?from=q%3DPurchase"' in html
    token = re.search(r'name="token" value="([^"]+)"', html)
    assert token
    assert token[1] == token_in(client, first)


def test_what_cannot_be_resent_is_not_offered_for_it(client: Client, maya: Person) -> None:
    first = sent_by(maya)
    Body.objects.all().delete()
    assert "cannot be read any more" in client.get(f"/log/{first.pk}/resend/", follow=True).content.decode()
