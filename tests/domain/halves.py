"""The two halves of a pair, as tests write them: one Purchase by the pixel and by the server."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from events.domain.pair import BrowserEvent, Comparison, compare
from events.domain.payload import Payload
from events.domain.tree import Object, read

PARAMETERS: dict[str, Any] = {
    "value": 189000,
    "currency": "IDR",
    "contents": [{"id": "KMJ-BTK-L", "quantity": 1, "item_price": 189000}],
    "content_type": "product",
}


def tree(value: dict[str, Any]) -> Object:
    found = read(json.dumps(value))
    assert isinstance(found, Object)
    return found


def browser(changes: dict[str, Any] | None = None, **rest: Any) -> BrowserEvent:
    """The pixel's call; a parameter changed to None is left out."""
    parameters = {key: value for key, value in (PARAMETERS | (changes or {})).items() if value is not None}
    half = BrowserEvent("Purchase", "ord-88212", tree(parameters))
    return replace(half, **rest)


def payload(changes: dict[str, Any] | None = None, top: dict[str, Any] | None = None, **event: Any) -> Payload:
    """The server's request with one event; a parameter changed to None is left out."""
    parameters = {key: value for key, value in (PARAMETERS | (changes or {})).items() if value is not None}
    one = {"event_id": "ord-88212", "event_name": "Purchase", "parameters": parameters} | event
    return Payload(tree({"user_data": {"country": "id"}, "events": [one]} | (top or {})))


def compared(one: BrowserEvent | None = None, two: Payload | None = None) -> Comparison:
    whole = two or payload()
    return compare(one or browser(), whole.events[0], whole)
