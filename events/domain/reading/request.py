"""A request that some tool wrote down: what its address, its headers and its body say of an event."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from events.domain import contract
from events.domain.reading import cleaning, shape, unread
from events.domain.reading.found import Found
from events.domain.reading.literal import NotLiteral, read_literal
from events.domain.reading.remark import NotRead, quote
from events.domain.redaction import hide_keys
from events.domain.text import Text
from events.domain.tree import Json, NotJson, Object, read

Headers = tuple[tuple[str, str], ...]

# Beyond this, only JSON is read: what the others hold is never that long.
MOST_LETTERS = 1_048_576
# Read sign by sign, in a time that a person waits.
_MOST_LOOSE = 300_000
_RELAY = re.compile(r"/stores/([^/?#]{1,200})/public/analytics/([a-z]{1,30})/events/?\Z")
_SELF_MADE = ("host", "content-length", "content-type", "connection", "accept-encoding")
_WHY = {
    "cookie": Text("Cookies are not read: no event carries them."),
    "authorization": Text("A way to sign in: it was not stored, and the relay takes none."),
    "user-agent": Text("Scalev notes the browser of whoever sends. It cannot be set."),
    "x-forwarded-for": Text("Scalev notes the address of whoever sends. It cannot be set."),
    "x-scalev-page-api-key": Text("A page's key: it was not stored, and the relay takes storefront keys only."),
}
_KEY = Text("The storefront key was not stored: the console uses the one of the store.")
_OTHER = Text("They say how it was sent, and nothing about the event.")
_ELSEWHERE = Text("The console sends to the chosen store's own address, and nowhere else.")
_NO_BODY = Text("The body of this request is not in what was pasted, and so neither is its event.")
_QUERY = Text("The relay's address has nothing behind the “?”.")


@dataclass(frozen=True, slots=True)
class Request:
    """`body` is None where the text has none, or only names a file of it."""

    url: str
    method: str = "POST"
    headers: Headers = ()
    body: str | None = None
    not_read: tuple[NotRead, ...] = ()


def is_json(text: str) -> bool:
    try:
        read(text)
    except NotJson:
        return False
    return True


def is_relay(url: str) -> bool:
    """Whether an address is that of Scalev's relay to Meta, on whatever host."""
    found = _RELAY.search(_path(url))
    return found is not None and found[2] == "meta"


def found_in(request: Request) -> tuple[Found, ...] | Text:
    """The payloads of a request, or why there are none."""
    if problem := no_event(request):
        return problem
    if not (request.body or "").strip():
        return _NO_BODY if request.not_read else Text("This request has no body, so there is no event in it.")
    relay = _RELAY.search(_path(request.url))
    not_read = (*request.not_read, *_of_url(request.url), *_of_headers(request.headers))
    store_id = relay[1] if relay and re.fullmatch(r"[A-Za-z0-9_-]+", relay[1]) else ""
    page = next((value for name, value in request.headers if name.lower() == "referer"), "")
    return tuple(
        replace(each, not_read=(*each.not_read, *not_read), store_id=store_id, page=page)
        for each in of_body(request.body or "")
    )


def no_event(request: Request) -> Text | None:
    """Why a request that was understood is none of the relay's, whatever stands in it."""
    relay = _RELAY.search(_path(request.url))
    if relay and relay[2] != "meta":
        return Text("This is a call of Scalev's relay to {to}. Only the one to Meta is composed here.", to=relay[2])
    if request.method.upper() == "OPTIONS":
        return Text("This is a browser's question whether it may call. Copy the POST that follows it.")
    if re.search(r"(?:^|\.)facebook\.com/tr/?\Z", _host(request.url) + _path(request.url)):
        return Text(
            "This is the browser pixel's own call to Meta. Paste the fbq() line of the page instead, or save the whole "
            "visit as a HAR file."
        )
    return None


def of_body(body: str) -> tuple[Found, ...]:
    """The payloads of a body, or the body itself where it is no JSON: then it is for a person to mend."""
    try:
        return shape.payloads(read(body)) or (_no_object(body),)
    except NotJson as broken:
        if form := _form_fields(body):
            return form
        return (loosely(body) or _to_mend(body, broken),)


def _no_object(body: str) -> Found:
    return Found(None, hide_keys(body), not_read=(NotRead(body, shape.NO_OBJECT),))


def loosely(body: str) -> Found | None:
    """What is nearly JSON, read as JavaScript reads it; None where that is nothing either."""
    if len(body) > _MOST_LOOSE:
        return None
    try:
        value, end = read_literal(body)
    except NotLiteral:
        return None
    if body[end:].strip(" \t\r\n;") or not isinstance(value.tree, Object):
        return None
    found = shape.payloads(value.tree)
    return replace(found[0], not_read=(*unread.of_all((value,)), *found[0].not_read)) if found else None


def _to_mend(body: str, broken: NotJson) -> Found:
    where = f" ({broken.place})" if broken.place else ""
    why = Text("This is no JSON: {why}{where}. Mend it in the composer.", why=broken.message, where=where)
    return Found(None, hide_keys(body), not_read=(NotRead(body, why),))


def _form_fields(body: str) -> tuple[Found, ...]:
    """The fields of a form as Meta's own examples send them: `data=[…]&access_token=…`."""
    if not re.match(r"\s*[A-Za-z_]{1,40}=", body):
        return ()
    fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=None))
    try:
        tree: Json = read(fields.get("data", ""))
    except NotJson:
        return ()
    others = tuple((key, value) for key, value in fields.items() if key != "data")
    return shape.payloads(Object((("data", tree), *others)))


def _of_url(url: str) -> list[NotRead]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return [NotRead(url, _ELSEWHERE)]
    found = [] if is_relay(url) and parts.hostname == "api.scalev.com" else [NotRead(_plain(url), _ELSEWHERE)]
    return [*found, NotRead("?…", _QUERY)] if parts.query and is_relay(url) else found


def _of_headers(headers: Headers) -> list[NotRead]:
    found, others = [], []
    for name, value in headers:
        plain = name.strip().lower()
        if plain == contract.KEY_HEADER.lower():
            ending = "" if re.search(r"[$%{<]", value) else f": {cleaning.last_four(value)}"
            found.append(NotRead(name.strip() + ending, _KEY))
        elif plain in _WHY:
            found.append(NotRead(name.strip(), _WHY[plain]))
        elif plain not in _SELF_MADE and not plain.startswith(":"):
            others.append(plain)
    return [*found, NotRead(", ".join(dict.fromkeys(others)), _OTHER)] if others else found


def _plain(url: str) -> str:
    """An address without what stands behind its path: that may be a token, or a buyer."""
    return quote(url.partition("?")[0].partition("#")[0])


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return url.partition("?")[0]


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
