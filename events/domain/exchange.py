"""One HTTP try as a value: what left, what came back, or what stopped it."""

from dataclasses import dataclass
from enum import StrEnum

Headers = tuple[tuple[str, str], ...]


class Failure(StrEnum):
    """Why no complete status came. Whether the event may have arrived is `bytes_may_have_left`, not this."""

    DNS = "dns"
    REFUSED = "refused"
    CONNECT_TIMEOUT = "connect_timeout"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"  # self-signed, of an unknown issuer, or not fit for its use
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_EARLY = "certificate_early"  # not valid yet
    CERTIFICATE_NAME = "certificate_name"  # valid, and of another host
    HANDSHAKE = "handshake"  # TLS did not come about, and no certificate was turned down here
    TLS = "tls"  # one of the five above: in rows from before they were told apart, and never written again
    BLOCKED_ADDRESS = "blocked_address"
    BAD_KEY = "bad_key"
    TIMED_OUT = "timed_out"
    RESET = "reset"
    CLOSED = "closed"
    HEAD_TOO_LONG = "head_too_long"  # among the garbage in older rows
    GARBAGE = "garbage"
    # Told by a browser, which hides from a page most of what it knows itself.
    OFFLINE = "offline"
    MIXED_CONTENT = "mixed_content"  # a page of https may not call plain http
    CORS_ORIGIN = "cors_origin"  # pages of this origin may read no answer: the preflight's, or the event's own
    CORS_HEADER = "cors_header"  # the origin is known, the preflight stopped the call all the same
    BLOCKED = "blocked"  # Scalev can be reached, the answer was kept from the page: by CORS or by an extension
    NETWORK = "network"  # no answer, and Scalev cannot be reached afterwards: name, refusal or an extension
    REDIRECTED = "redirect"  # a redirect came, whose status a browser hides


class BodyMark(StrEnum):
    """What is wrong with a body whose status counts all the same."""

    CUT = "cut"  # the connection ended before the body did
    TOO_LARGE = "too_large"  # only the first part is kept
    UNDECODABLE = "undecodable"  # unknown or broken content coding: the bytes are kept as they came
    DRIPPED = "dripped"  # the deadline passed while the body was still arriving


# The browser made none of the call itself: at most a preflight left, which carries no key and no event. Where a page
# cannot tell that from an answer it may not read, or from a line that broke midway, the failure is not among these.
NEVER_LEFT_BROWSER = frozenset({Failure.OFFLINE, Failure.MIXED_CONTENT, Failure.CORS_HEADER})


@dataclass(frozen=True)
class Timings:
    """Parts of one try, in milliseconds; None for a part that did not happen (a reused connection has no connect)."""

    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    send_ms: float | None = None
    first_byte_ms: float | None = None  # from the last byte sent to the first byte received
    receive_ms: float | None = None
    total_ms: float | None = None


@dataclass(frozen=True)
class Exchange:
    """What one POST sent and got. A network error is a value here, never an exception."""

    method: str
    url: str
    request_headers: Headers  # as sent, the storefront key masked; empty when nothing was sent
    request_body: bytes
    status: int | None  # None unless the status line and all headers came
    reason: str
    response_headers: Headers
    response_body: bytes  # content decoded, capped
    body_marks: frozenset[BodyMark]
    response_size: int  # body bytes seen on the wire, also where fewer are kept
    failure: Failure | None
    failure_detail: str  # short, free of keys, bodies and buyers' values
    bytes_may_have_left: bool  # true from just before the first byte of the request was written
    timings: Timings
    peer: str  # "ip:port", or "" when no connection was made
