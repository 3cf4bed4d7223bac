"""JSON Lines for programs: one object a delivery, with every digit of a payload as it was sent."""

from __future__ import annotations

from events.domain.export.entry import COLUMNS, Cell, Entry, Exchanged, Side
from events.domain.tree import Array, Json, Number, Object, write


class Lines:
    """One object a line; with `with_exchange` it holds request and response, as far as its reader may see them."""

    media_type = "application/x-ndjson"
    suffix = "jsonl"
    limit = None

    def __init__(self, *, is_clear: bool = False, with_exchange: bool = False) -> None:
        self.with_exchange = with_exchange
        self.needs_exchange = is_clear or with_exchange

    def head(self) -> bytes:
        return b""

    def piece(self, entry: Entry, *, is_first: bool) -> bytes:
        pairs: list[tuple[str, Json]] = [(name, _json(value(entry))) for name, value in COLUMNS]
        if entry.buyer_in_clear is not None:
            pairs.append(("buyer_in_clear", Object(tuple(entry.buyer_in_clear.items()))))
        if self.with_exchange:
            pairs.append(("exchange", _exchange(entry.exchanged)))
        return write(Object(tuple(pairs))) + b"\n"

    def tail(self, *, is_cut: bool) -> bytes:
        return b""


def _exchange(exchanged: Exchanged | None) -> Json:
    """None where the bodies are no longer kept or cannot be read."""
    if exchanged is None:
        return None
    answer = exchanged.response
    return Object(
        (
            ("method", exchanged.method),
            ("url", exchanged.url),
            ("request_headers", _headers(exchanged.request)),
            ("request", _body(exchanged.request)),
            ("status", _json(exchanged.status)),
            ("reason", exchanged.reason),
            ("failure", exchanged.failure or None),
            ("response_headers", _headers(answer) if answer else None),
            ("response", _body(answer) if answer else None),
        )
    )


def _headers(side: Side) -> Json:
    return Array(tuple(Array(pair) for pair in side.headers))


def _body(side: Side) -> Json:
    """The JSON itself, or what is no JSON as text."""
    return side.tree if side.is_json else side.text


def _json(value: Cell | tuple[str, ...]) -> Json:
    if isinstance(value, tuple):
        return Array(value)
    return Number(str(value)) if isinstance(value, int) else value
