"""Searches by what people left at a delivery, and by what it belongs to."""

from __future__ import annotations

import pytest
from django.utils import timezone

from events.domain.query import parse
from events.domain.tree import read
from events.models import Delivery, ErrorGroup, Note, Pin, Run, Tag, search
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db
PAYLOAD = read('{"events": [{"event_id": "ord-88213", "event_name": "Purchase"}]}')


def found(query: str) -> list[Delivery]:
    return list(search.matching(Delivery.objects.all(), parse(query)))


@pytest.fixture
def delivery() -> Delivery:
    """One among others, of a group and a run, pinned, tagged and noted."""
    now, other = timezone.now(), make_delivery()
    group = ErrorGroup.objects.create(store=other.store, digest="a", outcome="rejected", first_seen_at=now)
    made = make_delivery(outcome="rejected", group=group, run=Run.objects.create(started_at=now))
    Pin.objects.create(delivery=made, at=now)
    Tag.objects.create(delivery=made, word="lebaran", at=now)
    note = Note(delivery=made, at=now)
    note.keep("Dibalas lewat telepon.")
    note.save()
    for each in (other, made):
        search.index(each, PAYLOAD, findings=["M014"] if each == made else [])
    return made


@pytest.mark.parametrize("words", ["", " ord-882"])
@pytest.mark.parametrize(
    "filtered", ["is:pinned", "is:noted", "tag:lebaran", "tag:#Lebaran", "finding:m014", "group:{group}", "run:{run}"]
)
def test_it_is_found_by_what_was_left_at_it(delivery: Delivery, filtered: str, words: str) -> None:
    query = filtered.format(group=delivery.group_id, run=delivery.run_id) + words
    assert found(query) == [delivery]
    assert delivery not in found(f"-{query}")


@pytest.mark.parametrize("filtered", ["tag:promo", "finding:C001", "group:999", "run:999", "is:erased"])
def test_what_was_not_left_at_it_does_not_find_it(delivery: Delivery, filtered: str) -> None:
    assert found(filtered) == []
    assert delivery in found(f"-{filtered}")
