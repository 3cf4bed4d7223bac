"""A query that is put together once finds what it would find if it were put together anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from events.models import Delivery, Store, prepared
from events.models.prepared import Place
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db


def in_store_since() -> QuerySet[Delivery, Any]:
    found = Delivery.objects.filter(store=Place("store"), created_at__gt=Place("since"), outcome="accepted")
    return found.order_by("pk").values_list("pk", "environment")


def newest_id() -> QuerySet[Delivery, Any]:
    return Delivery.objects.filter(store=Place("store")).order_by("-pk").values_list("pk", flat=True)[:1]


def test_the_same_query_is_run_with_other_values() -> None:
    batik, kopi, now = make_store(), make_store(), timezone.now()
    first = make_delivery(store=batik, created_at=now)
    second = make_delivery(store=kopi, created_at=now)
    make_delivery(store=kopi, created_at=now - timedelta(hours=2))

    def found(store: Store, since: timedelta) -> list[tuple[Any, ...]]:
        return prepared.rows(in_store_since, store=store.pk, since=now - since)

    assert found(batik, timedelta(hours=1)) == [(first.pk, first.environment)]
    assert found(kopi, timedelta(hours=1)) == [(second.pk, second.environment)]
    assert len(found(kopi, timedelta(hours=3))) == 2
    assert found(batik, timedelta(0)) == []


def test_a_query_that_nothing_answers_gives_no_rows() -> None:
    assert prepared.rows(newest_id, store=1) == []


def test_one_query_is_a_part_of_another() -> None:
    store = make_store()
    older, newer = make_delivery(store=store), make_delivery(store=store)

    found = Delivery.objects.annotate(newest=prepared.part(newest_id, store=store.pk)).order_by("pk")

    assert [(row.pk, row.newest) for row in found] == [(older.pk, newer.pk), (newer.pk, newer.pk)]  # type: ignore[attr-defined]


def test_a_value_that_is_not_given_is_named() -> None:
    with pytest.raises(KeyError, match="store"):
        prepared.rows(newest_id)
