"""What a browser says of a call that it made: the word of a stranger, read with every field checked and cut to size."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from events.domain.exchange import NEVER_LEFT_BROWSER, BodyMark, Exchange, Failure, Headers, Timings
from events.domain.text import UNSEEN

# Of a whole report; a body in base64 takes up to a third more than itself.
REPORT_LIMIT_BYTES = 256 * 1024
BODY_LIMIT_BYTES = 64 * 1024
HEADERS_LIMIT = 32 * 1024
LONGEST_MS = 10 * 60 * 1000.0
MOST_BYTES = 2**53
MOST_PROBES = 8

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}\Z")
_WORD = re.compile(r"[a-z_]{1,30}\Z")
_ORIGIN = re.compile(r"https?://[0-9A-Za-z.:\[\]_-]{1,255}\Z")
# Signs that vanish, act or turn the writing around, and halves of characters, which no page can be encoded with.
_UNSEEN = re.compile(f"[\t\n\r\ud800-\udfff]|{UNSEEN.pattern}")

_DETAILS = {
    Failure.TIMED_OUT: "the browser gave up when the time was over",
    Failure.OFFLINE: "the browser was offline",
    Failure.MIXED_CONTENT: "the browser lets no https page call a plain http address",
    Failure.CORS_ORIGIN: "pages of this origin may not read the answers of the address",
    Failure.CORS_HEADER: "the browser was not allowed to send the storefront key's header",
    Failure.BLOCKED: "the browser kept the answer from the page",
    Failure.NETWORK: "no answer came, and the browser did not reach the address afterwards",
    Failure.REDIRECTED: "the browser met a redirect, which is not followed",
}


class Unfit(ValueError):
    """The report cannot be taken; `word` names the field, or what is wrong with the whole."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Caller:
    """Who made the call, as Scalev saw it: the page's origin, the browser's name for itself, and what probes found."""

    origin: str
    user_agent: str
    probes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report whose every field has its type and size. Exactly one of `status` and `failure` is given."""

    ticket: str
    status: int | None
    failure: Failure | None
    reason: str
    headers: Headers
    body: bytes
    body_size: int
    body_marks: frozenset[BodyMark]
    timings: Timings
    caller: Caller


def read_report(raw: bytes) -> Report:
    """Read a report. Raises `Unfit`, and nothing else, whatever stands in `raw`."""
    told = _object(raw)
    status, failure = _status(told), _failure(told)
    if (status is None) == (failure is None):
        raise Unfit("status")
    body, size, marks = _body(told)
    return Report(
        ticket=_text(told, "ticket", 200),
        status=status,
        failure=failure,
        reason=_text(told, "reason", 200),
        headers=_headers(told),
        body=body,
        body_size=size,
        body_marks=marks,
        timings=_timings(told),
        caller=Caller(_origin(told), _text(told, "user_agent", 500), _probes(told)),
    )


def exchange_of(report: Report, *, url: str, headers: Headers, body: bytes) -> Exchange:
    """The call as an exchange: `headers` are those that the page was given, the storefront key masked."""
    has_left = report.failure not in NEVER_LEFT_BROWSER
    added = (("Origin", report.caller.origin), ("User-Agent", report.caller.user_agent))
    return Exchange(
        method="POST",
        url=url,
        request_headers=(*headers, *(pair for pair in added if pair[1])) if has_left else (),
        request_body=body,
        status=report.status,
        reason=report.reason,
        response_headers=report.headers,
        response_body=report.body,
        body_marks=report.body_marks,
        response_size=report.body_size,
        failure=report.failure,
        failure_detail=_DETAILS[report.failure] if report.failure else "",
        bytes_may_have_left=has_left,
        timings=report.timings,
        peer="",
    )


def _object(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Unfit("not_json") from None
    if not isinstance(told, dict):
        raise Unfit("not_json")
    return told


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _status(told: dict[str, Any]) -> int | None:
    status = told.get("status")
    if status is None or (isinstance(status, int) and 200 <= status <= 599):
        return status
    raise Unfit("status")


def _failure(told: dict[str, Any]) -> Failure | None:
    failure = told.get("failure")
    if failure is None:
        return None
    if failure not in [known.value for known in _DETAILS]:
        raise Unfit("failure")
    return Failure(failure)


def _text(told: dict[str, Any], name: str, longest: int) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise Unfit(name)
    return _UNSEEN.sub("\ufffd", value[:longest])


def _headers(told: dict[str, Any]) -> Headers:
    """The readable headers, as many of them as there is room for."""
    pairs = told.get("headers", [])
    if not isinstance(pairs, list) or not all(_is_header(pair) for pair in pairs):
        raise Unfit("headers")
    kept: list[tuple[str, str]] = []
    room = HEADERS_LIMIT
    for name, value in pairs:
        room -= len(name) + len(value)
        if room < 0:
            break
        kept.append((name, _UNSEEN.sub("\ufffd", value)))
    return tuple(kept)


def _is_header(pair: Any) -> bool:
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        return False
    return _TOKEN.match(pair[0]) is not None


def _body(told: dict[str, Any]) -> tuple[bytes, int, frozenset[BodyMark]]:
    """The first part of the body, how many bytes of it the browser saw, and what is wrong with it."""
    written, size, marks = told.get("body_base64", ""), told.get("body_size", 0), told.get("body_marks", [])
    try:
        body = base64.b64decode(written, validate=True) if isinstance(written, str) else None
    except (binascii.Error, ValueError):
        body = None
    if body is None:
        raise Unfit("body_base64")
    # A boolean is an int to Python, and not to the one who wrote the report.
    if type(size) is not int or not 0 <= size <= MOST_BYTES:
        raise Unfit("body_size")
    if not isinstance(marks, list) or not all(mark in [known.value for known in BodyMark] for mark in marks):
        raise Unfit("body_marks")
    size = max(size, len(body))
    is_whole = size <= BODY_LIMIT_BYTES and size == len(body)
    found = {BodyMark(mark) for mark in marks} or (set() if is_whole else {BodyMark.TOO_LARGE})
    return body[:BODY_LIMIT_BYTES], size, frozenset(found)


def _timings(told: dict[str, Any]) -> Timings:
    given = told.get("timings", {})
    if not isinstance(given, dict):
        raise Unfit("timings")
    return Timings(**{field.name: _milliseconds(given.get(field.name)) for field in fields(Timings)})


def _milliseconds(value: Any) -> float | None:
    if value is None:
        return None
    if type(value) not in (int, float) or (type(value) is float and not math.isfinite(value)):
        raise Unfit("timings")
    return round(float(min(max(0, value), LONGEST_MS)), 3)


def _origin(told: dict[str, Any]) -> str:
    origin = told.get("origin", "")
    if not isinstance(origin, str) or (origin and not _ORIGIN.match(origin)):
        raise Unfit("origin")
    return origin


def _probes(told: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the probes found: a few names, each with yes, no or a word; those that were not made are left out."""
    probes = told.get("probes") or {}
    if not isinstance(probes, dict) or len(probes) > MOST_PROBES:
        raise Unfit("probes")
    return tuple((_word(name), _word(found)) for name, found in probes.items() if found is not None)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str) or not _WORD.match(value):
        raise Unfit("probes")
    return value
