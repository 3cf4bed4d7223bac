"""How the tests talk to a sandbox: a valid event, HTTP for ordinary answers, a bare socket for the others."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from events.sandbox.running import Running
from events.sandbox.scenarios import KEY, STORE_ID

EVENT: dict[str, Any] = {"event_id": "ord-88212-Purchase", "event_name": "Purchase"}
PAYLOAD: dict[str, Any] = {
    "event_source_url": "https://batiknusantara.contoh.id/checkout",
    "user_data": {"fn": "Wulan", "em": "wulan.pertiwi@contoh.id", "ph": "6281290076543"},
    "events": [EVENT],
}


@dataclass(frozen=True)
class Reply:
    """An ordinary answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def payload(**changes: object) -> bytes:
    """The valid payload with some top-level members replaced."""
    return json.dumps(PAYLOAD | changes).encode()


def post(
    sandbox: Running,
    body: bytes | None = None,
    store_id: str = STORE_ID,
    key: str | None = KEY,
    headers: dict[str, str] | None = None,
) -> Reply:
    """Send an event; a key of None leaves the header out."""
    given = {"Content-Type": "application/json"} | (headers or {})
    if key is not None:
        given["X-Scalev-Storefront-Api-Key"] = key
    path = urlsplit(sandbox.url(store_id)).path
    return ask(sandbox, "POST", path, payload() if body is None else body, given)


def ask(sandbox: Running, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
    """One request on a connection of its own."""
    at = urlsplit(sandbox.origin)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=10)
    with contextlib.closing(connection):
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


@contextlib.contextmanager
def line(sandbox: Running, store_id: str) -> Iterator[socket.socket]:
    """A bare connection on which a valid event was just sent to a store."""
    at = urlsplit(sandbox.url(store_id))
    body = payload()
    head = (
        f"POST {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Type: application/json\r\n"
        f"X-Scalev-Storefront-Api-Key: {KEY}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        yield connection


def everything(connection: socket.socket) -> bytes:
    """All bytes until the sandbox closes the connection."""
    data = b""
    while block := connection.recv(1 << 20):
        data += block
    return data
