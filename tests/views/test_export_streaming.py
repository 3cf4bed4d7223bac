"""An export of any length is written in the memory of one batch, and its first bytes leave at once."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.tree import read
from events.models import AuditEntry, Body, Delivery, Store, search
from events.models.body import Record, request_context, response_context, sealed
from events.views import exporting
from tests.factories import make_person, make_store
from tests.views.exchanges import ORDER

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(make_person("admin"))


def fill(count: int, *, store: Store, answer: bytes = b"") -> None:
    """Many rows in few statements, each findable; with an `answer`, each has both bodies."""
    now, tree = timezone.now(), read(ORDER)
    rows = Delivery.objects.bulk_create(
        Delivery(
            store=store, environment=store.environment, created_at=now, lease_until=now + timedelta(seconds=25),
            outcome="accepted", status_code=204, duration_ms=182, event_names=["Purchase"], event_count=1,
            event_ids=[f"ord-{number:08}-Purchase-{'x' * 150}"],
        )
        for number in range(count)
    )  # fmt: skip
    for row in rows[:: max(1, count // 100)]:
        search.index(row, tree)
    if answer:
        Body.objects.bulk_create(
            Body(
                delivery=row,
                request=sealed(Record({}, ORDER), request_context(row)),
                response=sealed(Record({"status": 400}, answer), response_context(row)),
            )
            for row in rows
        )


def peak_of(client: Client, kind: str) -> tuple[int, int]:
    """The most memory that is held while a file is written piece by piece, and how long the file is."""
    response: Any = client.get(f"{reverse('log_export')}?format={kind}")
    tracemalloc.start()
    try:
        length = sum(len(piece) for piece in response)
        return tracemalloc.get_traced_memory()[1], length
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_ten_times_the_rows_take_no_more_memory(client: Client, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BATCH", 100)
    store = make_store()
    fill(300, store=store)
    peak_of(client, kind)  # whatever is made once and kept
    few, few_length = peak_of(client, kind)
    fill(2_700, store=store)
    many, many_length = peak_of(client, kind)

    assert many_length > 9 * few_length > MEGABYTE / 2
    assert many < 1.5 * few


@pytest.mark.parametrize("kind", ["jsonl-full", "har"])
def test_nor_do_large_answers(client: Client, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BATCH_WITH_EXCHANGE", 2)
    store, answer = make_store(), b'"' + b"maaf, " * 4_000 + b'"'
    fill(4, store=store, answer=answer)
    peak_of(client, kind)
    few, few_length = peak_of(client, kind)
    fill(16, store=store, answer=answer)
    many, many_length = peak_of(client, kind)

    assert many_length > 4.5 * few_length > len(answer)
    assert many < 1.4 * few


def test_the_first_rows_leave_before_the_last_are_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BATCH", 5)
    fill(20, store=make_store())

    response: Any = client.get(f"{reverse('log_export')}?format=csv")
    assert response.streaming
    pieces = iter(response)
    next(pieces)
    first = next(pieces)

    assert first.count(b"\r\n") == 5
    assert not AuditEntry.objects.exists()
    # To its end, lest another test finds its record.
    assert sum(piece.count(b"\r\n") for piece in pieces) == 15


def test_a_row_that_is_pruned_meanwhile_shifts_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BATCH", 5)
    fill(15, store=make_store())
    newest = list(Delivery.objects.values_list("pk", flat=True))

    response: Any = client.get(f"{reverse('log_export')}?format=jsonl")
    # The row at which a batch ended, and one of the next.
    pieces = [piece for piece in response if piece and _prune(newest[4], newest[7])]

    found = [int(line.split(b",")[0].partition(b":")[2]) for line in b"".join(pieces).splitlines()]
    assert found == newest[:7] + newest[8:]


def _prune(*pks: int) -> bool:
    Delivery.objects.filter(pk__in=pks).delete()
    return True
