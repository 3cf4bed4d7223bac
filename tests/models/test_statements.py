"""Rows written past the ORM are the rows that the ORM writes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone

from events.models import Body, Delivery, SearchDocument, statements
from events.models.statements import Condition, moment
from tests.factories import make_delivery, make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db

ODD = {"event_names": ["Käufe", '"%s"', "50 %"], "error": "100 % 'weg' \\ %s", "buyer": b"\x00%s\xff"}


def unsaved(**fields: Any) -> Delivery:
    store, now = make_store(), timezone.now()
    key = make_storefront_key(store)
    values = {"store": store, "storefront_key": key, "by": make_person(), "created_at": now, "lease_until": now}
    return Delivery(**values, **ODD, form_token=uuid.uuid4(), **fields)


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_an_inserted_row_reads_as_it_was_written_in_every_column() -> None:
    row = unsaved()

    statements.insert(row)

    assert columns(Delivery.objects.get(pk=row.pk)) == columns(row)
    row.outcome = "accepted"
    row.save()
    assert Delivery.objects.get().outcome == "accepted"


def test_a_row_beside_another_takes_its_id() -> None:
    delivery = make_delivery()
    statements.insert(Body(delivery_id=delivery.pk, request=b"\x01\x00"))
    statements.insert(SearchDocument(delivery_id=delivery.pk, facets=" $01 ", words=" e:lead ", text=" lead "))

    assert (bytes(delivery.body.request), delivery.body.response) == (b"\x01\x00", None)
    assert delivery.document.words == " e:lead "


def test_a_token_that_stands_already_is_refused() -> None:
    row = unsaved()
    statements.insert(row)
    again = unsaved()
    again.form_token = row.form_token

    with pytest.raises(IntegrityError):
        statements.insert(again)


def test_an_update_writes_only_while_the_row_is_as_asked_for() -> None:
    delivery = make_delivery(outcome="pending")
    other = make_delivery(outcome="pending")
    changes = {"outcome": "rejected", "error": ODD["error"], "finished_at": timezone.now()}
    is_open = Condition("outcome = %s AND lease_until >= %s", ("pending", moment(timezone.now())))

    assert statements.update(Delivery, delivery.pk, changes, is_open)
    assert not statements.update(Delivery, delivery.pk, {**changes, "outcome": "accepted"}, is_open)

    assert Delivery.objects.values("outcome", "error", "finished_at").get(pk=delivery.pk) == changes
    other.refresh_from_db()
    assert other.outcome == "pending"
