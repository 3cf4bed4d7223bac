"""A report closes its own open row, once and in time; and nothing of the buyer that it echoes comes into the log."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.delivery import browser
from events.domain.query import parse
from events.domain.report import read_report
from events.models import Delivery, SearchDocument, search
from tests.delivery.test_sender import BODY
from tests.factories import make_body, make_delivery, make_person, make_store, make_storefront_key
from tests.reports import AGENT, ORIGIN, failed, raw, told

pytestmark = pytest.mark.django_db(transaction=True)

ECHO = b'{"error":"Bad request","errors":{"user_data":{"em":["wulan.pertiwi@contoh.id is not allowed"]}}}'


@pytest.fixture
def delivery() -> Delivery:
    store = make_storefront_key(make_store()).store
    person = make_person(role="marketer")
    handed = browser.hand_over(store=store, payload=BODY, by=person, now=timezone.now(), token=uuid.uuid4())
    return handed.delivery


def close(delivery: Delivery, report: dict[str, Any] | None = None) -> bool:
    return browser.close_from_report(delivery, read_report(raw(report or told())))


def test_a_report_closes_its_row_with_all_that_it_says(delivery: Delivery) -> None:
    assert close(delivery, told(status=400, reason="Bad Request", body=b'{"error":"Store is closed"}'))

    row = Delivery.objects.get()
    answer = row.body.read_response()
    assert (row.outcome, row.status_code, row.duration_ms) == ("rejected", 400, 184)
    assert answer
    assert answer.body == b'{"error":"Store is closed"}'
    assert answer.facts["headers"] == [["x-ratelimit-remaining", "59"]]
    assert answer.facts["caller"] == {"origin": ORIGIN, "user_agent": AGENT, "probes": []}


def test_the_callers_object_knows_what_was_written(delivery: Delivery) -> None:
    close(delivery)

    assert (delivery.outcome, delivery.status_code) == ("accepted", 204)


def test_a_second_report_changes_nothing(delivery: Delivery) -> None:
    close(delivery)
    before = bytes(Delivery.objects.get().body.response or b"")

    assert not close(delivery, told(status=500))

    row = Delivery.objects.get()
    assert (row.outcome, bytes(row.body.response or b"")) == ("accepted", before)


def test_after_the_lease_no_report_is_taken(delivery: Delivery) -> None:
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert not close(delivery)
    assert Delivery.objects.get().outcome == "pending"
    assert Delivery.objects.get().body.response is None


def test_an_interrupted_row_stays_interrupted(delivery: Delivery) -> None:
    Delivery.objects.close_expired(delivery.lease_until + timedelta(seconds=1))

    assert not close(delivery)
    assert Delivery.objects.get().outcome == "interrupted"


def test_a_row_of_the_server_channel_takes_no_report() -> None:
    mine = make_delivery(outcome="pending", status_code=None)
    make_body(mine, BODY, request_facts={"url": "http://127.0.0.1:4010/", "headers": []})

    assert not close(mine)
    assert Delivery.objects.get().outcome == "pending"


def test_a_failure_is_written_in_words_of_the_consoles_own(delivery: Delivery) -> None:
    close(delivery, failed("cors_origin", reason="wulan.pertiwi@contoh.id"))

    row = Delivery.objects.get()
    assert (row.outcome, row.status_code) == ("interrupted", None)
    assert row.error == "pages of this origin may not read the answers of the address"


def test_an_echo_of_the_buyer_stays_out_of_the_row_and_the_search_document(delivery: Delivery) -> None:
    close(delivery, told(status=400, body=ECHO))

    row = Delivery.objects.get()
    assert row.error
    assert "wulan" not in row.error.lower()
    assert "wulan" not in SearchDocument.objects.get().words.lower()


def test_the_answer_can_be_searched_for(delivery: Delivery) -> None:
    close(delivery, told(status=400, body=b'{"error":"The catalogue is closed"}'))

    def found(words: str) -> list[Delivery]:
        return list(search.matching(Delivery.objects.all(), parse(words)))

    assert found("catalogue channel:browser") == [delivery]
    assert found("catalogue channel:server") == []
    assert found("outcome:refused status:400") == [delivery]
