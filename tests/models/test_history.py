"""What was sent before, as the rules are told of it: read from the log by its own index."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.circumstances import History, Use
from events.domain.payload import Payload
from events.models import Delivery, Store, search
from events.models.history import MOST_EVENTS, NEWEST, history_of
from tests.factories import make_body, make_delivery, make_store

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BUYER = {"em": "wulan.pertiwi@contoh.id"}


@pytest.fixture
def store() -> Store:
    return make_store()


def purchase(event_id: str = "ord-88213-Purchase", name: str = "Purchase", **parameters: Any) -> dict[str, Any]:
    return {"event_id": event_id, "event_name": name, "parameters": {"value": 189000, "currency": "IDR"} | parameters}


def payload(*events: dict[str, Any]) -> Payload:
    return Payload.from_json(json.dumps({"user_data": BUYER, "events": events or [purchase()]}))


def sent(store: Store, *events: dict[str, Any], hours: float = 3, **fields: Any) -> Delivery:
    was = payload(*events)
    values = {
        "event_names": [event.event_name for event in was.events],
        "event_ids": [event.event_id for event in was.events],
        "created_at": NOW - timedelta(hours=hours),
    }
    delivery = make_delivery(store, **{**values, **fields})
    make_body(delivery, was.to_json())
    search.index(delivery, was.tree)
    return delivery


def test_the_same_event_is_found_with_its_age_and_its_content(store: Store) -> None:
    earlier = sent(store)

    use = Use(event=0, delivery=earlier.pk, event_name="Purchase", age=timedelta(hours=3), same_content=True)
    assert history_of(store, payload(), NOW) == History(event_ids=(use,))


@pytest.mark.parametrize("other", [purchase(value=95300.0), purchase(catatan="hadiah")])
def test_other_content_under_the_same_id_is_told_apart(store: Store, other: dict[str, Any]) -> None:
    sent(store, other)

    (use,) = history_of(store, payload(), NOW).event_ids
    assert not use.same_content


def test_an_id_under_another_name_is_told_beside_the_newest_of_its_own_name(store: Store) -> None:
    sent(store, hours=70)
    newest = sent(store, hours=50)
    other = sent(store, purchase(name="InitiateCheckout"), hours=40)

    uses = history_of(store, payload(), NOW).event_ids

    assert {(use.event_name, use.delivery) for use in uses} == {
        ("Purchase", newest.pk),
        ("InitiateCheckout", other.pk),
    }


def test_each_event_of_a_payload_is_looked_up_by_its_place(store: Store) -> None:
    earlier = sent(store, purchase("ord-88214-Purchase"))

    uses = history_of(store, payload(purchase(), purchase("ord-88214-Purchase")), NOW).event_ids

    assert [(use.event, use.delivery) for use in uses] == [(1, earlier.pk)]


@pytest.mark.parametrize("number", ["812", "8123"])
def test_the_number_of_a_young_shops_order_is_long_enough_to_be_found(store: Store, number: str) -> None:
    same = sent(store, purchase(number))
    other = sent(store, purchase(f"{number}-Purchase", order_id=number))

    found = history_of(store, payload(purchase(number, order_id=number)), NOW)

    assert [use.delivery for use in found.event_ids] == [same.pk]
    assert [use.delivery for use in found.orders] == [other.pk]


@pytest.mark.parametrize("near", ["ord-88213", "ord-88213-Purchase-2", "ORD-88213-PURCHASE", "x-ord-88213-Purchase"])
def test_an_id_that_only_looks_alike_is_another_one(store: Store, near: str) -> None:
    sent(store, purchase(near))

    assert history_of(store, payload(), NOW) == History()


def test_a_purchase_of_the_same_order_under_another_id_is_found(store: Store) -> None:
    earlier = sent(store, purchase("ord-88213", order_id=8821300))

    found = history_of(store, payload(purchase(order_id="8821300")), NOW)

    assert [(use.event, use.delivery, use.event_name) for use in found.orders] == [(0, earlier.pk, "Purchase")]
    assert found.event_ids == ()


def test_a_purchase_of_the_same_order_under_the_same_id_is_no_second_one(store: Store) -> None:
    sent(store, purchase(order_id="8821300"))

    assert history_of(store, payload(purchase(order_id="8821300")), NOW).orders == ()


def test_an_order_that_was_only_begun_was_not_bought(store: Store) -> None:
    sent(store, purchase("checkout-1", "InitiateCheckout", order_id="8821300"))

    assert history_of(store, payload(purchase(order_id="8821300")), NOW).orders == ()


def test_what_was_refused_or_went_to_another_store_or_environment_counts_for_nothing(store: Store) -> None:
    sent(store, outcome="rejected")
    sent(make_store())
    sent(store, environment="production")

    assert history_of(store, payload(), NOW) == History()


def test_a_delivery_is_not_its_own_history(store: Store) -> None:
    own = sent(store)
    sent(store, hours=1)

    assert history_of(store, payload(), NOW, below=own.pk) == History()


def test_a_body_that_is_gone_is_other_content(store: Store) -> None:
    sent(store).body.delete()

    (use,) = history_of(store, payload(), NOW).event_ids
    assert not use.same_content


def test_what_was_erased_tells_nothing(store: Store) -> None:
    earlier = sent(store)
    earlier.event_ids, earlier.event_names = [], []
    earlier.save()

    assert history_of(store, payload(), NOW) == History()


@pytest.mark.parametrize("event_id", ["", " ", "7", "\u0000", "%", '"', "a\nb c d", "{}{0}", "é" * 300])
def test_odd_ids_are_looked_up_without_trouble(store: Store, event_id: str) -> None:
    sent(store, purchase())

    assert history_of(store, payload(purchase(event_id, order_id=event_id)), NOW) == History()


def test_however_many_events_there_are_three_queries_are_enough(store: Store) -> None:
    events = [purchase(f"ord-{number}-Purchase", order_id=f"882{number:04}") for number in range(2 * MOST_EVENTS)]
    sent(store, *events)
    history_of(store, payload(*events), NOW)  # counts the log's rare letters, once a process

    with CaptureQueriesContext(connection) as queries:
        found = history_of(store, payload(*events), NOW)

    assert len(found.event_ids) == found.unlooked == MOST_EVENTS
    assert len(queries) == 3


def test_very_many_uses_end_at_the_newest(store: Store) -> None:
    for hours in range(2 * NEWEST, 0, -1):
        newest = sent(store, hours=hours)

    (use,) = history_of(store, payload(), NOW).event_ids
    assert use.delivery == newest.pk
