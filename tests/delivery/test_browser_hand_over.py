"""What a page is handed for its one call: after the row is written, once, and with a record of who got the key."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from events.delivery import browser, sender
from events.delivery.browser import HandedOver
from events.domain.diagnosis import review
from events.domain.payload import Payload
from events.models import AuditEntry, Delivery, Store
from tests.delivery.test_sender import BODY
from tests.factories import make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "sfpk_TokoBatikNusantara7Kx2QdP4mZr8Lw"


@pytest.fixture
def store() -> Store:
    return make_storefront_key(make_store("Toko Batik Nusantara"), value=KEY).store


def hand(store: Store, payload: bytes = BODY, **more: Any) -> HandedOver:
    person = more.pop("by", None) or make_person(role="marketer", name="Maya Lestari")
    token = more.pop("token", None) or uuid.uuid4()
    return browser.hand_over(store=store, payload=payload, by=person, now=timezone.now(), token=token, **more)


def test_the_row_stands_open_with_the_exact_bytes(store: Store) -> None:
    call = hand(store).call
    row = Delivery.objects.get()

    assert call
    assert (row.outcome, row.channel) == ("pending", "browser")
    assert row.body.read_request().body == call.body == BODY


def test_the_call_has_the_stores_address_and_its_key_in_clear(store: Store) -> None:
    call = hand(store).call

    assert call
    assert call.url == f"{store.origin}/v3/stores/{store.store_id}/public/analytics/meta/events"
    assert call.headers == {"Content-Type": "application/json", "X-Scalev-Storefront-Api-Key": KEY}


def test_what_is_kept_of_the_key_is_its_mask(store: Store) -> None:
    hand(store)

    assert KEY not in json.dumps(Delivery.objects.get().body.read_request().facts)


def test_the_same_token_gives_the_call_once(store: Store) -> None:
    token = uuid.uuid4()

    first, second = hand(store, token=token), hand(store, token=token)

    assert first.call
    assert second.call is None
    assert first.delivery.pk == second.delivery.pk
    assert Delivery.objects.count() == AuditEntry.objects.count() == 1


def test_the_lease_lasts_as_long_as_call_and_report_may_take(store: Store, settings: Any) -> None:
    settings.SCALEV_DEADLINE_SECONDS = 30

    lease = hand(store).delivery.lease_until - timezone.now()

    assert timedelta(seconds=30) < lease <= timedelta(seconds=30) + browser.LEASE_SLACK


def test_who_was_handed_the_key_is_recorded_with_its_mask_alone(store: Store) -> None:
    maya = make_person(role="marketer", name="Maya Lestari")

    delivery = hand(store, by=maya).delivery

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target_url) == ("key_handed_over", maya, f"/log/{delivery.pk}/")
    assert entry.target == f"#{delivery.pk} · Toko Batik Nusantara · sfpk_…r8Lw"


def test_what_cannot_be_recorded_is_not_handed_over(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr(browser, "record", fail)

    with pytest.raises(DatabaseError):
        hand(store)
    assert not Delivery.objects.exists()


def test_a_store_that_is_not_sent_to_from_browsers_gives_nothing(store: Store) -> None:
    store.browser_sends = False

    with pytest.raises(sender.NotSendable, match="not sent to from browsers"):
        hand(store)
    assert not Delivery.objects.exists()


def test_what_stops_a_send_from_the_server_stops_this_one(store: Store) -> None:
    archived = make_storefront_key(make_store(archived_at=timezone.now())).store
    elsewhere = make_storefront_key(make_store(environment="staging")).store
    keyless = make_store()

    for each, words in ((archived, "archived"), (elsewhere, "staging"), (keyless, "no active storefront key")):
        with pytest.raises(sender.NotSendable, match=words):
            hand(each)
    assert not Delivery.objects.exists()


def test_a_key_whose_master_key_is_gone_is_not_handed_over(store: Store, settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = "k2:" + "B" * 43 + "="

    with pytest.raises(sender.NotSendable, match="needs master key k1"):
        hand(store)


def test_its_findings_origin_and_twin_stand_in_the_row(store: Store) -> None:
    twin, odd = hand(store).delivery, BODY.replace(b'"quantity":1', b'"quantity":0')

    row = hand(store, odd, findings=review(Payload.from_json(odd)), resend_of=twin, twin_of=twin).delivery

    assert (row.error_count, row.resend_of, row.twin_of) == (1, twin, twin)


def test_a_page_that_never_reports_leaves_an_interrupted_row(store: Store) -> None:
    delivery = hand(store).delivery

    assert Delivery.objects.close_expired(delivery.lease_until + timedelta(seconds=1)) == 1

    assert Delivery.objects.get().outcome == "interrupted"
