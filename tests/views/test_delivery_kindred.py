"""A failed delivery's page says how many failed alike, and leads to them."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_delivery, make_person, make_store
from tests.groups import make_failure, make_group
from tests.views.exchanges import GOOD, ORDER, PHONE, REFUSED, make_exchange

pytestmark = pytest.mark.django_db

SHORT_OF_A_PHONE = ORDER.replace(b'"ph":"6281290076543",', b"")


@pytest.fixture(autouse=True)
def _somebody(client: Client) -> None:
    client.force_login(make_person("support"))


def page_of(client: Client, pk: int) -> tuple[str, str]:
    """The page, and its text."""
    page = client.get(f"/log/{pk}/").content.decode()
    return page, " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_it_says_how_many_since_when_and_what_went_through_before(client: Client) -> None:
    group = make_group(make_store())
    accepted = make_delivery(group.store)
    make_failure(group, timedelta(hours=1))
    delivery = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    page, text = page_of(client, delivery.pk)

    assert "2 like this since" in text
    assert "Before the first of them, Scalev last took an event of this store" in text
    assert "took none" not in text
    assert "Open Nobody has it." in text
    assert f'<a href="/log/{accepted.pk}/">' in page
    assert f'<a href="/log/errors/{group.pk}/">See this error</a>' in page
    assert f'<a href="/log/?q=group%3A{group.pk}">' in page


def test_all_of_it_asks_the_database_little(client: Client, django_assert_max_num_queries: Any) -> None:
    group = make_group(make_store())
    make_exchange(store=group.store)
    failures = [make_exchange("rejected", 400, REFUSED, store=group.store, group=group) for _ in range(2)]
    client.get("/log/")  # writes when the session was seen

    with django_assert_max_num_queries(12):
        page_of(client, failures[-1].pk)


def test_the_only_one_says_so(client: Client) -> None:
    group = make_group()
    delivery = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    page, text = page_of(client, delivery.pk)

    assert "The only one like this" in text
    assert "Before it, Scalev took none of this store’s latest requests." in text
    assert "All of them in the log" not in page


def test_several_that_nothing_went_before_say_so(client: Client) -> None:
    group = make_group()
    make_failure(group)
    delivery = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    text = page_of(client, delivery.pk)[1]

    assert "Before the first of them, Scalev took none of this store’s latest requests." in text


def test_what_was_accepted_has_none(client: Client) -> None:
    page, _text = page_of(client, make_exchange().pk)

    assert "kindred" not in page


def test_what_changed_since_scalev_took_one_like_it_is_said_under_the_masks(client: Client) -> None:
    group = make_group(make_store())
    taken = make_exchange(store=group.store, request=GOOD)
    make_exchange(store=group.store, request=b'{"events": []}', event_names=["PageView"])
    refused = make_exchange("rejected", 400, REFUSED, store=group.store, group=group, request=SHORT_OF_A_PHONE)
    again = make_exchange("rejected", 400, REFUSED, store=group.store, group=group, request=b"{}")

    page, text = page_of(client, again.pk)

    said = text.partition("What changed since Scalev took one like it")[2].partition("The whole comparison")[0].split()
    assert " ".join(said) == (
        "variants[0].quantity 2 in the one that was taken, 0 here "
        'user_data.ph "+62 812 ••• 543" in the one that was taken, missing here'
    )
    assert PHONE not in page
    assert f'<a href="/log/{taken.pk}/beside/{refused.pk}/">The whole comparison</a>' in page
    assert "user_data.ph" in page_of_pair(client, taken.pk, refused.pk)


def test_where_only_ids_differ_the_cause_is_said_to_lie_elsewhere(client: Client) -> None:
    group = make_group(make_store())
    make_exchange(store=group.store, request=GOOD.replace(b"ord-88212", b"ord-88211"))
    refused = make_exchange("rejected", 400, b'{"error": "Toko ditutup"}', store=group.store, group=group, request=GOOD)

    assert "the cause is hardly in the request (inferred)" in page_of(client, refused.pk)[1]


def test_another_event_is_compared_where_none_like_it_was_taken_and_it_says_so(client: Client) -> None:
    group = make_group(make_store())
    make_exchange(store=group.store, request=GOOD, event_names=["PageView"])
    refused = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    assert "the last one that Scalev took, of another event" in page_of(client, refused.pk)[1]


@pytest.mark.parametrize(("outcome", "status"), [("rejected", 401), ("timed_out", None), ("unreachable", None)])
def test_where_the_request_is_not_the_reason_nothing_is_compared(
    client: Client, outcome: str, status: int | None
) -> None:
    group = make_group(make_store(), outcome=outcome, status=status)
    make_exchange(store=group.store, request=GOOD)

    page, _text = page_of(client, make_exchange(outcome, status, b"", store=group.store, group=group).pk)

    assert "What changed" not in page


def test_bodies_that_are_gone_are_not_compared(client: Client) -> None:
    group = make_group(make_store())
    make_delivery(group.store)

    assert "What changed" not in page_of(client, make_failure(group).pk)[0]


def page_of_pair(client: Client, one: int, other: int) -> str:
    page = client.get(f"/log/{one}/beside/{other}/").content.decode()
    return page.partition("Where the requests differ")[2].partition("</tbody>")[0]


def test_an_erased_delivery_offers_no_change(client: Client) -> None:
    group = make_group(make_store())
    make_exchange(store=group.store, request=GOOD)
    make_exchange("rejected", 400, REFUSED, store=group.store, group=group)
    erased = make_failure(group, erased_at=timezone.now())

    assert "What changed" not in page_of(client, erased.pk)[0]
