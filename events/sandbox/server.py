"""Serves the sandbox on a loopback port, and hands the raw connection to `wire` where an answer needs it."""

import contextlib
import io
import ipaddress
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any

from .answers import Answer, plain
from .app import ACT, Sandbox
from .wire import ACTS, Line, Pace, send_plainly

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

MAX_BODY = 8_000_000
_IDLE_SECONDS = 60.0
_STOP_SECONDS = 5.0


class NotLoopback(ValueError):
    """The sandbox was asked to listen where other machines could reach it."""


class Server(ThreadingHTTPServer):
    """One thread per connection; all of them end when the server closes."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, app: Sandbox, pace: Pace) -> None:
        """Bind. Raises NotLoopback for any other address, OSError when the port is taken."""
        if host != "localhost" and not _is_loopback(host):
            raise NotLoopback(f"{host} is not a loopback address")
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.app, self.pace = app, pace
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        self._is_closing = False
        super().__init__((host, port), Handler)

    @property
    def origin(self) -> str:
        """Where it listens, such as `http://127.0.0.1:4010`."""
        host, port = self.server_address[:2]
        name = str(host)
        return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"

    def server_bind(self) -> None:
        """Bind without the name look-up of the base class, which may wait for a resolver."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection while its thread runs."""
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close the connection and forget it."""
        if request.fileno() >= 0:
            super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def server_close(self) -> None:
        """Stop listening and end every open connection, the hanging ones too."""
        super().server_close()
        with self._changed:
            self._is_closing = True
            for connection in self._open:
                _cut(connection)
            self._changed.wait_for(lambda: not self._open, timeout=_STOP_SECONDS)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is the daily business of a sandbox; anything else is a mistake of ours."""
        # A connection that is cut while its thread still sets it up fails in ways of its own.
        expected = OSError if self._is_closing else (ConnectionError, TimeoutError)
        if not isinstance(sys.exception(), expected):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection: many requests, until a misbehaviour or the client ends it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _IDLE_SECONDS
    server: Server

    def do_POST(self) -> None:
        """Answer any method: which ones are allowed is the application's business."""
        body = self._body()
        if body is None:
            return
        environ = self._environ(body)
        answer = self._call(environ)
        line = Line(self.connection, self.server.pace)
        act = environ.get(ACT)
        if isinstance(act, Answer):
            self.close_connection = True
            ACTS[act.act](line, act)
        else:
            send_plainly(line, answer, close=self.close_connection, bodyless=self.command == "HEAD")

    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: whoever started the sandbox hears of requests through `on_received`."""

    def _body(self) -> bytes | None:
        """The whole body, None when it cannot be had; then the connection is over."""
        length = self.headers.get("Content-Length", "0")
        if refusal := _refuse_length(length, chunked="Transfer-Encoding" in self.headers):
            self.close_connection = True
            send_plainly(Line(self.connection, self.server.pace), refusal, close=True)
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _environ(self, body: bytes) -> "WSGIEnvironment":
        path, _, query = self.path.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_NAME": self.server.server_name,
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "sandbox.headers": tuple(self.headers.items()),
        }
        for name, value in self.headers.items():
            environ.setdefault(f"HTTP_{name.upper().replace('-', '_')}", value)
        return environ

    def _call(self, environ: "WSGIEnvironment") -> Answer:
        """The application's ordinary answer."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started.append((status, headers))
            return lambda data: None

        body = b"".join(self.server.app(environ, start_response))
        status, headers = started[-1]
        kept = tuple(pair for pair in headers if pair[0] != "Content-Length")
        return Answer(int(status.partition(" ")[0]), kept, body)


def _refuse_length(length: str, *, chunked: bool) -> Answer | None:
    if chunked:
        return plain(411, "Send the length of the body.")
    if not (length.isascii() and length.isdigit()):
        return plain(400, "The length of the body is not a number.")
    if len(length) > 9 or int(length) > MAX_BODY:
        return plain(413, f"The body is larger than {MAX_BODY} bytes.")
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _cut(connection: socket.socket) -> None:
    """End both directions, so that a thread waiting on this connection wakes up."""
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
