"""Before any resend: one sentence on what Meta will do with it, and no resend before the time that Scalev asked for."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery, Person
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.exchanges import GOOD, make_exchange

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]

TOKEN = "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person("marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def sent(person: Person, outcome: str = "accepted", status: int | None = 204, **fields: Any) -> Delivery:
    store = make_store()
    make_storefront_key(store)
    return make_exchange(outcome, status, b"", by=person, store=store, request=GOOD, **fields)


def limited(person: Person, seconds: int, ago: timedelta) -> Delivery:
    at = timezone.now() - ago
    facts = {"headers": [["Retry-After", str(seconds)]]}
    return sent(person, "rate_limited", 429, facts=facts, created_at=at, finished_at=at)


def text(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


@pytest.mark.parametrize(
    ("outcome", "age", "words"),
    [
        ("accepted", timedelta(minutes=12), "Meta will most likely drop it: Scalev took this event 12 minutes ago"),
        ("timed_out", timedelta(minutes=12), "Whether the first one arrived is open. Either way it counts once"),
        ("accepted", timedelta(hours=50), "this one counts a second time"),
        ("rejected", timedelta(hours=3), "stamps the time itself (inferred"),
        ("rejected", timedelta(minutes=12), "Scalev refused these very bytes, and will most likely refuse them again"),
        ("rejected", timedelta(hours=3), "Scalev refused these very bytes, and will most likely refuse them again"),
    ],
)
def test_the_page_and_the_question_say_the_same_sentence(
    client: Client, maya: Person, outcome: str, age: timedelta, words: str
) -> None:
    status = {"accepted": 204, "rejected": 400}.get(outcome)
    delivery = sent(maya, outcome, status, created_at=timezone.now() - age)

    assert words in text(client.get(f"/log/{delivery.pk}/")).partition("If you resend it:")[2]
    assert text(client.get(f"/log/{delivery.pk}/resend/")).count(words) == 1


def test_an_event_without_an_id_is_not_resent_without_asking(client: Client, maya: Person) -> None:
    delivery = sent(maya, event_ids=[""])

    asked = client.post(f"/log/{delivery.pk}/resend/", {"token": TOKEN})

    assert asked.status_code == 422
    assert "this one counts once more" in text(asked)


def test_who_may_not_resend_is_told_nothing_about_it(client: Client, maya: Person) -> None:
    assert "If you resend it" not in text(client.get(f"/log/{sent(make_person('marketer')).pk}/"))


def test_before_its_time_a_resend_is_not_offered_and_the_page_looks_again_then(client: Client, maya: Person) -> None:
    delivery = limited(maya, 600, ago=timedelta(seconds=20))

    response = client.get(f"/log/{delivery.pk}/")

    (seconds,) = re.findall(r'hx-trigger="load delay:(\d+)s"', response.content.decode())
    assert 570 < int(seconds) <= 580
    assert "asks to wait 10 minutes from its answer on; 10 minutes of it are left" in text(response)
    assert f"You can resend it in {seconds} seconds. Look again" in text(response)
    assert "Resend as it was" not in text(response)


def test_after_its_time_it_is(client: Client, maya: Person) -> None:
    response = client.get(f"/log/{limited(maya, 7, ago=timedelta(seconds=8)).pk}/")

    assert "is over" in text(response)
    assert "Resend as it was" in text(response)
    assert "delay:" not in response.content.decode()


def test_a_resend_before_its_time_asks_first(client: Client, maya: Person) -> None:
    delivery = limited(maya, 600, ago=timedelta(seconds=20))

    asked = client.post(f"/log/{delivery.pk}/resend/", {"token": TOKEN})

    assert asked.status_code == 422
    assert "Scalev asked to wait, and 10 minutes are left" in text(asked)
    assert Delivery.objects.count() == 1
    assert client.post(f"/log/{delivery.pk}/resend/", {"token": TOKEN, "confirmed": "yes"}).status_code == 302


def test_an_answer_that_cannot_be_read_asks_for_no_wait(client: Client, maya: Person) -> None:
    delivery = limited(maya, 600, ago=timedelta(seconds=20))
    delivery.body.response = None
    delivery.body.save()

    assert client.post(f"/log/{delivery.pk}/resend/", {"token": TOKEN}).status_code == 302


def test_what_went_through_since_says_that_the_trouble_seems_to_be_over(client: Client, maya: Person) -> None:
    delivery = sent(maya, "timed_out", None, created_at=timezone.now() - timedelta(minutes=12))
    assert "seems to be over" not in text(client.get(f"/log/{delivery.pk}/"))

    make_exchange(store=delivery.store)

    assert "another event of this store 12 minutes after this one" in text(client.get(f"/log/{delivery.pk}/"))
