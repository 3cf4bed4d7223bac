"""Exchanges that the tests of a delivery's page begin with: a believable order, and what may come back."""

from __future__ import annotations

from typing import Any

from events.models import Delivery, Person, Store
from tests.factories import make_body, make_delivery, make_store

EMAIL, PHONE, NAME = "wulan.pertiwi@contoh.id", "6281290076543", "Wulan"
ORDER = (
    '{"event_source_url":"https://batiknusantara.contoh.id/checkout",'
    f'"user_data":{{"fn":"{NAME}","ln":"Pertiwi","em":"{EMAIL}","ph":"{PHONE}","country":"id"}},'
    '"events":[{"event_id":"ord-88212-Purchase","event_name":"Purchase",'
    '"parameters":{"value":189000.00,"currency":"IDR","content_ids":["variant_k3R9"]}}],'
    '"variants":[{"variant_unique_id":"variant_k3R9","quantity":0}]}'
).encode()
ZERO = {
    "code": "C036",
    "severity": "error",
    "path": ["variants", 0, "quantity"],
    "message": "Line 1 has quantity 0.",
    "hint": "Set it to 1, or remove the line.",
    "evidence": "Scalev's published API description",
}
JSON = [["Content-Type", "application/json"]]
GOOD = ORDER.replace(b'"quantity":0', b'"quantity":2')
REFUSED = b'{"error":"Bad request","errors":{"variants":[{"quantity":["must be greater than 0"]}]}}'


def make_exchange(
    outcome: str = "accepted",
    status: int | None = 204,
    response: bytes | None = b"",
    *,
    by: Person | None = None,
    store: Store | None = None,
    request: bytes = ORDER,
    findings: tuple[dict[str, Any], ...] = (),
    facts: dict[str, Any] | None = None,
    **fields: Any,
) -> Delivery:
    """A closed delivery with both sides of its exchange; `response` None leaves the answer unwritten."""
    delivery = make_delivery(
        store or make_store(),
        outcome=outcome,
        status_code=status,
        by=by,
        request_bytes=len(request),
        error_count=sum(finding["severity"] == "error" for finding in findings),
        **{"event_ids": ["ord-88212-Purchase"], **fields},
    )
    make_body(
        delivery,
        request,
        response,
        request_facts={
            "method": "POST",
            "url": f"http://127.0.0.1:4010/v3/stores/{delivery.store.store_id}/public/analytics/meta/events",
            "headers": [["Content-Type", "application/json"], ["X-Scalev-Storefront-Api-Key", "sfpk_…9f2c"]],
            "findings": list(findings),
        },
        response_facts={
            "status": status,
            "reason": {204: "No Content", 400: "Bad Request"}.get(status or 0, ""),
            "headers": JSON if response else [],
            "failure": None,
            "failure_detail": "",
            "body_marks": [],
            "response_size": len(response or b""),
            "timings": {"connect_ms": 14.0, "first_byte_ms": 55.0, "total_ms": 96.0},
            "peer": "127.0.0.1:4010",
            "bytes_may_have_left": True,
            **(facts or {}),
        },
    )
    return delivery
