"""A raw-socket server that misbehaves on demand: what an HTTP library would refuse to say has to be said by hand."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator

from events.delivery.client import Client
from events.domain.exchange import Exchange, Failure
from events.domain.outcome import Outcome, classify

KEY = "sfpk_wulanpertiwi1234"
PATH = "/v3/stores/store_batik/public/analytics/meta/events"
BODY = b'{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[]}'
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n\r\n"

Behaviour = Callable[[socket.socket], object]


class FaultServer:
    """Answers each whole request on 127.0.0.1 with `behave(connection)`; keeps every request that came."""

    def __init__(self, behave: Behaviour, *, tls: ssl.SSLContext | None = None, greet: Behaviour | None = None) -> None:
        """Speak TLS with `tls`; `greet` gets each connection before anything is read, and replaces the rest."""
        self._behave, self._tls, self._greet = behave, tls, greet
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.origin = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.requests: list[bytes] = []
        self.connections = 0
        self.stopping = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening and drop every connection."""
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                # Past SSLSocket's own, which would change the object under its thread.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.connections += 1
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            self._answer(connection)
        except OSError:
            pass  # the client went first, as it should
        finally:
            connection.close()

    def _answer(self, connection: socket.socket) -> None:
        if self._greet:
            self._greet(connection)
            return
        while request := read_request(connection):
            self.requests.append(request)
            self._behave(connection)


def read_request(connection: socket.socket) -> bytes:
    """Return one request, head and body; b"" at the end of the stream, in the middle of a request too."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    lines = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(lines[0].partition(b":")[2]) - len(body)
    while missing > 0:
        chunk = connection.recv(65536)
        if not chunk:
            return b""
        data, missing = data + chunk, missing - len(chunk)
    return data


def says(answer: bytes) -> Behaviour:
    """Answer with these bytes, and keep the connection."""
    return lambda connection: connection.sendall(answer)


def says_and_closes(answer: bytes) -> Behaviour:
    """Answer with these bytes, and end the stream in an orderly way."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    return behave


def drips(before: bytes, piece: bytes, pause_s: float = 0.03) -> Behaviour:
    """Answer with `before`, and then with `piece` again and again for ever."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(before)
        while True:
            time.sleep(pause_s)
            connection.sendall(piece)

    return behave


def floods(before: bytes, piece: bytes) -> Behaviour:
    """Answer with `before`, and then with `piece` as fast as it is taken, for ever."""
    return drips(before, piece * max(1, 65536 // len(piece)), pause_s=0)


def resets(connection: socket.socket) -> None:
    """End the connection with a RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def silence(connection: socket.socket) -> None:
    """Answer nothing, and keep the connection."""


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    """Return a whole answer with its length, such as `answer("400 Bad Request", b"{}", "X-A: b")`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextlib.contextmanager
def serving(
    behave: Behaviour = silence, *, tls: ssl.SSLContext | None = None, greet: Behaviour | None = None
) -> Iterator[FaultServer]:
    """Run a server for the length of a block."""
    server = FaultServer(behave, tls=tls, greet=greet)
    try:
        yield server
    finally:
        server.close()


def post(client: Client, origin: str, *, deadline_s: float = 5, key: str = KEY, body: bytes = BODY) -> Exchange:
    """Send the usual body to the usual store at `origin`."""
    return client.post(origin + PATH, origin=origin, storefront_key=key, body=body, deadline_s=deadline_s)


def exchange_with(behave: Behaviour, *, deadline_s: float = 5) -> Exchange:
    """Send once to a server that behaves so."""
    client = Client()
    with serving(behave) as server:
        try:
            return post(client, server.origin, deadline_s=deadline_s)
        finally:
            client.close()


def never_left(exchange: Exchange, failure: Failure) -> None:
    """Assert that it ended for this reason before the first byte of the request, and says so in words."""
    assert (classify(exchange), exchange.failure) == (Outcome.UNREACHABLE, failure)
    assert not exchange.bytes_may_have_left
    assert exchange.request_headers == ()
    assert exchange.failure_detail
