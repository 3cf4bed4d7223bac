"""The sandbox as a WSGI application: the events endpoint, and pages about what it received."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from . import pages
from .answers import Answer, plain
from .cross_origin import Registered
from .desk import EVENTS_PATH, KEY_HEADER, Desk
from .ledger import Ledger, Received
from .limiter import Limiter
from .trace import Call

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

Headers: TypeAlias = tuple[tuple[str, str], ...]

# The name under which an answer that needs the raw connection is handed to the server.
ACT = "sandbox.answer"

_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_SECRET_HEADERS = {
    KEY_HEADER.lower(),
    "authorization",
    "cookie",
    "x-scalev-page-api-key",
    "x-scalev-guest-token",
}


def masked(secret: str) -> str:
    """A key as it may be shown: `sfpk_…abcd`; a short one shows nothing of itself."""
    prefix = secret[: secret.find("_") + 1][:5]
    return f"{prefix}…{secret[-4:]}" if len(secret) >= 16 else "…" if secret else ""


@dataclass
class Sandbox:
    """The application. `on_received` is told of each request that is none for a page."""

    ledger: Ledger = field(default_factory=Ledger)
    limiter: Limiter = field(default_factory=Limiter)
    bomb_bytes: int = 128_000_000
    registered: Registered = field(default_factory=Registered)
    on_received: Callable[[Received], None] | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request; WSGI."""
        answer = self._answer(environ)
        if answer.act:
            environ[ACT] = answer
        length = () if answer.status in (101, 204, 304) else (("Content-Length", str(len(answer.body))),)
        start_response(f"{answer.status} {answer.reason}", [*answer.headers, *length])
        return [answer.body]

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        if not _names_this_machine(environ.get("HTTP_HOST", "")):
            # A web page elsewhere that points its own name at this machine gets nothing to read.
            return plain(421, "This sandbox answers to localhost and 127.0.0.1 only.")
        events = EVENTS_PATH.fullmatch(environ["PATH_INFO"])
        page = None if events else pages.answer(environ, self.ledger, self.registered)
        return page or self._decided(environ, events[1] if events else None)

    def _decided(self, environ: "WSGIEnvironment", store_id: str | None) -> Answer:
        """The desk's answer, written down. Other paths count too: they show a redirect that was followed."""
        call = _call(environ, store_id)
        decision = Desk(self.limiter, self.bomb_bytes, self.registered).decide(call)
        row = Received(
            number=self.ledger.next_number(),
            at=datetime.now(UTC),
            client=call.client,
            method=call.method,
            path=environ["PATH_INFO"],
            store_id=store_id or "",
            key=masked(call.key or ""),
            headers=_headers(environ),
            body=call.body,
            scenario=decision.scenario,
            answer=decision.answer,
            steps=decision.steps,
            decided_by=decision.decided_by,
            verdict=decision.verdict,
            is_preflight=call.is_preflight,
        )
        self.ledger.add(row)
        if self.on_received:
            self.on_received(row)
        return decision.answer


def _call(environ: "WSGIEnvironment", store_id: str | None) -> Call:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")
    return Call(
        method=environ["REQUEST_METHOD"],
        store_id=store_id,
        key=environ.get("HTTP_X_SCALEV_STOREFRONT_API_KEY"),
        content_type=environ.get("CONTENT_TYPE", ""),
        body=environ["wsgi.input"].read(length),
        client=environ.get("REMOTE_ADDR", ""),
        origin=environ.get("HTTP_ORIGIN", ""),
        asked_method=environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD", ""),
        asked_headers=tuple(name.strip().lower() for name in asked.split(",") if name.strip()),
    )


def _headers(environ: "WSGIEnvironment") -> Headers:
    """The request's headers with secrets masked: in their own order where the server passes them on."""
    own: Headers = environ.get("sandbox.headers") or tuple(
        (name[5:].replace("_", "-").title(), str(value)) for name, value in environ.items() if name.startswith("HTTP_")
    )
    return tuple((name, masked(value) if name.lower() in _SECRET_HEADERS else value) for name, value in own)


def _names_this_machine(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in _LOOPBACK_NAMES
    except ValueError:
        return False
