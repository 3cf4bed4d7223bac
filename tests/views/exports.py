"""What the tests of exports begin with: deliveries with both sides, found by the log's own search."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from events.domain.tree import read
from events.models import Delivery, Person, search
from tests.views.exchanges import EMAIL, NAME, ORDER, PHONE, make_exchange

# Repeats the buyer in keys, texts, headers and its status line.
ECHO = f'{{"error":"no buyer {EMAIL}","errors":{{"{PHONE}":["{NAME} Pertiwi is unknown"]}}}}'.encode()
ECHO_FACTS = {
    "headers": [["Content-Type", "application/json"], ["X-Buyer", EMAIL]],
    "reason": f"No {PHONE}",
    "failure_detail": EMAIL,
}
REASON = "Scalev asks for the exact requests"
FORMATS = ["csv", "jsonl", "jsonl-full", "har"]


def make_found(outcome: str = "rejected", status: int = 400, *, by: Person | None = None, **fields: Any) -> Delivery:
    """The worst answer, in the log and in its index."""
    delivery = make_exchange(outcome, status, ECHO, by=by, facts=ECHO_FACTS, **fields)
    delivery.keep_buyer("w•••@contoh.id")
    delivery.save()
    search.index(delivery, read(ORDER))
    return delivery


def content_of(response: Any) -> bytes:
    """All of a file, streamed or not."""
    assert isinstance(response, HttpResponse | StreamingHttpResponse)
    return b"".join(response) if isinstance(response, StreamingHttpResponse) else response.content


def export(client: Client, kind: str, query: str = "") -> bytes:
    response = client.get(f"{reverse('log_export')}?format={kind}&{query}")
    assert response.status_code == 200
    return content_of(response)


def ids_of(kind: str, content: bytes) -> list[int]:
    """The deliveries of a file, in its order."""
    if kind == "csv":
        return [int(row["id"]) for row in table_of(content)]
    if kind == "har":
        return [entry["_scalev_console"]["delivery"] for entry in json.loads(content)["log"]["entries"]]
    return [json.loads(line)["id"] for line in content.splitlines()]


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def names_buyer(content: bytes) -> bool:
    return any(value in content.decode() for value in (EMAIL, PHONE, NAME, "wulan.pertiwi", "Pertiwi", "0076543"))
