"""Rows written past the ORM are the rows that the ORM writes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from events.models import Body, Delivery, SearchDocument, statements
from events.models.statements import Change, Condition, moment
from tests.factories import make_delivery, make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db

ODD = {"event_names": ["Käufe", '"%s"', "50 %"], "error": "100 % 'weg' \\ %s", "buyer": b"\x00%s\xff"}


def unsaved(**fields: Any) -> Delivery:
    store, now = make_store(), timezone.now()
    key = make_storefront_key(store)
    values = {"store": store, "storefront_key": key, "by": make_person(), "created_at": now, "lease_until": now}
    return Delivery(**values, **ODD, form_token=uuid.uuid4(), **fields)


def written() -> Delivery:
    row, document = unsaved(), SearchDocument(facets=" $01 ", words=" e:lead ", text=" lead ")
    statements.insert(row, Body(request=b"\x01\x00"), document)
    return row


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_an_inserted_row_reads_as_it_was_written_in_every_column() -> None:
    row = unsaved()

    statements.insert(row)

    assert columns(Delivery.objects.get(pk=row.pk)) == columns(row)
    row.outcome = "accepted"
    row.save()
    assert Delivery.objects.get().outcome == "accepted"


def test_rows_beside_another_take_its_id() -> None:
    make_delivery()
    row, body, document = unsaved(), Body(request=b"\x01\x00"), SearchDocument(facets="'$01' %s", words="", text="a\\b")

    statements.insert(row, body, document)

    assert Delivery.objects.order_by("pk").last() == row
    assert (bytes(row.body.request), row.body.response) == (b"\x01\x00", None)
    assert columns(SearchDocument.objects.get(pk=row.pk)) == columns(document)


def test_rows_that_were_undone_are_written_again_under_another_id() -> None:
    row, document = unsaved(), SearchDocument(facets=" $01 ", words=" e:lead ")
    with transaction.atomic():
        statements.insert(row, document)
        transaction.set_rollback(True)
    other = written()

    statements.insert(row, document)

    assert set(SearchDocument.objects.values_list("delivery", flat=True)) == {row.pk, other.pk}


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

    assert statements.update(delivery.pk, Change(Delivery, changes), only=is_open)
    assert not statements.update(delivery.pk, Change(Delivery, {**changes, "outcome": "accepted"}), only=is_open)

    assert Delivery.objects.values("outcome", "error", "finished_at").get(pk=delivery.pk) == changes
    other.refresh_from_db()
    assert other.outcome == "pending"


def test_what_stands_beside_a_row_is_written_with_it_or_not_at_all() -> None:
    delivery, other = written(), written()
    is_open = Condition("outcome = %s", ("pending",))
    answer, ending = Change(Body, {"response": b"%s"}), Change(SearchDocument, {"facets": "!02 ", "text": "%s "}, True)

    for outcome, is_first in (("accepted", True), ("rejected", False)):
        closing = Change(Delivery, {"outcome": outcome})
        assert statements.update(delivery.pk, closing, answer, ending, only=is_open) is is_first

    for row, response, added in ((delivery, b"%s", ("!02 ", "%s ")), (other, None, ("", ""))):
        row.refresh_from_db()
        assert (row.outcome, row.body.response) == ("accepted" if response else "pending", response)
        assert (row.document.facets, row.document.text) == (" $01 " + added[0], " lead " + added[1])
