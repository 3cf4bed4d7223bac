"""The report over HTTP: refused by its status and one word unless it is the one asked for, and the row as it was."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.report import REPORT_LIMIT_BYTES
from events.models import Delivery, Person
from tests.factories import make_delivery, make_person
from tests.reports import failed, told
from tests.views.exchanges import make_exchange
from tests.views.hand_over import SCALEV, ask, make_shop, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def environments(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"sandbox": SCALEV}


@pytest.fixture
def maya(client: Client) -> Person:
    make_shop()
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def state() -> list[Any]:
    """All that a report may change."""
    return [list(Delivery.objects.values()), list(Delivery.objects.values("body__response", "document__words"))]


def refusal(response: Any) -> tuple[int, dict[str, str]]:
    return response.status_code, response.json()


def test_the_session_that_was_handed_the_call_closes_its_row(client: Client, maya: Person) -> None:
    order, delivery = ask(client)

    response = tell(client, order)

    delivery.refresh_from_db()
    assert refusal(response) == (200, {"delivery": f"/log/{delivery.pk}/"})
    assert (delivery.outcome, delivery.status_code, delivery.channel) == ("accepted", 204, "browser")


def test_another_session_of_the_same_person_does_not(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    other, before = Client(), state()
    other.force_login(maya)

    assert refusal(tell(other, order)) == (403, {"error": "ticket"})
    assert state() == before


def test_somebody_elses_session_does_not(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    other, before = Client(), state()
    other.force_login(make_person(role="admin"))

    assert refusal(tell(other, order)) == (403, {"error": "ticket"})
    assert state() == before


def test_nobody_at_all_is_sent_to_sign_in(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    before = state()

    assert tell(Client(), order).status_code == 302
    assert state() == before


@pytest.mark.parametrize("ticket", ["0" * 64, "", "ü", "\ud800", "x" * 5_000])
def test_a_forged_ticket_closes_nothing(client: Client, maya: Person, ticket: str) -> None:
    order, _delivery = ask(client)
    before, report = state(), json.dumps(told(ticket=ticket))

    response = client.post(order["report"], report, content_type="application/json")

    assert refusal(response) == (403, {"error": "ticket"})
    assert state() == before


def test_a_ticket_closes_no_other_row_of_the_same_session(client: Client, maya: Person) -> None:
    first, _delivery = ask(client)
    second, _other = ask(client)
    before = state()

    assert refusal(tell(client, second | {"ticket": first["ticket"]})) == (403, {"error": "ticket"})
    assert state() == before


def test_two_open_calls_of_one_session_are_both_closed(client: Client, maya: Person) -> None:
    first, _one = ask(client)
    second, _two = ask(client)

    assert [tell(client, order).status_code for order in (first, second)] == [200, 200]


def test_a_second_report_changes_nothing(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    tell(client, order)
    before = state()

    assert refusal(tell(client, order, told(status=500))) == (409, {"error": "closed"})
    assert state() == before


def test_a_second_report_after_a_blocked_one_changes_nothing(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    tell(client, order, failed("blocked"))
    before = state()

    assert refusal(tell(client, order)) == (409, {"error": "closed"})
    assert state() == before


def test_a_late_report_finds_the_row_interrupted_and_leaves_it_so(client: Client, maya: Person) -> None:
    order, delivery = ask(client)
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert refusal(tell(client, order)) == (409, {"error": "late"})
    delivery.refresh_from_db()
    assert (delivery.outcome, delivery.status_code) == ("interrupted", None)
    assert delivery.body.response is None


def test_a_delivery_of_the_server_is_not_reported_on(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    server = make_delivery(outcome="pending", status_code=None, by=maya)
    before = state()

    assert refusal(tell(client, order | {"report": f"/log/{server.pk}/report/"})) == (404, {"error": "unknown"})
    assert state() == before


def test_a_delivery_that_is_not_there_is_not_reported_on(client: Client, maya: Person) -> None:
    assert refusal(tell(client, {"report": "/log/4711/report/", "ticket": ""})) == (404, {"error": "unknown"})


def test_an_oversized_report_is_not_even_read(client: Client, maya: Person) -> None:
    order, _delivery = ask(client)
    before = state()

    assert refusal(tell(client, order, told(reason="x" * REPORT_LIMIT_BYTES))) == (413, {"error": "too_large"})
    assert state() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "204"), ("headers", "none"), ("body_base64", 1), ("timings", [1]), ("probes", "no"), ("origin", 5)],
)
def test_a_field_of_the_wrong_type_refuses_the_report_by_its_name(
    client: Client, maya: Person, field: str, value: Any
) -> None:
    order, _delivery = ask(client)
    before = state()

    assert refusal(tell(client, order, told(**{field: value}))) == (400, {"error": field})
    assert state() == before


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("{", "application/json", (400, {"error": "not_json"})),
        ("[" * 50_000, "application/json", (400, {"error": "not_json"})),
        ("status=204", "application/x-www-form-urlencoded", (415, {"error": "content_type"})),
        ("--x\r\n\r\n--x--", "multipart/form-data; boundary=x", (415, {"error": "content_type"})),
    ],
)
def test_what_is_no_report_is_refused(
    client: Client, maya: Person, body: str, content_type: str, expected: tuple[int, dict[str, str]]
) -> None:
    order, _delivery = ask(client)
    before = state()

    assert refusal(client.post(order["report"], body, content_type=content_type)) == expected
    assert state() == before


def test_without_the_token_of_the_site_no_report_is_taken(maya: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(maya)
    open_row = make_exchange("pending", None, None, by=maya, channel="browser")

    response = strict.post(f"/log/{open_row.pk}/report/", told(), content_type="application/json")

    assert response.status_code == 403
    assert Delivery.objects.get().outcome == "pending"


def test_without_the_master_key_the_page_may_try_again_later(client: Client, maya: Person, settings: Any) -> None:
    order, delivery = ask(client)
    keys, settings.CONSOLE_MASTER_KEYS = settings.CONSOLE_MASTER_KEYS, "k2:" + "B" * 43 + "="

    assert refusal(tell(client, order)) == (503, {"error": "unreadable"})

    settings.CONSOLE_MASTER_KEYS = keys
    assert tell(client, order).status_code == 200
    delivery.refresh_from_db()
    assert delivery.outcome == "accepted"


def test_the_search_that_somebody_came_from_is_kept(client: Client, maya: Person) -> None:
    order, delivery = ask(client, **{"from": "q=Purchase"})

    assert tell(client, order).json() == {"delivery": f"/log/{delivery.pk}/?from=q%3DPurchase"}
