"""What a browser asks before a page of another origin may send, and which answers that page may read.

The four headers are the documented ones. That an origin nobody registered gets an answer without CORS headers,
and not an error, is what the usual servers do; Scalev does not publish it.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from . import scenarios
from .answers import Answer, Headers
from .trace import Call, Trace

ALLOWED_METHOD = "POST"
ALLOWED_HEADERS = ("X-Scalev-Storefront-Api-Key", "X-Scalev-Guest-Token", "Authorization", "Content-Type")
EXPOSED_HEADERS = ("X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset", "Retry-After")
_VARY = (("Vary", "Origin"),)
# The scenarios whose answers, that of a preflight apart, no page may read.
_UNREADABLE = ("origin_refused", "answer_withheld")


class NotAnOrigin(ValueError):
    """What was to be registered is no origin, as a browser would name it."""


@dataclass(frozen=True)
class Registered:
    """The origins whose pages may send. `origins` empty: every page of this machine."""

    origins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, written: Iterable[str]) -> "Registered":
        """Exactly these origins. Raises NotAnOrigin for an address with a path, without a scheme and the like."""
        return cls(frozenset(_checked(each) for each in written))

    def knows(self, origin: str) -> bool:
        """Whether a page of this origin may send and read."""
        return origin in self.origins if self.origins else _is_of_this_machine(origin)


def preflight(call: Call, trace: Trace, registered: Registered) -> Answer:
    """What a browser is told that asks first. It sends nothing more unless every step passed."""
    trace.scenario = scenarios.preflight_by_store_id(call.store_id or "")
    slug = trace.scenario.slug if trace.scenario else ""
    if not _origin(call, trace, registered, slug):
        return Answer(204, _VARY)
    _method(call, trace)
    allowed = ALLOWED_HEADERS[1:] if slug == "header_refused" else ALLOWED_HEADERS
    _headers(call, trace, allowed)
    if slug == "slow_preflight":
        trace.note("scenario slow_preflight", "store ID", True, "names the scenario: this answer is held back")
    headers = (
        ("Access-Control-Allow-Origin", call.origin),
        ("Access-Control-Allow-Methods", ALLOWED_METHOD),
        ("Access-Control-Allow-Headers", ", ".join(allowed)),
        # No browser remembers it, so that every send shows its preflight here.
        ("Access-Control-Max-Age", "0"),
    )
    return Answer(204, headers + _VARY, act="slow" if slug == "slow_preflight" else "")


def readable(call: Call, trace: Trace, registered: Registered) -> Headers:
    """What goes with any other answer to a browser: the page may read it, or may not. Nothing for other clients."""
    if not call.origin:
        return ()
    found = scenarios.preflight_by_store_id(call.store_id or "")
    if found and found.slug in _UNREADABLE:
        why = f"is treated as not registered, by the scenario {found.slug}"
    else:
        why = "is registered" if registered.knows(call.origin) else "is not registered"
    if why != "is registered":
        trace.note("CORS", "Origin", True, f"{why}: the page that asked cannot read this answer")
        return _VARY
    trace.note("CORS", "Origin", True, f"{why}: the page that asked may read this answer")
    exposed = ", ".join(EXPOSED_HEADERS)
    return (("Access-Control-Allow-Origin", call.origin), ("Access-Control-Expose-Headers", exposed), *_VARY)


def _origin(call: Call, trace: Trace, registered: Registered, slug: str) -> bool:
    rule = "the origin is registered"
    if slug == "origin_refused":
        words = f"{call.origin} is treated as not registered, by the scenario origin_refused"
        return trace.note(rule, "Origin", False, words)
    known = registered.knows(call.origin)
    return trace.note(rule, "Origin", known, f"{call.origin} is {'' if known else 'not '}registered")


def _method(call: Call, trace: Trace) -> bool:
    passed = call.asked_method == ALLOWED_METHOD
    words = f"is {call.asked_method}" + ("" if passed else f", and only {ALLOWED_METHOD} is allowed")
    return trace.note("the method is allowed", "Access-Control-Request-Method", passed, words)


def _headers(call: Call, trace: Trace, allowed: tuple[str, ...]) -> bool:
    names = {name.lower() for name in allowed}
    missing = [name for name in call.asked_headers if name not in names]
    words = "are all on the list" if not missing else f"has {', '.join(missing)}, which is not on the list"
    return trace.note("the headers are allowed", "Access-Control-Request-Headers", not missing, words)


def _checked(written: str) -> str:
    origin = written.lower()
    try:
        at = urlsplit(origin)
        bare = f"{at.scheme}://{at.netloc}" == origin and "@" not in at.netloc and at.port != 0
        named = at.scheme in ("http", "https") and bool(at.hostname)
    except ValueError:
        bare = named = False
    if not (bare and named):
        raise NotAnOrigin(f"{written!r} is not an origin: write it as https://console.example, without a path")
    return origin


def _is_of_this_machine(origin: str) -> bool:
    try:
        name = urlsplit(origin).hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
