"""The notebook of one try: its deadline, and what its socket and connection have seen so far."""

from contextvars import ContextVar
from time import monotonic
from typing import Protocol

from events.domain.exchange import Failure, Headers, Timings

# http.client alone would take 100 lines of 64 KiB, and any number of interim answers.
HEAD_LIMIT_BYTES = 256 * 1024
HEADER_VALUE_LIMIT = 4096
HEADERS_LIMIT = 32 * 1024


class Readable(Protocol):
    """The part of http.client.HTTPResponse that is used here and after."""

    status: int
    reason: str
    length: int | None

    def read1(self, n: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class Unreached(OSError):
    """The try ended before the first byte of the request: why, in words fit for a page."""

    def __init__(self, failure: Failure, detail: str) -> None:
        """Keep the failure beside its words."""
        super().__init__(detail)
        self.failure = failure
        self.detail = detail


class HeadTooLong(Exception):
    """More than `HEAD_LIMIT_BYTES` came without a complete final head."""


class Attempt:
    """One try. Used by one thread; the sockets ask it before each wait and report to it after."""

    def __init__(self, deadline_s: float) -> None:
        """Start the clock: everything has to be over `deadline_s` seconds from now."""
        self.started = monotonic()
        self.deadline_s = deadline_s
        self.dns_ms: float | None = None
        self.connect_ms: float | None = None
        self.tls_ms: float | None = None
        self.peer = ""
        self.sent_headers: list[tuple[str, str]] = []
        self.bytes_may_have_left = False
        self.send_began: float | None = None
        self.send_ended: float | None = None
        self.first_byte: float | None = None
        self.head_bytes = 0
        self.head_was_cut = False
        self.status: int | None = None
        self.reason = ""
        self.headers: Headers = ()
        self.stream: Readable | None = None
        self.error: BaseException | None = None

    def remaining(self) -> float:
        """Return the seconds left; raises TimeoutError when there are none."""
        left = self.started + self.deadline_s - monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        return left

    def writing(self) -> None:
        """Note that the next call may put bytes on the wire."""
        self.bytes_may_have_left = True
        if self.send_began is None:
            self.send_began = monotonic()

    def wrote(self) -> None:
        """Note that all bytes given so far are with the operating system."""
        self.send_ended = monotonic()

    def read(self, count: int) -> None:
        """Note `count` bytes received, 0 for the end of the stream; raises HeadTooLong."""
        if self.first_byte is None and count:
            self.first_byte = monotonic()
        if self.status is not None:
            return
        # http.client takes an end of data inside the head for the end of the head: remember that it was none.
        self.head_was_cut = self.head_was_cut or count == 0
        self.head_bytes += count
        if self.head_bytes > HEAD_LIMIT_BYTES:
            raise HeadTooLong

    def head_arrived(self, stream: Readable, headers: Headers) -> None:
        """Take the status line and all headers: from here on the status stands. `stream` goes on to the body."""
        self.stream = stream
        self.status = stream.status
        self.reason = stream.reason[:200]
        self.headers = _capped(headers)

    def failed(self, error: BaseException) -> None:
        """Keep the first error: a later one (a closed stream after a reset) says less."""
        if self.error is None:
            self.error = error

    def timings(self) -> Timings:
        """Return the parts of the time spent until now, in milliseconds."""
        now = monotonic()
        return Timings(
            dns_ms=self.dns_ms,
            connect_ms=self.connect_ms,
            tls_ms=self.tls_ms,
            send_ms=_ms(self.send_began, self.send_ended),
            first_byte_ms=_ms(self.send_ended, self.first_byte),
            receive_ms=_ms(self.first_byte, now),
            total_ms=_ms(self.started, now),
        )


# urllib3's pool picks the connection, so the try in hand has to reach it past the pool.
in_hand: ContextVar[Attempt] = ContextVar("in_hand")


def since(start: float) -> float:
    """Return the milliseconds since `start`, a value of `monotonic`."""
    return round((monotonic() - start) * 1000, 3)


def _ms(start: float | None, end: float | None) -> float | None:
    if start is None or end is None:
        return None
    return round(max(0.0, end - start) * 1000, 3)


def _capped(headers: Headers) -> Headers:
    kept: list[tuple[str, str]] = []
    room = HEADERS_LIMIT
    for name, value in headers:
        short = value if len(value) <= HEADER_VALUE_LIMIT else value[:HEADER_VALUE_LIMIT] + "…"
        room -= len(name) + len(short)
        if room < 0:
            break
        kept.append((name[:HEADER_VALUE_LIMIT], short))
    return tuple(kept)
