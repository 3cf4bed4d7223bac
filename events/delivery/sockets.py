"""Sockets that ask for the time left before each wait, and report each byte to the try that they serve.

requests' own time-outs are per read, so a server that drips a byte a second holds a call for ever. Here every wait
lasts at most until the deadline of the whole try. A timer in another thread that shuts the socket would do as well,
but http.client takes the end of data that it causes for the end of the headers, and returns the parsed status; an
exception out of the read itself cannot be mistaken for an answer.
"""

import socket
import ssl
from time import monotonic
from typing import Any

from events.delivery import guard
from events.delivery.attempt import Attempt, Unreached, since
from events.delivery.guard import Address, Blocked, Target
from events.delivery.resolving import Resolution
from events.domain.exchange import Failure


class TimedSocket(socket.socket):
    """A TCP socket under the deadline of `attempt`, which is set before each use."""

    attempt: Attempt

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive within the time left; raises TimeoutError."""
        self.settimeout(self.attempt.remaining())
        count = super().recv_into(*args, **kwargs)
        self.attempt.read(count)
        return count

    def send(self, *args: Any, **kwargs: Any) -> int:
        """Send a part within the time left; raises TimeoutError."""
        self.settimeout(self.attempt.remaining())
        return super().send(*args, **kwargs)

    def sendall(self, *args: Any, **kwargs: Any) -> None:
        """Send all within the time left; raises TimeoutError."""
        self.settimeout(self.attempt.remaining())
        self.attempt.writing()
        super().sendall(*args, **kwargs)
        self.attempt.wrote()


class TimedTlsSocket(TimedSocket, ssl.SSLSocket):
    """The same over TLS; the handshake runs under the time-out that the TCP socket had."""


def tls_context(ca_file: str) -> ssl.SSLContext:
    """Return the rules for every TLS connection: TLS 1.2 or newer, names checked, trust only in `ca_file` (PEM)."""
    context = ssl.create_default_context(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = TimedTlsSocket
    return context


def open_socket(target: Target, attempt: Attempt, resolution: Resolution) -> TimedSocket:
    """Resolve once, check every answer, connect to a checked address, check the peer; raises Unreached."""
    try:
        addresses = _addresses(target, attempt, resolution)
        return _connect_first(addresses, target, attempt)
    except Blocked as refusal:
        raise Unreached(Failure.BLOCKED_ADDRESS, str(refusal)) from None


def _addresses(target: Target, attempt: Attempt, resolution: Resolution) -> tuple[Address, ...]:
    if target.literal is not None:
        return (target.literal,)
    begun = monotonic()
    try:
        answers = resolution.lookup(target.origin.host, target.origin.port, attempt.remaining())
    finally:
        attempt.dns_ms = since(begun)
    return guard.check_answers(answers, loopback=target.loopback)


def _connect_first(addresses: tuple[Address, ...], target: Target, attempt: Attempt) -> TimedSocket:
    begun = monotonic()
    try:
        for place, address in enumerate(addresses):
            last = place == len(addresses) - 1
            # One address that swallows packets must not eat the time of those behind it.
            share = len(addresses) - place
            try:
                return _connect(address, target, attempt, share)
            except OSError as error:
                if last:
                    raise _unreached(error) from None
        raise AssertionError("unreachable: the last address returns or raises")
    finally:
        attempt.connect_ms = since(begun)


def _connect(address: Address, target: Target, attempt: Attempt, share: int) -> TimedSocket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    sock = TimedSocket(family, socket.SOCK_STREAM)
    try:
        sock.attempt = attempt
        sock.settimeout(attempt.remaining() / share)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect((str(address), target.origin.port))
        peer, port = sock.getpeername()[:2]
        guard.check_peer(peer, chosen=address, loopback=target.loopback)
        attempt.peer = f"[{peer}]:{port}" if ":" in peer else f"{peer}:{port}"
        sock.settimeout(attempt.remaining())
    except BaseException:
        sock.close()
        raise
    return sock


def _unreached(error: OSError) -> Unreached:
    if isinstance(error, Unreached):
        return error
    if isinstance(error, TimeoutError):
        return Unreached(Failure.CONNECT_TIMEOUT, "no connection was made in time")
    return Unreached(Failure.REFUSED, (error.strerror or "the connection was refused").lower())
