"""What a send leaves in the search: what was sent and found before, and what its ending adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from events.delivery import sender
from events.domain.diagnosis import review
from events.domain.payload import Payload
from events.domain.query import parse
from events.models import Delivery, Store, search
from events.sandbox.running import running_sandbox
from tests.factories import make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

REFUSED = (
    b'{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[{"event_id":"ord-88212","event_name":"Purchase",'
    b'"parameters":{"value":95300,"currency":"IDR"}}],"variants":[{"variant_unique_id":"variant_k3","quantity":0}]}'
)


@pytest.fixture
def store(settings: Any) -> Iterator[Store]:
    with running_sandbox() as running:
        settings.SCALEV_ENVIRONMENTS = {"sandbox": running.origin}
        yield make_storefront_key().store


def found(words: str) -> list[Delivery]:
    return list(search.matching(Delivery.objects.all(), parse(words)))


def test_a_refused_send_is_found_by_its_findings_its_buyer_and_its_error(store: Store) -> None:
    findings = review(Payload.from_json(REFUSED))

    delivery = sender.send(store=store, payload=REFUSED, by=None, now=timezone.now(), findings=findings)

    said = delivery.error.split("“")[1].split()[0]
    for words in ("finding:C036", "email:wulan.pertiwi@contoh.id", "88212 status:400", said, f"{said} outcome:refused"):
        assert found(words) == [delivery], words


def test_an_accepted_send_is_found_by_how_it_ended(store: Store) -> None:
    accepted = REFUSED.replace(b'"quantity":0', b'"quantity":1')

    delivery = sender.send(store=store, payload=accepted, by=None, now=timezone.now())

    assert found("88212 outcome:accepted status:2xx took:<20s") == [delivery]
    assert found("88212 -outcome:accepted") == []
