"""What `fill_log` puts together of parts is what a send leaves."""

from __future__ import annotations

import signal
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.delivery import sender
from events.domain.tree import read
from events.models import Delivery
from events.models.encryption import index_hasher
from events.models.search.document import document
from events.sandbox.running import Running
from tests.installation import Installation

OWN = (
    "id",
    "uuid",
    "attempt",
    "created_at",
    "composed_at",
    "finished_at",
    "lease_until",
    "duration_ms",
    "by_id",
    "buyer",
)


def filled(count: int) -> list[Delivery]:
    call_command("fill_log", str(count), stdout=StringIO(), stderr=StringIO())
    return list(Delivery.objects.select_related("store", "body", "document").order_by("id"))


@pytest.mark.django_db
def test_each_search_document_is_what_its_payload_and_error_would_give() -> None:
    hasher, rows = index_hasher(), filled(1_500)
    assert len({row.error for row in rows}) > 25
    for row in rows:
        wanted = document(row, read(row.body.read_request().body), row.error, hasher)
        kept = row.document
        assert (kept.facets, kept.words, kept.text) == (wanted.facets, wanted.words, wanted.text)


@pytest.mark.django_db(transaction=True)
def test_a_filled_row_and_the_same_bytes_sent_leave_the_same(sandbox: Running) -> None:
    made = next(
        row for row in filled(50) if row.outcome == "accepted" and row.channel == "server" and not row.resend_of_id
    )
    sent = sender.send(store=made.store, payload=made.body.read_request().body, by=None, now=timezone.now())

    columns = [field.attname for field in Delivery._meta.concrete_fields if field.attname not in OWN]
    assert {name: getattr(made, name) for name in columns} == {name: getattr(sent, name) for name in columns}
    assert made.masked_buyer == sent.masked_buyer
    assert (made.document.words, made.document.text) == (sent.document.words, sent.document.text)
    sent = Delivery.objects.get(pk=sent.pk)  # with the answer, which the sender does not hand back
    asked, again = made.body.read_request(), sent.body.read_request()
    assert (asked.body, asked.facts | {"url": ""}) == (again.body, again.facts | {"url": ""})
    came, back = made.body.read_response(), sent.body.read_response()
    assert came
    assert back
    assert (came.facts.keys(), came.body) == (back.facts.keys(), back.body)


COUNTED = (
    "from events.models import *; print(Delivery.objects.count(), Body.objects.count(), SearchDocument.objects.count())"
)


def test_a_fill_by_several_processes_ends_at_ctrl_c_with_whole_rows(prepared: Installation) -> None:
    with prepared.running("fill_log", "1000000") as process:
        deadline = time.monotonic() + 60
        while "…" not in prepared.output and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    assert "what is written stays" in prepared.output
    written = prepared.output.partition(" deliveries in")[0].split()[-1]
    assert int(written) > 0
    assert prepared.manage("shell", "--no-imports", "-c", COUNTED).stdout.split() == [written] * 3
