"""Every failure is put into its error group by what closes its row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.delivery import client, recording, sender
from events.domain.query import parse
from events.models import Delivery, ErrorGroup, Store, search
from events.sandbox.running import running_sandbox
from tests.factories import make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

ACCEPTED = (
    b'{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[{"event_id":"ord-88212","event_name":"Purchase",'
    b'"parameters":{"value":95300,"currency":"IDR"}}],"variants":[{"variant_unique_id":"variant_k3","quantity":1}]}'
)
REFUSED = ACCEPTED.replace(b'"quantity":1', b'"quantity":0')


@pytest.fixture
def store(settings: Any) -> Iterator[Store]:
    with running_sandbox() as running:
        settings.SCALEV_ENVIRONMENTS = {"sandbox": running.origin}
        yield make_storefront_key().store


def send(store: Store, body: bytes = REFUSED) -> Delivery:
    return sender.send(store=store, payload=body, by=None, now=timezone.now())


def found(group: ErrorGroup | None, words: str = "88212") -> list[Delivery]:
    assert group
    return list(search.matching(Delivery.objects.all(), parse(f"group:{group.pk} {words}")))


def test_what_fails_alike_is_in_one_group_and_found_by_it(store: Store) -> None:
    first, second = send(store), send(store, REFUSED.replace(b"ord-88212", b"ord-88213"))
    send(store, REFUSED.replace(b'"event_name":"Purchase",', b""))

    assert first.group == second.group == Delivery.objects.get(pk=first.pk).group
    assert (found(first.group), found(first.group, "")) == ([first], [second, first])


def test_what_is_accepted_is_in_none(store: Store) -> None:
    assert send(store, ACCEPTED).group is None
    assert not ErrorGroup.objects.exists()


def test_trouble_with_the_group_costs_the_answer_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> int:
        raise RecursionError

    monkeypatch.setattr(recording, "group_of", fail)

    row = Delivery.objects.get(pk=send(store).pk)

    assert (row.outcome, row.status_code, row.group) == ("rejected", 400, None)


def test_calls_whose_lease_passes_are_in_a_group_of_their_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "record", lambda *_: None)
    other = make_storefront_key(make_store()).store
    lost = [send(store), send(store), send(other)]

    assert Delivery.objects.close_expired(timezone.now() + timedelta(minutes=5)) == 3

    first, second, third = [Delivery.objects.get(pk=each.pk) for each in lost]
    assert first.group == second.group != third.group
    assert (found(first.group), found(third.group), found(first.group, "-purchase")) == ([second, first], [third], [])


def test_a_late_answer_takes_its_row_to_the_group_of_the_answer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = client.post

    def expire_meanwhile(*args: Any, **kwargs: Any) -> Any:
        exchange = real(*args, **kwargs)
        Delivery.objects.close_expired(timezone.now() + timedelta(minutes=5))
        return exchange

    monkeypatch.setattr(client, "post", expire_meanwhile)
    delivery = send(store)

    interrupted = ErrorGroup.objects.get(outcome="interrupted")
    assert delivery.group != interrupted
    assert (found(delivery.group), found(interrupted)) == ([delivery], [])
