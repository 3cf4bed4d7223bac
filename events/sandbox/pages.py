"""The sandbox's pages about itself, and the same for scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import detail_page, front_page, record
from .answers import Answer, Headers, plain
from .cross_origin import Registered
from .ledger import Ledger
from .markup import Markup

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_GUARDS: Headers = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
_ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5" fill="none" '
    b'stroke="#0b6b74" stroke-width="2" stroke-dasharray="3 2"/></svg>'
)
_STYLESHEET = Path(__file__).with_name("sandbox.css")
_ONE_REQUEST = re.compile(r"/requests/([0-9]{1,12})")


@dataclass(frozen=True)
class Visit:
    """A request for a page: who asks from where, and what there is to tell."""

    method: str
    path: str
    headers: dict[str, str]
    ledger: Ledger
    registered: Registered


def answer(environ: WSGIEnvironment, ledger: Ledger, registered: Registered) -> Answer | None:
    """The page at this path, None when there is none."""
    visit = Visit(environ["REQUEST_METHOD"], environ["PATH_INFO"], _asking(environ), ledger, registered)
    known = _PAGES.get("/requests/" if _ONE_REQUEST.fullmatch(visit.path) else visit.path)
    if not known:
        return None
    method, page = known
    if visit.method != method and (visit.method, method) != ("HEAD", "GET"):
        return Answer(405, (("Allow", method), *_GUARDS))
    return page(visit)


def _front(visit: Visit) -> Answer:
    return _html(200, front_page.page(visit.ledger.rows(), visit.registered))


def _detail(visit: Visit) -> Answer:
    match = _ONE_REQUEST.fullmatch(visit.path)
    row = visit.ledger.find(int(match[1])) if match else None
    return _html(200, detail_page.page(row)) if row else _html(404, detail_page.forgotten())


def _json(visit: Visit) -> Answer:
    return _bytes("application/json", record.as_json(visit.ledger.rows()))


def _style(visit: Visit) -> Answer:
    return _bytes("text/css; charset=utf-8", _STYLESHEET.read_bytes())


def _icon(visit: Visit) -> Answer:
    return _bytes("image/svg+xml", _ICON)


def _robots(visit: Visit) -> Answer:
    """The one thing that any page may load: it shows that the network gets here, and nothing else."""
    open_to_all = tuple(pair for pair in _GUARDS if pair[0] != "Cross-Origin-Resource-Policy")
    headers = (("Content-Type", "text/plain; charset=utf-8"), *open_to_all)
    return Answer(200, headers, b"User-agent: *\nDisallow: /\n")


def _reset(visit: Visit) -> Answer:
    """Forget everything, unless a page of another origin asks."""
    if not _from_here(visit.headers):
        return plain(403, "Only the sandbox's own page, or a program on this machine, may reset it.", _GUARDS)
    visit.ledger.reset()
    return Answer(303, (("Location", "/"), *_GUARDS))


def _from_here(headers: dict[str, str]) -> bool:
    """A browser names the origin of every POST; a script names none, and no page can make one do so."""
    origin, site = headers["origin"], headers["site"]
    return origin in ("", f"http://{headers['host']}") and site in ("", "same-origin", "none")


def _asking(environ: WSGIEnvironment) -> dict[str, str]:
    return {
        "host": str(environ.get("HTTP_HOST", "")),
        "origin": str(environ.get("HTTP_ORIGIN", "")),
        "site": str(environ.get("HTTP_SEC_FETCH_SITE", "")),
    }


def _html(status: int, page: Markup) -> Answer:
    return Answer(status, (("Content-Type", "text/html; charset=utf-8"), *_GUARDS), page.encode())


def _bytes(media_type: str, body: bytes) -> Answer:
    return Answer(200, (("Content-Type", media_type), *_GUARDS), body)


_PAGES: dict[str, tuple[str, Callable[[Visit], Answer]]] = {
    "/": ("GET", _front),
    "/requests/": ("GET", _detail),
    "/requests.json": ("GET", _json),
    "/sandbox.css": ("GET", _style),
    "/icon.svg": ("GET", _icon),
    "/favicon.ico": ("GET", _icon),
    "/robots.txt": ("GET", _robots),
    "/reset": ("POST", _reset),
}
