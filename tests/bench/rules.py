"""How long all rules take over one request: fifty events of three products each, and all that is known beside it."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from events.domain.circumstances import Circumstances, History, Use
from events.domain.diagnosis import review
from events.domain.payload import Payload
from tests.bench.table import Line

EVENTS, LINES = 50, 3
LIMIT_MS = 5
_CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
_SHOP = "https://batiknusantara.contoh.id/"
_NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
_YESTERDAY = int(_NOW.timestamp() * 1000) - 86_400_000
_NAMES = ("Purchase", "AddToCart", "ViewContent", "InitiateCheckout", "Lead")


def believable() -> dict[str, Any]:
    """Fifty events as a shop sends them, and nothing to say about one of them."""
    return _payload({}, "6281290076543")


def faulty() -> dict[str, Any]:
    """The same, with three things wrong with each event and some with the buyer."""
    wrong = {"value": "Rp 189.000", "currency": "Rp", "num_items": 7}
    return _payload(wrong, "081290076543") | {"event_source_url": f"{_SHOP}?email=wulan.pertiwi@contoh.id"}


def _payload(changes: dict[str, Any], phone: str) -> dict[str, Any]:
    user = {
        "em": "wulan.pertiwi@contoh.id", "ph": phone, "fn": "Wulan", "ln": "Pertiwi", "ct": "Bandung",
        "st": "Jawa Barat", "country": "id", "external_id": "CUST-1042", "fbp": f"fb.1.{_YESTERDAY}.1098115397",
        "fbc": f"fb.1.{_YESTERDAY}.{_CLICK}",
    }  # fmt: skip
    lines = [{"variant_unique_id": f"variant_k3R9vQ{n}", "quantity": 2} for n in range(LINES)]
    return {
        "event_source_url": f"{_SHOP}checkout",
        "referrer_url": _SHOP,
        "user_data": user,
        "events": [_event(number, changes) for number in range(EVENTS)],
        "variants": lines,
    }


def _event(number: int, changes: dict[str, Any]) -> dict[str, Any]:
    contents = [{"id": f"KMJ-BTK-{n}", "quantity": 2, "item_price": 94500} for n in range(LINES)]
    parameters = {
        "value": 1890000, "currency": "IDR", "order_id": f"ORD-{88_000 + number}", "content_type": "product",
        "content_ids": [item["id"] for item in contents], "contents": contents, "num_items": 2 * LINES,
        "content_name": "Kemeja Batik Parang, dikirim ke rumah",
    }  # fmt: skip
    name = _NAMES[number % len(_NAMES)]
    return {"event_id": f"ord-{88_000 + number}-{name}", "event_name": name, "parameters": parameters | changes}


def known() -> Circumstances:
    uses = tuple(Use(number, 7000 + number, "Purchase", timedelta(hours=3)) for number in range(0, EVENTS, 5))
    return Circumstances(
        country="id",
        currency="IDR",
        hosts=("batiknusantara.contoh.id",),
        now=_NOW,
        landing_url=f"{_SHOP}?utm_source=ig&fbclid={_CLICK}",
        history=History(uses, uses),
        known_items=frozenset(f"variant_k3R9vQ{n}" for n in range(1000)),
    )


def lines(rounds: int) -> Iterator[Line]:
    beside = known()
    for what, source in (("believable", believable()), ("with several faults each", faulty())):
        payload = Payload.from_json(json.dumps(source))
        median = statistics.median(_taken(payload, beside) for _ in range(rounds * 10))
        yield Line.limited(f"all rules over {EVENTS} events, {what}", median, LIMIT_MS, "{} ms")


def _taken(payload: Payload, beside: Circumstances) -> float:
    """Milliseconds of one review."""
    began = time.perf_counter()
    review(payload, beside)
    return (time.perf_counter() - began) * 1000
