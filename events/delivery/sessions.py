"""One requests session per origin, bent to be unable to go anywhere else.

requests is kept for its pool and its HTTP; what it would do unasked is taken out: redirects (it resends body and
headers to the new host), proxies and .netrc from the environment, cookies, retries. The adapter owns a single pool
of a single origin, so even a prepared request for another host could not leave.
"""

import http.client
import ssl
from time import monotonic
from typing import Any

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from events.delivery.attempt import Attempt, Unreached, in_hand, since
from events.delivery.failures import stopped_in_handshake
from events.delivery.guard import Target
from events.delivery.resolving import Resolution
from events.delivery.sockets import TimedSocket, open_socket
from events.domain.contract import KEY_HEADER
from events.domain.redaction import mask_storefront_key

# Shorter than the idle limits of usual servers (5 s and more): a connection that the other side drops at the very
# moment of reuse would make an INTERRUPTED of an event that nobody saw.
IDLE_LIMIT_S = 3.0
POOLED_CONNECTIONS = 64


class TimedResponse(http.client.HTTPResponse):
    """http.client's response, which tells the try when, and whether, a whole final head came."""

    def __init__(self, sock: TimedSocket, *args: Any, **kwargs: Any) -> None:
        """Read from `sock` on behalf of the try that the socket serves."""
        super().__init__(sock, *args, **kwargs)
        self._attempt = sock.attempt

    def begin(self) -> None:
        """Read the head; raises RemoteDisconnected where the stream ended inside it."""
        super().begin()
        if self._attempt.head_was_cut:
            raise http.client.RemoteDisconnected("the connection ended inside the head")
        self._attempt.head_arrived(self, tuple(self.headers.items()))
        # urllib3 logs what it could not parse, and a server may echo a buyer's value there.
        self.headers.defects.clear()
        self.headers.set_payload("")

    def _read_status(self) -> tuple[str, int, str]:
        # http.client skips 100 only; 102 and 103 are interim answers just the same, and 101 is final.
        version, status, reason = super()._read_status()  # type: ignore[misc]
        while 102 <= status <= 199:
            http.client.parse_headers(self.fp)
            version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, status, reason


class GuardedConnection(HTTPConnection):
    """A connection to `target` that only goes where the guard lets it, and reports to the try in hand."""

    response_class = TimedResponse
    target: Target
    resolution: Resolution
    attempt: Attempt
    idle_since = float("-inf")
    peer = ""

    @property
    def is_connected(self) -> bool:
        """Say whether the pool may use the connection again: alive, and not idle for long."""
        return monotonic() - self.idle_since <= IDLE_LIMIT_S and super().is_connected

    def serve(self, attempt: Attempt) -> None:
        """Work for `attempt` from now on; connects, TLS included, if need be; raises Unreached."""
        self.attempt = attempt
        if self.sock is None:
            self.connect()
            self.peer = attempt.peer
        assert isinstance(self.sock, TimedSocket)
        self.sock.attempt = attempt
        attempt.peer = self.peer

    def connect(self) -> None:
        """Connect; every way to fail is an Unreached, and known to the try."""
        try:
            super().connect()
        except Unreached as stop:
            self.attempt.failed(stop)
            raise
        except Exception as error:
            reason = stopped_in_handshake(error)
            self.attempt.failed(reason)
            raise reason from None

    def _new_conn(self) -> TimedSocket:
        return open_socket(self.target, self.attempt, self.resolution)

    def putheader(self, header: str, *values: str) -> None:  # type: ignore[override]
        """Send a header, and note it as sent with the storefront key masked."""
        super().putheader(header, *values)
        shown = ", ".join(map(_text, values))
        name = _text(header)
        self.attempt.sent_headers.append((name, mask_storefront_key(shown) if name == KEY_HEADER else shown))

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Send; the first error is noted, since urllib3 goes on reading after some."""
        try:
            super().request(*args, **kwargs)
        except Exception as error:
            self.attempt.failed(error)
            raise

    def getresponse(self) -> Any:
        """Read the head; an error is noted as it was, before urllib3 and requests wrap it."""
        try:
            return super().getresponse()
        except Exception as error:
            self.attempt.failed(error)
            raise


class GuardedTlsConnection(GuardedConnection, HTTPSConnection):
    """The same over TLS: SNI and the certificate's name stay the host, whatever address was chosen."""

    def _new_conn(self) -> TimedSocket:
        sock = super()._new_conn()
        self.handshake_began = monotonic()
        return sock

    def connect(self) -> None:
        """Connect and shake hands, timing the handshake; raises Unreached."""
        super().connect()
        self.attempt.tls_ms = since(self.handshake_began)


class _GuardedPool(HTTPConnectionPool):
    target: Target
    resolution: Resolution

    def _new_conn(self) -> Any:
        connection = super()._new_conn()
        assert isinstance(connection, GuardedConnection)
        connection.target, connection.resolution = self.target, self.resolution
        return connection

    def _validate_conn(self, conn: Any) -> None:
        # Connecting here, for http too, keeps what fails before the request apart from the request itself.
        conn.serve(in_hand.get())

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = monotonic()
        super()._put_conn(conn)


class GuardedPool(_GuardedPool):
    """Connections to one http origin."""

    ConnectionCls = GuardedConnection


class GuardedTlsPool(_GuardedPool, HTTPSConnectionPool):
    """Connections to one https origin."""

    ConnectionCls = GuardedTlsConnection


class SingleOrigin(HTTPAdapter):
    """An adapter with the pool of one origin, and no other."""

    def __init__(self, target: Target, resolution: Resolution, context: ssl.SSLContext | None) -> None:
        """Make the pool; `context` is for https."""
        super().__init__(max_retries=0)
        host, port = target.origin.host, target.origin.port
        if context is None:
            self.pool: _GuardedPool = GuardedPool(host, port, maxsize=POOLED_CONNECTIONS)
        else:
            self.pool = GuardedTlsPool(host, port, maxsize=POOLED_CONNECTIONS, ssl_context=context)
        self.pool.target, self.pool.resolution = target, resolution

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        """Return the one pool, whatever the request says."""
        return self.pool

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Leave the pool's TLS rules alone: requests would load its certificates anew for each connection."""

    def build_response(self, req: PreparedRequest, resp: Any) -> Response:
        """Wrap the raw response only; its head has been taken already.

        requests sees no headers, and so no redirect: the body of one it would read into memory, all of it, even
        where it is told not to follow.
        """
        response = Response()
        response.raw = resp
        response.request = req
        return response

    def close(self) -> None:
        """Close idle connections."""
        self.pool.close()
        super().close()


class NoCookies(RequestsCookieJar):
    """A jar that keeps nothing, and does not even parse."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Ignore what the server sets."""


class SingleOriginSession(Session):
    """A session for one origin, without redirects, environment or memory."""

    def __init__(self, target: Target, resolution: Resolution, context: ssl.SSLContext | None) -> None:
        """Mount the adapter of `target` for everything."""
        super().__init__()
        self.trust_env = False
        self.cookies = NoCookies()
        self.headers.clear()
        self.adapters.clear()
        self.mount("", SingleOrigin(target, resolution, context))


def _text(value: str | bytes | int) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
