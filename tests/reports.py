"""What a browser's page tells of its call: believable, and one field changed at a time."""

from __future__ import annotations

import base64
import json
from typing import Any

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
ORIGIN = "https://console.contoh.id"
ACCEPTED: dict[str, Any] = {
    "ticket": "",
    "status": 204,
    "reason": "No Content",
    "headers": [["x-ratelimit-remaining", "59"]],
    "body_base64": "",
    "body_size": 0,
    "body_marks": [],
    "failure": None,
    "probes": None,
    "timings": {"first_byte_ms": 181.5, "receive_ms": 2, "total_ms": 183.5},
    "user_agent": AGENT,
    "origin": ORIGIN,
}


def told(**changed: Any) -> dict[str, Any]:
    """A report of an accepted event, but for `changed`; a `body` is put into base64, its size beside it."""
    body = changed.pop("body", None)
    if body is not None:
        changed = {"body_base64": base64.b64encode(body).decode(), "body_size": len(body), **changed}
    return ACCEPTED | changed


def failed(failure: str, **changed: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {"status": None, "reason": "", "headers": [], "timings": {"total_ms": 22}}
    return told(**{**blank, "failure": failure, **changed})


def raw(report: dict[str, Any]) -> bytes:
    return json.dumps(report).encode()
