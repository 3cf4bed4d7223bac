"""HAR, in which browsers save what a page asked for: the calls of Scalev's relay in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from events.domain.reading import request
from events.domain.reading.found import Form, Found, Reading
from events.domain.reading.remark import NotRead
from events.domain.reading.request import Request
from events.domain.text import Text

MOST_ENTRIES = 100
_NONE = Text(
    "This HAR holds {n} requests, and none of them is a call of Scalev's relay to Meta. Record the visit again with "
    "the developer tools open before the page loads, up to the moment of the event."
)
_BROKEN = Text("This looks like a HAR file that is cut off. Save it again, and paste or upload it whole.")


def looks_like_har(text: str) -> bool:
    """A HAR begins with its log, whatever saved it."""
    start = text[:2_000]
    return '"log"' in start and ('"entries"' in text[:20_000] or '"creator"' in start)


def read_har(text: str) -> Reading:
    try:
        entries = json.loads(text)["log"]["entries"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return Reading(Form.HAR, problem=_BROKEN)
    asked = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    calls = [entry for entry in asked if request.is_relay(_text(entry, "request", "url")) and _is_post(entry)]
    if not calls:
        return Reading(Form.HAR, problem=Text(_NONE.template, n=len(asked)))
    found = [each for entry in calls[:MOST_ENTRIES] for each in _found(entry)]
    rest = len(asked) - len(calls)
    why = Text("They are no calls of Scalev's relay to Meta.")
    not_read = [NotRead(str(Text("{n} other requests", n=rest)), why)] if rest else []
    if len(calls) > MOST_ENTRIES:
        not_read.append(NotRead("…", Text("Only the first {n} calls of the relay are listed.", n=MOST_ENTRIES)))
    return Reading(Form.HAR, tuple(found), tuple(not_read))


def _found(entry: dict[str, Any]) -> tuple[Found, ...]:
    headers = _of(entry, "request").get("headers")
    pairs = (
        [(_text(each, "name"), _text(each, "value")) for each in headers if isinstance(each, dict)]
        if isinstance(headers, list)
        else []
    )
    asked = Request(_text(entry, "request", "url"), "POST", tuple(pairs), _text(entry, "request", "postData", "text"))
    found = request.found_in(asked)
    at = _text(entry, "startedDateTime")[:40]
    return () if isinstance(found, Text) else tuple(replace(each, at=at) for each in found)


def _is_post(entry: dict[str, Any]) -> bool:
    """Not the browser's question before it, which has the same address."""
    return _text(entry, "request", "method").upper() == "POST"


def _of(tree: Any, name: str) -> dict[str, Any]:
    member = tree.get(name)
    return member if isinstance(member, dict) else {}


def _text(tree: dict[str, Any], *path: str) -> str:
    for name in path[:-1]:
        tree = _of(tree, name)
    value = tree.get(path[-1])
    return value if isinstance(value, str) else ""
