"""A delivery from its row to its outcome, against the sandbox over a real socket."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from events.delivery import client, sender
from events.domain.diagnosis import review
from events.domain.payload import Payload
from events.models import Delivery, Run, Store
from events.sandbox.running import Running
from events.sandbox.scenarios import SCENARIOS
from tests.factories import make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

BODY = (
    b'{"event_source_url":"https://batiknusantara.contoh.id/checkout","user_data":{"em":"wulan.pertiwi@contoh.id",'
    b'"ph":"6281290076543"},"events":[{"event_id":"ord-88212-Purchase","event_name":"Purchase",'
    b'"parameters":{"value":95300.00,"currency":"IDR","order_id":"88212"}}],'
    b'"variants":[{"variant_unique_id":"variant_k3R9vQ2","quantity":1}]}'
)


def send(store: Store, body: bytes = BODY, **more: Any) -> Delivery:
    return sender.send(store=store, payload=body, by=more.pop("by", None), now=timezone.now(), **more)


def test_the_bytes_that_are_kept_are_the_bytes_that_arrive(sandbox: Running) -> None:
    store = make_storefront_key(make_store()).store

    delivery = send(store)

    assert delivery.outcome == "accepted"
    assert sandbox.received[-1].body == BODY
    assert Delivery.objects.get().body.read_request().body == BODY


@pytest.mark.parametrize("before", [80, 90, 180, 190])
def test_where_a_long_id_is_cut_no_half_of_the_buyer_is_left(sandbox: Running, before: int) -> None:
    filler = b"x" * before + b"-"
    named = BODY.replace(b"ord-88212-Purchase", filler + b"wulan.pertiwi@contoh.id")
    named = named.replace(b'"Purchase"', b'"%s6281290076543"' % filler)

    delivery = send(make_storefront_key(make_store()).store, named)

    assert "-wul" not in delivery.event_ids[0]
    assert "-62" not in delivery.event_names[0]


def test_a_buyer_in_a_name_or_an_id_leaves_not_even_her_mask_in_the_row(sandbox: Running) -> None:
    named = BODY.replace(b"ord-88212-Purchase", b"wulan.pertiwi@contoh.id-88212")
    named = named.replace(b'"Purchase"', b'"Beli 6281290076543"')

    delivery = send(make_storefront_key(make_store()).store, named)

    assert delivery.event_ids == ["•••-88212"]
    assert delivery.event_names == ["Beli •••"]


def test_a_delivery_belongs_to_the_run_that_it_was_sent_with(sandbox: Running) -> None:
    run = Run.objects.create(name="Lebaran", started_at=timezone.now())

    sent = send(make_storefront_key(make_store()).store, run=run)

    assert Delivery.objects.get(run=run) == sent


def test_the_row_stands_before_the_call_is_made(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_storefront_key(make_store()).store
    seen: list[tuple[str, bytes]] = []

    def look(*args: Any, **kwargs: Any) -> Any:
        row = Delivery.objects.get()
        assert not connection.in_atomic_block
        seen.append((row.outcome, row.body.read_request().body))
        return real(*args, **kwargs)

    real = client.post
    monkeypatch.setattr(client, "post", look)
    send(store)

    assert seen == [("pending", BODY)]


def test_the_same_token_sends_once_and_leads_to_the_same_delivery(sandbox: Running) -> None:
    store, token = make_storefront_key(make_store()).store, uuid.uuid4()

    first, second = send(store, token=token), send(store, token=token)

    assert first.pk == second.pk
    assert len(sandbox.received) == 1


def test_a_store_without_an_active_key_is_refused_before_any_row(sandbox: Running) -> None:
    with pytest.raises(sender.NotSendable, match="no active storefront key"):
        send(make_store())

    assert not Delivery.objects.exists()


def test_a_key_whose_master_key_is_gone_stops_the_send(sandbox: Running, settings: Any) -> None:
    store = make_storefront_key(make_store()).store
    settings.CONSOLE_MASTER_KEYS = "k2:" + "B" * 43 + "="

    with pytest.raises(sender.NotSendable, match="needs master key k1"):
        send(store)

    assert sandbox.received == ()


def test_an_archived_store_and_an_unknown_environment_are_refused(sandbox: Running) -> None:
    archived = make_storefront_key(make_store(archived_at=timezone.now())).store
    elsewhere = make_storefront_key(make_store(environment="staging")).store

    with pytest.raises(sender.NotSendable, match="archived"):
        send(archived)
    with pytest.raises(sender.NotSendable, match="staging"):
        send(elsewhere)


def test_a_late_answer_is_still_written_to_its_own_row(sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_storefront_key(make_store()).store
    real = client.post

    def expire_meanwhile(*args: Any, **kwargs: Any) -> Any:
        exchange = real(*args, **kwargs)
        assert Delivery.objects.close_expired(timezone.now() + timedelta(hours=1)) == 1
        return exchange

    monkeypatch.setattr(client, "post", expire_meanwhile)
    send(store)

    assert Delivery.objects.get().outcome == "accepted"


def test_a_row_whose_lease_has_passed_is_found_interrupted_and_not_sent_again(sandbox: Running) -> None:
    store, token = make_storefront_key(make_store()).store, uuid.uuid4()
    delivery = send(store, token=token)
    Delivery.objects.update(outcome="pending", status_code=None, lease_until=timezone.now() - timedelta(seconds=1))

    assert Delivery.objects.close_expired(timezone.now()) == 1
    assert send(store, token=token).pk == delivery.pk

    assert Delivery.objects.get().outcome == "interrupted"
    assert len(sandbox.received) == 1


def test_a_refusal_that_echoes_the_buyer_keeps_her_out_of_the_row(sandbox: Running) -> None:
    echo = next(each for each in SCENARIOS if "echo" in each.slug)
    store = make_store(store_id=echo.store_id)
    make_storefront_key(store, value=echo.key)

    delivery = send(store)

    assert delivery.outcome == "rejected"
    assert "•••" in delivery.error
    kept = f"{delivery.error} {delivery.document.text}".lower()
    assert [word for word in ("w•••", "•@", "+62 8", "• 543") if word in kept] == []


def test_who_sent_and_what_was_found_stand_in_the_row(sandbox: Running) -> None:
    store, person = make_storefront_key(make_store()).store, make_person(role="marketer")
    odd = BODY.replace(b'"quantity":1', b'"quantity":0')

    delivery = send(store, odd, by=person, findings=review(Payload.from_json(odd)))

    assert (delivery.by, delivery.error_count, delivery.outcome) == (person, 1, "rejected")
    assert delivery.body.read_request().facts["findings"][0]["code"] == "C036"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.slug)
def test_every_misbehaviour_of_the_sandbox_ends_as_it_says(sandbox: Running, scenario: Any, settings: Any) -> None:
    settings.SCALEV_DEADLINE_SECONDS = 1.0
    store = make_store(store_id=scenario.store_id)
    make_storefront_key(store, value=scenario.key)

    delivery = send(store)

    assert delivery.outcome == scenario.expected_outcome
    assert (delivery.duration_ms or 0) < 3_000
