"""The browser's half beside what was sent: compared as it is, shown as far as its viewer may see."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from events.models import Body, Delivery
from tests.factories import make_person
from tests.views.exchanges import EMAIL, make_exchange

pytestmark = pytest.mark.django_db

REQUEST = (
    b'{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[{"event_id":"wulan.pertiwi@contoh.id-1",'
    b'"event_name":"Purchase","parameters":{"value":189000,"currency":"IDR"}}]}'
)
CALL = "fbq('track', 'Purchase', {value: 189000, currency: 'IDR'}, {eventID: 'ord-88212'});"


@pytest.fixture
def delivery(client: Client) -> Delivery:
    client.force_login(make_person("marketer"))
    return make_exchange(request=REQUEST)


def page_of(client: Client, delivery: Delivery, pasted: str) -> str:
    answer = client.post(f"/log/{delivery.pk}/pair/", {"pasted": pasted})
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def test_the_delivery_leads_there(client: Client, delivery: Delivery) -> None:
    assert f'href="/log/{delivery.pk}/pair/' in client.get(f"/log/{delivery.pk}/").content.decode()


def test_it_is_compared_under_the_masks(client: Client, delivery: Delivery) -> None:
    page = page_of(client, delivery, CALL)

    assert "No pair: Meta counts two events" in page
    assert EMAIL not in page
    assert "The buyer's values are masked" in page


def test_the_values_themselves_are_compared_and_not_their_masks(client: Client, delivery: Delivery) -> None:
    page = page_of(client, delivery, CALL.replace("ord-88212", f"{EMAIL}-1"))

    assert "A pair: Meta counts these two as one event" in page


def test_what_was_sent_is_not_changed_from_here(client: Client, delivery: Delivery) -> None:
    assert 'name="take"' not in page_of(client, delivery, CALL)


def test_a_delivery_whose_bodies_are_gone_says_so(client: Client, delivery: Delivery) -> None:
    Body.objects.all().delete()
    answer = client.get(f"/log/{delivery.pk}/pair/", follow=True)

    assert answer.redirect_chain == [(f"/log/{delivery.pk}/", 302)]
    assert "nothing to compare with" in answer.content.decode()


def test_a_delivery_that_is_not_there_is_missing(client: Client, delivery: Delivery) -> None:
    assert client.get("/log/999/pair/").status_code == 404
