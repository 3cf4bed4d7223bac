"""HAR 1.2, the record that a browser's developer tools write and open again.

Source: the specification by Jan Odvarko, http://www.softwareishard.com/blog/har-12-spec/. What it has no word for
stands under names that begin with an underscore, as it allows.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from events.domain.exchange import Timings
from events.domain.export.entry import Entry, Exchanged, Side, iso

# Developer tools hold the whole file in memory, and stop being of use long before this.
MOST_ENTRIES = 5_000
NOT_APPLICABLE = -1
_HTTP = "HTTP/1.1"
_CREATOR = {"name": "Scalev Console", "version": "0.1"}


class Har:
    """One log of entries, newest first."""

    suffix = "har"
    media_type = "application/json"
    needs_exchange = True
    limit = MOST_ENTRIES

    def __init__(self, *, is_clear: bool = False) -> None:
        self.is_clear = is_clear

    def head(self) -> bytes:
        return b'{"log":{"version":"1.2","creator":' + _written(_CREATOR) + b',"pages":[],"entries":[\n'

    def piece(self, entry: Entry, *, is_first: bool) -> bytes:
        return (b"" if is_first else b",\n") + _written(har_entry(entry))

    def tail(self, *, is_cut: bool) -> bytes:
        words = "Buyers' values are in clear." if self.is_clear else "Buyers' values are masked."
        if is_cut:
            words += f" Only the newest {self.limit} deliveries stand here: narrow the search for the others."
        return b'\n],"comment":' + _written(words) + b"}}\n"


def har_entry(entry: Entry) -> dict[str, Any]:
    """One delivery as an entry; without its exchange, what the narrow row knows of it."""
    exchanged = entry.exchanged or _unkept(entry)
    timings = har_timings(exchanged.timings)
    ip, _colon, port = exchanged.peer.rpartition(":")
    written = {
        "startedDateTime": iso(entry.created_at),
        "time": sum(length for part, length in timings.items() if part != "ssl" and length > 0),
        "request": _request(exchanged),
        "response": _response(exchanged),
        "cache": {},
        "timings": timings,
        "serverIPAddress": ip.strip("[]"),
        "connection": port,
        "comment": " ".join(filter(None, (_reported(entry, exchanged), exchanged.comment))),
        "_resourceType": "fetch",
        "_scalev_console": {
            "delivery": entry.id,
            "url": entry.url,
            "outcome": entry.outcome,
            "store": entry.store_id,
            "environment": entry.environment,
            "channel": entry.channel,
        },
    }
    return {name: value for name, value in written.items() if value != ""}


def _reported(entry: Entry, exchanged: Exchanged) -> str:
    """Whose word it is: what a browser told, the console has not seen."""
    is_told = entry.channel == "browser" and bool(exchanged.status or exchanged.failure)
    return "What came back is reported by a browser." if is_told else ""


def har_timings(timings: Timings) -> dict[str, float]:
    """The parts as HAR counts them: `connect` holds `ssl`, and what no part accounts for was `blocked`."""
    handshakes = [length for length in (timings.connect_ms, timings.tls_ms) if length is not None]
    parts = {
        "dns": _known(timings.dns_ms),
        "connect": sum(handshakes) if handshakes else NOT_APPLICABLE,
        "ssl": _known(timings.tls_ms),
        "send": timings.send_ms or 0.0,
        "wait": timings.first_byte_ms or 0.0,
        "receive": timings.receive_ms or 0.0,
    }
    spent = sum(length for part, length in parts.items() if part != "ssl" and length > 0)
    rest = (timings.total_ms or 0.0) - spent
    return {"blocked": round(rest, 3) if rest > 0 else NOT_APPLICABLE, **parts}


def _known(length: float | None) -> float:
    return NOT_APPLICABLE if length is None else length


def _unkept(entry: Entry) -> Exchanged:
    return Exchanged(
        method="POST",
        url="about:blank",
        request=Side(size=entry.request_bytes),
        status=entry.status_code,
        response=Side() if entry.status_code else None,
        timings=Timings(total_ms=entry.duration_ms),
        comment="Request and response are no longer kept, or cannot be read.",
    )


def _request(exchanged: Exchanged) -> dict[str, Any]:
    side = exchanged.request
    written: dict[str, Any] = {
        "method": exchanged.method,
        "url": exchanged.url,
        "httpVersion": _HTTP,
        "cookies": [],
        "headers": _pairs(side.headers),
        "queryString": _pairs(parse_qsl(urlsplit(exchanged.url).query, keep_blank_values=True)),
        "headersSize": NOT_APPLICABLE,
        "bodySize": side.size,
    }
    if side.size:
        post = {"mimeType": side.media_type or "application/json", "text": side.text}
        written["postData"] = post | ({"comment": side.comment} if side.comment else {})
    return written


def _response(exchanged: Exchanged) -> dict[str, Any]:
    """Where no answer came, status 0: that is how browsers write it."""
    side = exchanged.response or Side(size=NOT_APPLICABLE)
    content: dict[str, Any] = {"size": max(0, side.size), "mimeType": side.media_type or "x-unknown", "text": side.text}
    written: dict[str, Any] = {
        "status": exchanged.status or 0,
        "statusText": exchanged.reason,
        "httpVersion": _HTTP,
        "cookies": [],
        "headers": _pairs(side.headers),
        "content": content | ({"comment": side.comment} if side.comment else {}),
        "redirectURL": next((value for name, value in side.headers if name.lower() == "location"), ""),
        "headersSize": NOT_APPLICABLE,
        "bodySize": side.size,
    }
    return written | ({"_error": exchanged.failure} if exchanged.failure else {})


def _pairs(pairs: Any) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _written(value: Any) -> bytes:
    # Half a surrogate pair has no UTF-8 form; its JSON escape is what this error handler happens to write.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
