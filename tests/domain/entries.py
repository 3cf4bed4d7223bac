"""Deliveries as the formats of an export get them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from events.domain.exchange import Timings
from events.domain.export.entry import Entry, Exchanged, Side
from events.domain.tree import read

URL = "http://127.0.0.1:4010/v3/stores/store_TokoBatik01/public/analytics/meta/events"
ORDER = '{"user_data":{"em":"w•••@contoh.id"},"events":[{"event_id":"ord-88212","parameters":{"value":95300.00}}]}'
REFUSED = '{"error":"Bad request"}'


def make_exchanged(**fields: Any) -> Exchanged:
    values: dict[str, Any] = {
        "method": "POST",
        "url": URL,
        "request": Side((("Content-Type", "application/json"),), ORDER, len(ORDER), read(ORDER), is_json=True),
        "response": Side((("Content-Type", "application/json"),), REFUSED, len(REFUSED), read(REFUSED), is_json=True),
        "status": 400,
        "reason": "Bad Request",
        "timings": Timings(dns_ms=2.0, connect_ms=14.0, tls_ms=30.0, send_ms=0.5, first_byte_ms=55.0, total_ms=112.0),
        "peer": "127.0.0.1:4010",
    }
    return Exchanged(**{**values, **fields})


def make_entry(**fields: Any) -> Entry:
    at = datetime(2026, 11, 23, 3, 42, 7, 118_900, tzinfo=UTC)
    values: dict[str, Any] = {
        "id": 88212,
        "url": "https://console.contoh.id/log/88212/",
        "created_at": at,
        "finished_at": at,
        "store_id": "store_TokoBatik01",
        "store_name": "Toko Batik",
        "environment": "sandbox",
        "channel": "server",
        "sent_by": "Rani Anggraini",
        "resend_of": None,
        "outcome": "rejected",
        "status_code": 400,
        "duration_ms": 112,
        "error": "Bad request",
        "event_count": 2,
        "event_names": ("Purchase", "Lead"),
        "event_ids": ("ord-88212", "lead-1"),
        "buyer": "w•••@contoh.id",
    }
    return Entry(**{**values, **fields})
