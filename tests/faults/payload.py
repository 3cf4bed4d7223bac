"""What the workers send."""

from __future__ import annotations

import json
import random


def body(event_id: str, padding: int = 0, blanks: int = 0) -> bytes:
    """One Purchase; `padding` bytes of it cannot be packed, `blanks` behind it cost only their way over the wire."""
    purchase = {"event_id": event_id, "event_name": "Purchase", "parameters": {"value": 95300, "currency": "IDR"}}
    buyer = {"em": "wulan.pertiwi@contoh.id", "ph": "6281290076543"}
    payload = {"user_data": buyer, "events": [purchase], "x_padding": random.randbytes(padding // 2).hex()}
    return json.dumps(payload, separators=(",", ":")).encode() + b" " * blanks
