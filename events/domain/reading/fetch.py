"""`fetch(…)` as developer tools copy it, for a browser and for Node.js, and as people write it in a page."""

from __future__ import annotations

from events.domain.reading import unread
from events.domain.reading.literal import Unread, Value
from events.domain.reading.remark import NotRead
from events.domain.reading.request import Request
from events.domain.reading.script import FETCH, Call, Script
from events.domain.text import Text
from events.domain.tree import Array, Json, Object

_READ = ("method", "headers", "body", "referrer")
_FRAME = ("mode", "credentials", "referrerPolicy", "cache", "redirect", "keepalive", "priority", "signal", "integrity")
_BODY = Text("The body is put together by the running page. Paste what it sends: in the network tab, “Copy as fetch”.")


def requests(script: Script) -> tuple[Request, ...]:
    """The requests that a script makes and that can have a body."""
    calls = (_request(call) for call in script.named(FETCH))
    return tuple(request for request in calls if request.method not in ("GET", "HEAD"))


def _request(call: Call) -> Request:
    options = call.arguments[1] if len(call.arguments) > 1 else None
    tree = options.tree if options and isinstance(options.tree, Object) else Object()
    body, method, referrer = tree.get("body"), tree.get("method"), tree.get("referrer")
    page = (("Referer", referrer),) if isinstance(referrer, str) else ()
    return Request(
        url=call.text(0) or _template(call.arguments[:1]),
        method=method.upper() if isinstance(method, str) else "POST" if _has_body(options) else "GET",
        headers=(*_headers(tree.get("headers")), *page),
        body=body if isinstance(body, str) else None,
        not_read=tuple(_remarks(call, options, tree)),
    )


def _remarks(call: Call, options: Value | None, tree: Object) -> list[NotRead]:
    found = unread.of_curly(call.arguments)
    for part in options.unread if options else ():
        found += _of_part(part)
    others = [key for key, _ in tree.pairs if key not in _READ and key not in _FRAME]
    return [*found, *(NotRead(key, Text("An option that says nothing about the event.")) for key in others)]


def _of_part(part: Unread) -> list[NotRead]:
    if part.path[:1] == ("headers",):
        return []
    if part.path == ("body",):
        return [NotRead(f"body: {part.source}", _BODY)]
    return [unread.remark(part.path[1:] if part.path[:1] == ("body",) else part.path, part.source)]


def _headers(tree: Json) -> tuple[tuple[str, str], ...]:
    """Both ways of writing them: an object, or a list of pairs."""
    pairs: list[tuple[Json, Json]] = list(tree.pairs) if isinstance(tree, Object) else []
    if isinstance(tree, Array):
        pairs = [(pair.items[0], pair.items[1]) for pair in tree if isinstance(pair, Array) and len(pair) == 2]
    return tuple((name, value) for name, value in pairs if isinstance(name, str) and isinstance(value, str))


def _template(arguments: tuple[Value, ...]) -> str:
    """An address that is put together still shows whose it is."""
    return arguments[0].source.strip("`'\"") if arguments else ""


def _has_body(options: Value | None) -> bool:
    if options is None:
        return False
    has_unread = any(part.path == ("body",) for part in options.unread)
    return has_unread or (isinstance(options.tree, Object) and "body" in options.tree)
