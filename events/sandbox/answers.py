"""The answers that a scenario gives, as far as they are plain bytes; `wire` says how odd ones go out."""

import gzip
import json
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from functools import cache
from http import HTTPStatus
from typing import TypeAlias

from .judge import RuleHit

Headers: TypeAlias = tuple[tuple[str, str], ...]

_JSON: Headers = (("Content-Type", "application/json; charset=utf-8"),)
_HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)
_PLAIN: Headers = (("Content-Type", "text/plain; charset=utf-8"),)

_REASONS = {
    "error": "Bad request",
    "errors": {"variants": [{"quantity": ["must be greater than 0"]}]},
}
_PROXY_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    b"<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n"
)
_SHOP_PAGE = b"<!doctype html><html lang=id><title>Toko Batik Nusantara</title><h1>Selamat datang</h1></html>"
_MARKUP = '<script>alert(1)</script><img src=x onerror=alert(2)><b hx-get="/" hx-trigger="load">x</b>'


# Ways over the wire on which no client learns a status.
NEVER_TOLD = frozenset(
    {
        "hang",
        "drip_headers",
        "continue_flood",
        "hang_up",
        "reset",
        "half_headers",
        "garbage",
        "many_headers",
        "long_header",
    }
)


@dataclass(frozen=True)
class Answer:
    """One answer. `act` names the way it goes out (see `wire.ACTS`), "" for a plain one."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    act: str = ""

    @property
    def complete(self) -> bool:
        """Whether its status line and all of its headers go out; else the status is never told."""
        return self.act not in NEVER_TOLD

    @property
    def reason(self) -> str:
        """The phrase of the status line."""
        return HTTPStatus(self.status).phrase


def error(status: int, payload: object, headers: Headers = ()) -> Answer:
    """A JSON error answer; any JSON value may be the payload."""
    return Answer(status, _JSON + headers, json.dumps(payload).encode("ascii"))


def plain(status: int, text: str, headers: Headers = ()) -> Answer:
    """A plain text answer."""
    return Answer(status, _PLAIN + headers, text.encode())


def store_not_found() -> Answer:
    """The one 404 for an unknown store, a wrong key and a lapsed plan."""
    return error(404, {"error": "Store not found"})


def refused(rules: tuple[RuleHit, ...]) -> Answer:
    """400 with the broken rules under `errors`, nested like the payload."""
    errors: dict[str, object] = {}
    for hit in rules:
        _place(errors, hit)
    payload: dict[str, object] = {"error": "Bad request"}
    if errors:
        payload["errors"] = errors
    elif rules:
        payload["error"] = f"Bad request: the body {rules[0].message}"
    return error(400, payload)


def _place(errors: dict[str, object], hit: RuleHit) -> None:
    """Hang a message into the tree of errors where its path leads."""
    if not hit.path:
        return
    node: dict[str, object] | list[object] = errors
    for part, following in zip(hit.path, hit.path[1:], strict=False):
        node = _child(node, part, [] if isinstance(following, int) else {})
    leaf = hit.path[-1]
    if isinstance(node, dict) and isinstance(leaf, str):
        node[leaf] = [hit.message]
    elif isinstance(node, list) and isinstance(leaf, int):
        _fill(node, leaf)
        node[leaf] = [hit.message]


def _child(
    node: dict[str, object] | list[object], part: str | int, empty: dict[str, object] | list[object]
) -> dict[str, object] | list[object]:
    if isinstance(node, dict):
        child = node.setdefault(str(part), empty)
    else:
        assert isinstance(part, int)
        _fill(node, part)
        child = node[part]
    assert isinstance(child, (dict, list))
    return child


def _fill(node: list[object], index: int) -> None:
    """An item without an error stands as an empty object, so that positions stay those of the payload."""
    while len(node) <= index:
        node.append({})


def _echo(buyer: dict[str, object]) -> Answer:
    found = ", ".join(str(buyer[name]) for name in ("em", "ph") if isinstance(buyer.get(name), str))
    words = f"could not be matched: {found or 'no contact given'}"
    return error(400, {"error": f"Buyer {words}", "errors": {"user_data": {"em": [words]}}})


def _limited(*headers: tuple[str, str]) -> Answer:
    return error(429, {"error": "Too many requests", "error_code": "rate_limited"}, headers)


def _odd_json() -> bytes:
    digits = b"7" * 5000
    return b'{"error": NaN, "errors": {"big": 1e400, "long": ' + digits + b'}, "error": "Bad request"}'


@cache
def _bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 1_000_000
    parts = [packer.compress(block) for _ in range(max(1, size // len(block)))]
    return b"".join(parts) + packer.flush()


def _compressed(body: bytes, label: str) -> Answer:
    return Answer(400, (*_JSON, ("Content-Encoding", label)), body)


def _as_json(body: bytes) -> Answer:
    return Answer(400, _JSON, body)


@dataclass(frozen=True)
class Ask:
    """What an answer may depend on: the buyer of the request, and how large a bomb may be in bytes."""

    buyer: dict[str, object]
    bomb_bytes: int


_ELSEWHERE = (("Location", "/elsewhere"),)
_BAD = json.dumps(_REASONS).encode("ascii")

# slug -> the answer. Scenarios that only differ on the wire are listed in `wire_answers` below.
_ANSWERS: dict[str, Callable[[Ask], Answer]] = {
    "rejected": lambda ask: error(400, _REASONS),
    "rejected_echo": lambda ask: _echo(ask.buyer),
    "error_code": lambda ask: error(
        400,
        {"error": "Bad request", "error_code": "invalid_event", "message": "The event could not be read."},
    ),
    "error_message": lambda ask: error(400, {"message": "The event could not be read."}),
    "error_object": lambda ask: error(400, {"error": {"title": "Bad request", "detail": "quantity is 0"}}),
    "error_array": lambda ask: error(400, {"error": ["Bad request", {"field": "quantity"}, 0]}),
    "error_number": lambda ask: error(400, {"error": 4001}),
    "error_boolean": lambda ask: error(400, {"error": True}),
    "errors_list": lambda ask: error(400, {"errors": ["quantity must be greater than 0", "events is empty"]}),
    "markup": lambda ask: error(400, {"error": _MARKUP, "message": _MARKUP}),
    "unauthorized": lambda ask: error(401, {"error": "Unauthorized"}),
    "forbidden": lambda ask: error(403, {"error": "Forbidden", "error_code": "origin_not_allowed"}),
    "unprocessable": lambda ask: error(422, _REASONS),
    "not_found": lambda ask: store_not_found(),
    "unknown": lambda ask: Answer(404),
    "rate_limit": lambda ask: plain(429, "Too many requests", (("Retry-After", "7"), ("X-Ratelimit-Remaining", "0"))),
    "rate_limit_json": lambda ask: _limited(
        ("Retry-After", formatdate(time.time() + 30, usegmt=True)),
        ("X-Ratelimit-Limit", "60"),
        ("X-Ratelimit-Remaining", "0"),
        ("X-Ratelimit-Reset", "30"),
    ),
    "rate_limit_epoch": lambda ask: _limited(("X-Ratelimit-Reset", str(int(time.time() * 1000) + 45_000))),
    "rate_limit_garbled": lambda ask: _limited(("Retry-After", "-5"), ("X-Ratelimit-Reset", "besok pagi")),
    "server_error": lambda ask: error(500, {"error": "Internal server error"}),
    "bad_gateway": lambda ask: Answer(502, _HTML, _PROXY_PAGE),
    "unavailable": lambda ask: plain(503, "Service unavailable", (("Retry-After", "20"),)),
    "unavailable_silent": lambda ask: Answer(503),
    "ok_200": lambda ask: error(200, {"message": "ok"}),
    "accepted_202": lambda ask: Answer(202),
    "html_200": lambda ask: Answer(200, _HTML, _SHOP_PAGE),
    "redirect": lambda ask: Answer(307, _ELSEWHERE),
    "redirect_get": lambda ask: Answer(302, _ELSEWHERE),
    "empty_400": lambda ask: Answer(400, _JSON),
    "not_json": lambda ask: _as_json(_BAD[:-9]),
    "odd_json": lambda ask: _as_json(_odd_json()),
    "deep_json": lambda ask: _as_json(b'{"error": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "nul_json": lambda ask: _as_json(b'{"error": "Kemeja\\u0000Batik \\ud800 Parang"}'),
    "invalid_utf8": lambda ask: _as_json(b'{"error": "Kemeja \xff\xfe Batik"}'),
    "bad_charset": lambda ask: Answer(400, (("Content-Type", "application/json; charset=batik-8"),), _BAD),
    "byte_order_mark": lambda ask: _as_json(b"\xef\xbb\xbf" + _BAD),
    "gzip_bomb": lambda ask: _compressed(_bomb(ask.bomb_bytes), "gzip"),
    "gzip_twice": lambda ask: _compressed(gzip.compress(gzip.compress(_BAD)), "gzip, gzip"),
    "not_gzip": lambda ask: _compressed(_BAD, "gzip"),
}

# slug -> (status, body): answers whose bytes are ordinary and whose way over the wire is not.
_BY_WIRE: dict[str, tuple[int, bytes]] = {
    "no_content_body": (204, b'{"message": "ok"}'),
    "switch": (101, b""),
    "huge": (400, b'{"error": "'),
    "half_body": (400, _BAD),
    "drip_body": (400, _BAD),
    "drip_chunks": (400, _BAD),
    **dict.fromkeys(NEVER_TOLD, (204, b"")),
}


def for_scenario(slug: str, ask: Ask) -> Answer:
    """The answer of a scenario. Raises KeyError for a slug that has none, `slow` among them."""
    if slug in _BY_WIRE:
        status, body = _BY_WIRE[slug]
        return Answer(status, _JSON if body else (), body, act=slug)
    return _ANSWERS[slug](ask)
