"""HAR, in which browsers save what a page asked for: the calls of Scalev's relay in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from events.domain.reading import request
from events.domain.reading.found import Form, Found, Reading
from events.domain.reading.remark import NotRead
from events.domain.reading.request import Request
from events.domain.text import NO_TEXT, Text

MOST_ENTRIES = 100
_AGAIN = Text(
    "Record the visit again with the developer tools open before the page loads, up to the moment of the event."
)
_ONE = Text("This HAR holds 1 request, and that is no call of Scalev's relay to Meta. {again}", again=_AGAIN)
_NONE = "This HAR holds {n} requests, and none of them is a call of Scalev's relay to Meta. {again}"
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
        problem = _ONE if len(asked) == 1 else Text(_NONE, n=len(asked), again=_AGAIN)
        return Reading(Form.HAR, problem=problem)
    found: list[Found] = []
    problems: list[NotRead] = []
    for entry in calls[:MOST_ENTRIES]:
        read = _found(entry)
        problems.append(NotRead(_name(entry), read)) if isinstance(read, Text) else found.extend(read)
    not_read = (*problems, *_left(len(asked) - len(calls), len(calls)))
    return Reading(Form.HAR, tuple(found), not_read, NO_TEXT if found else problems[0].why)


def _left(others: int, calls: int) -> Iterator[NotRead]:
    if others == 1:
        yield NotRead("1 other request", Text("It is no call of Scalev's relay to Meta."))
    elif others:
        yield NotRead(Text("{n} other requests", n=others), Text("They are no calls of Scalev's relay to Meta."))
    if calls > MOST_ENTRIES:
        yield NotRead("…", Text("Only the first {n} calls of the relay are listed.", n=MOST_ENTRIES))


def _found(entry: dict[str, Any]) -> tuple[Found, ...] | Text:
    """The payloads of a call, or why there are none."""
    headers = _of(entry, "request").get("headers")
    pairs = (
        [(_text(each, "name"), _text(each, "value")) for each in headers if isinstance(each, dict)]
        if isinstance(headers, list)
        else []
    )
    asked = Request(_text(entry, "request", "url"), "POST", tuple(pairs), _text(entry, "request", "postData", "text"))
    found = request.found_in(asked)
    return found if isinstance(found, Text) else tuple(replace(each, at=_at(entry)) for each in found)


def _name(entry: dict[str, Any]) -> str:
    """Its time first, since all of them have the same address."""
    return f"{_at(entry)} POST {_text(entry, 'request', 'url').partition('?')[0]}".strip()


def _at(entry: dict[str, Any]) -> str:
    return _text(entry, "startedDateTime")[:40]


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
