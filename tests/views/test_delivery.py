"""A delivery's page: the sentence first, then the life-line, then the exchange as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.outcome import Outcome
from events.models import Body, Delivery, Person
from tests.factories import make_body, make_delivery, make_person, make_storefront_key
from tests.views.exchanges import ORDER, REFUSED, ZERO, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture
def rani(client: Client) -> Person:
    person = make_person(role="admin")
    client.force_login(person)
    return person


def page(client: Client, delivery: Delivery, query: str = "", **headers: Any) -> str:
    response = client.get(f"/log/{delivery.pk}/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_page(client: Client, rani: Person, outcome: Outcome) -> None:
    lease = timezone.now() + timedelta(minutes=1)

    html = page(client, make_exchange(outcome.value, 500, b"{}", lease_until=lease))

    assert "<h1>" in html
    assert 'class="lifeline"' in html


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_delivery_whose_bodies_are_gone_still_has_a_page(client: Client, rani: Person, outcome: Outcome) -> None:
    lease = timezone.now() + timedelta(minutes=1)

    html = page(client, make_delivery(outcome=outcome.value, lease_until=lease))

    assert "no longer kept" in html
    assert "Resend as it was" not in html


def test_a_refusal_is_named_and_marked_where_it_stands(client: Client, rani: Person) -> None:
    html = page(client, make_exchange("rejected", 400, REFUSED, findings=(ZERO,)))

    assert "Scalev refused this request: line 1 has quantity 0." in html
    assert html.count('data-path="variants[0].quantity"') == 1
    assert html.count('data-path="errors.variants[0].quantity"') == 1
    assert html.count("<mark") == 2
    assert "1 error, sent anyway" in html
    assert "Answered 400" in html
    assert "never got it" in html


def test_the_exchange_is_shown_with_its_digits_headers_and_timings(client: Client, rani: Person) -> None:
    headers = [["X-Ratelimit-Remaining", "41"], ["Content-Type", "application/json"]]

    html = page(client, make_exchange("rejected", 400, REFUSED, facts={"headers": headers}))

    for shown in (
        "189000.00",
        "ord-88212-Purchase",
        "sfpk_…9f2c",
        "X-Ratelimit-Remaining",
        "41",
        "55 ms",
        "96 ms in all",
    ):
        assert shown in html


def test_what_came_back_as_markup_is_shown_as_text(client: Client, rani: Person) -> None:
    hostile = b'<script>alert(1)</script><b hx-get="/" hx-trigger="load">x</b>'

    html = page(client, make_exchange("unexpected", 200, hostile, facts={"headers": [["Content-Type", "text/html"]]}))

    assert "<script>alert" not in html
    assert "<b hx-get" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "A web page came back" in html


def test_markup_in_an_error_its_reason_and_its_headers_is_shown_as_text(client: Client, rani: Person) -> None:
    facts = {"reason": "<i>no</i>", "headers": [["X-<i>no</i>", "<i>no</i>"]], "failure_detail": "<i>no</i>"}

    html = page(client, make_exchange("rejected", 400, b'{"error": "<i>no</i>", "<i>no</i>": 1}', facts=facts))

    assert "<i>no" not in html


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe broken",
        b'{"error": "Kemeja\\u0000 \\ud800"}',
        b'{"a": 1, "a": 2}',
        b'{"error": ' + b"[" * 100_000,
        b'{"error": ' + b"7" * 5000 + b"}",
        b'{"error": NaN}',
        b"\xef\xbb\xbf" + REFUSED,
        b'{"error": "' + b"x" * 65_000,
        b"\x00\x1b[31m\xe2\x80\xae",
    ],
)
def test_no_body_breaks_the_page(client: Client, rani: Person, body: bytes) -> None:
    assert "Scalev refused this request" in page(client, make_exchange("rejected", 400, body))


def test_what_is_wrong_with_a_body_is_said(client: Client, rani: Person) -> None:
    facts = {"body_marks": ["too_large", "cut"], "response_size": 400_000_000}

    html = page(client, make_exchange("rejected", 400, b"{" * 70, facts=facts))

    assert "The body is larger than what is kept" in html
    assert "ended before the body did" in html


def test_a_rate_limit_says_how_long_to_wait(client: Client, rani: Person) -> None:
    facts = {"headers": [["Retry-After", "600"]]}

    assert "asks to wait 10 minutes" in page(client, make_exchange("rate_limited", 429, b"Too many", facts=facts))


def test_a_failure_without_an_answer_says_what_stopped_it(client: Client, rani: Person) -> None:
    facts = {
        "failure": "dns",
        "failure_detail": "the name could not be found",
        "timings": {},
        "peer": "",
        "bytes_may_have_left": False,
        "headers": [],
    }

    html = page(client, make_exchange("unreachable", None, b"", facts=facts))

    assert "could not be looked up" in html
    assert "The name could not be found" in html
    assert "Not sent" in html


def test_an_expired_call_is_found_interrupted(client: Client, rani: Person) -> None:
    delivery = make_delivery(
        outcome="pending", status_code=None, duration_ms=None, finished_at=None, lease_until=timezone.now()
    )
    make_body(delivery, ORDER)

    html = page(client, delivery)

    assert "The console stopped while this event was under way." in html
    assert "never sent again by itself" in html


@pytest.fixture
def pending() -> Delivery:
    lease = timezone.now() + timedelta(minutes=1)
    delivery = make_delivery(outcome="pending", status_code=None, duration_ms=None, finished_at=None, lease_until=lease)
    make_body(delivery, ORDER)
    return delivery


def test_an_open_call_is_looked_at_again_until_it_is_closed(client: Client, rani: Person, pending: Delivery) -> None:
    html = page(client, pending)

    assert f'hx-get="/log/{pending.pk}/" hx-trigger="every 2s"' in html
    assert "Look again" in html
    assert "Resend as it was" not in html


def test_while_nothing_changed_the_poll_changes_nothing(client: Client, rani: Person, pending: Delivery) -> None:
    assert client.get(f"/log/{pending.pk}/", headers={"HX-Request": "true"}).status_code == 204


def test_the_poll_brings_the_closed_delivery_and_ends(client: Client, rani: Person) -> None:
    html = page(client, make_exchange(), hx_request="true")

    assert html.startswith('<div id="delivery">')
    assert "hx-trigger" not in html
    assert "<html" not in html


def test_a_page_that_history_restores_is_whole(client: Client, rani: Person) -> None:
    headers = {"hx_request": "true", "hx_history_restore_request": "true"}

    assert "<html" in page(client, make_exchange(), **headers)


@pytest.mark.parametrize("number", [987654, 10**30])
def test_a_number_nobody_has_gets_a_way_back(client: Client, rani: Person, number: int) -> None:
    response = client.get(f"/log/{number}/?from=q%3DPurchase")

    assert response.status_code == 404
    assert 'href="/log/?q=Purchase"' in response.content.decode()


def test_the_way_back_keeps_the_search_and_leads_nowhere_else(client: Client, rani: Person) -> None:
    delivery = make_exchange()

    row = f"row={delivery.pk}#row-{delivery.pk}"

    assert f'href="/log/?q=Purchase&amp;outcome=rejected&amp;{row}"' in page(
        client, delivery, "?from=%3Fq%3DPurchase%26outcome%3Drejected"
    )
    assert f'href="/log/?{row}"' in page(client, delivery, "?from=https://example.com/")
    assert "example.com/" not in page(client, delivery, "?from=https://example.com/")


def test_without_its_master_key_the_page_names_the_key_and_shows_nothing(
    client: Client, rani: Person, settings: Any
) -> None:
    delivery = make_exchange("rejected", 400, REFUSED)
    settings.CONSOLE_MASTER_KEYS = "k2:" + "B" * 43 + "="

    html = page(client, delivery)

    assert "needs master key k1" in html
    assert "Correct and send" not in html
    assert "variants" not in html


def test_a_changed_row_is_not_shown(client: Client, rani: Person) -> None:
    delivery, other = make_exchange(), make_exchange()
    Body.objects.filter(delivery=delivery).update(request=Body.objects.get(delivery=other).request)

    assert "what is stored is not what this console wrote" in page(client, delivery)


def test_the_whole_family_of_resends_is_listed(client: Client, rani: Person) -> None:
    first = make_exchange("timed_out", None, b"")
    second = make_exchange(store=first.store, resend_of=first)

    html = page(client, first)

    assert f'href="/log/{second.pk}/"' in html
    assert "Nothing more to do" in html
    assert f'href="/log/{first.pk}/?from=q%3DPurchase"' in page(client, second, "?from=q%3DPurchase")


def test_the_page_asks_the_database_little(client: Client, rani: Person, django_assert_max_num_queries: Any) -> None:
    delivery = make_exchange("rejected", 400, REFUSED, findings=(ZERO,))
    Delivery.objects.filter(pk=delivery.pk).update(storefront_key=make_storefront_key(delivery.store))

    client.get("/log/")  # writes when the session was seen

    with django_assert_max_num_queries(12):
        page(client, delivery)
