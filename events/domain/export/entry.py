"""One delivery as every format gets it: what lists show, and where it is asked for the exchange itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from events.domain.exchange import Headers, Timings
from events.domain.payload import Payload
from events.domain.tree import Json, Number

BUYER_KEYS = {"email": "em", "phone": "ph", "first_name": "fn", "last_name": "ln", "external_id": "external_id"}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an exchange as its reader may see it. `size` counts the bytes that went, masked ones among them."""

    headers: Headers = ()
    text: str = ""
    size: int = 0
    tree: Json = None
    is_json: bool = False
    comment: str = ""

    @property
    def media_type(self) -> str:
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What went out and what came back; `response` is None, and `status`, where no whole answer came."""

    method: str
    url: str
    request: Side
    response: Side | None = None
    status: int | None = None
    reason: str = ""
    failure: str = ""
    timings: Timings = field(default_factory=Timings)
    peer: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery. `buyer` is masked; `buyer_in_clear` holds her values by the names of `BUYER_KEYS`, or is None.

    Of what people left at it, only the tags go along: notes are meant for colleagues, and stay in the console.
    """

    id: int
    url: str
    created_at: datetime
    finished_at: datetime | None
    store_id: str
    store_name: str
    environment: str
    channel: str
    sent_by: str
    resend_of: int | None
    outcome: str
    status_code: int | None
    duration_ms: int | None
    error: str
    event_count: int
    event_names: tuple[str, ...]
    event_ids: tuple[str, ...]
    buyer: str
    error_count: int = 0
    warning_count: int = 0
    request_bytes: int = 0
    run: int | None = None
    tags: tuple[str, ...] = ()
    buyer_in_clear: dict[str, str] | None = None
    exchanged: Exchanged | None = None


Cell = str | int | None
# Every column of a table and every key of an object, in their order: the two formats cannot drift apart.
COLUMNS: tuple[tuple[str, Callable[[Entry], Cell | tuple[str, ...]]], ...] = (
    ("id", lambda entry: entry.id),
    ("created_at", lambda entry: iso(entry.created_at)),
    ("finished_at", lambda entry: iso(entry.finished_at)),
    ("store", lambda entry: entry.store_id),
    ("store_name", lambda entry: entry.store_name),
    ("environment", lambda entry: entry.environment),
    ("channel", lambda entry: entry.channel),
    ("sent_by", lambda entry: entry.sent_by),
    ("resend_of", lambda entry: entry.resend_of),
    ("outcome", lambda entry: entry.outcome),
    ("status_code", lambda entry: entry.status_code),
    ("duration_ms", lambda entry: entry.duration_ms),
    ("error", lambda entry: entry.error),
    ("event_count", lambda entry: entry.event_count),
    ("event_names", lambda entry: entry.event_names),
    ("event_ids", lambda entry: entry.event_ids),
    ("buyer", lambda entry: entry.buyer),
    ("error_count", lambda entry: entry.error_count),
    ("warning_count", lambda entry: entry.warning_count),
    ("request_bytes", lambda entry: entry.request_bytes),
    ("url", lambda entry: entry.url),
    ("run", lambda entry: entry.run),
    ("tags", lambda entry: entry.tags),
)


def iso(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with milliseconds: `2026-11-23T03:42:07.118Z`."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def buyer_of(payload: Json) -> dict[str, str]:
    """What a payload says of its buyer, in clear, by the names of `BUYER_KEYS`; "" where it says nothing."""
    known = Payload.of(payload).user_data
    return {name: _text(known.get(key)) for name, key in BUYER_KEYS.items()}


def _text(value: Json) -> str:
    return value.text if isinstance(value, Number) else value if isinstance(value, str) else ""
