"""The server under the sandbox: loopback only, connections kept, bodies bounded."""

from __future__ import annotations

import contextlib
import socket
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from events.sandbox.app import Sandbox
from events.sandbox.limiter import Limiter
from events.sandbox.running import Running, running_sandbox
from events.sandbox.scenarios import KEY
from events.sandbox.server import MAX_BODY, NotLoopback, Server
from events.sandbox.wire import Pace
from tests.sandbox.talk import ask, payload, post

HEADERS = {"Content-Type": "application/json", "X-Scalev-Storefront-Api-Key": KEY}


def connected(sandbox: Running) -> socket.socket:
    at = urlsplit(sandbox.origin)
    return socket.create_connection((at.hostname or "", at.port or 0), timeout=5)


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "contoh.id", ""])
def test_an_address_that_others_could_reach_is_refused(host: str) -> None:
    with pytest.raises(NotLoopback):
        Server(host, 0, Sandbox(), Pace())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_loopback_address_is_served(host: str) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("this machine has no IPv6 loopback")
    with running_sandbox(host=host) as sandbox:
        reply = ask(sandbox, "GET", "/", headers={"Host": "localhost"})
        assert reply.status == 200


def test_one_connection_carries_many_requests(sandbox: Running) -> None:
    path = urlsplit(sandbox.url("store_vlTest")).path
    with contextlib.closing(HTTPConnection(urlsplit(sandbox.origin).netloc, timeout=5)) as connection:
        ports = set()
        for body, status in ((payload(), 204), (b"{}", 400), (payload(), 204)):
            connection.request("POST", path, body, HEADERS)
            assert connection.sock is not None
            ports.add(connection.sock.getsockname()[1])
            response = connection.getresponse()
            response.read()
            assert response.status == status
        assert len(ports) == 1


def test_answers_leave_at_once(sandbox: Running) -> None:
    """40 ms each would mean that small packets wait for an acknowledgement."""
    path = urlsplit(sandbox.url("store_vlTest")).path
    with contextlib.closing(HTTPConnection(urlsplit(sandbox.origin).netloc, timeout=5)) as connection:
        times = []
        for _ in range(21):
            began = time.perf_counter()
            connection.request("POST", path, b"{}", HEADERS)
            connection.getresponse().read()
            times.append(time.perf_counter() - began)
    assert sorted(times)[10] < 0.03


def test_a_request_that_asks_to_close_gets_a_closed_connection(sandbox: Running) -> None:
    assert post(sandbox, headers={"Connection": "close"}).headers["connection"] == "close"


def test_head_has_the_length_and_no_body(sandbox: Running) -> None:
    reply = ask(sandbox, "HEAD", "/")
    assert int(reply.headers["content-length"]) > 1000
    assert reply.body == b""


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (b"Content-Length: batik", b"400"),
        (b"Content-Length: -1", b"400"),
        (b"Content-Length: %d" % (MAX_BODY + 1), b"413"),
        (b"Content-Length: " + b"9" * 5000, b"413"),
        (b"Transfer-Encoding: chunked", b"411"),
    ],
)
def test_a_body_whose_length_cannot_be_trusted_is_not_read(sandbox: Running, header: bytes, status: bytes) -> None:
    with connected(sandbox) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + header + b"\r\n\r\n")
        assert connection.recv(4096).split()[1] == status


def test_a_body_that_ends_early_is_not_judged(sandbox: Running) -> None:
    path = urlsplit(sandbox.url("store_vlTest")).path.encode()
    with connected(sandbox) as connection:
        connection.sendall(b"POST " + path + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{}")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(4096) == b""
    assert sandbox.received == ()


def test_a_client_over_its_limit_gets_429_in_plain_text_and_another_does_not() -> None:
    with running_sandbox(limiter=Limiter(limit=2)) as sandbox:
        replies = [post(sandbox) for _ in range(3)]
        assert [reply.status for reply in replies] == [204, 204, 429]
        assert replies[2].headers["content-type"].startswith("text/plain")
        assert int(replies[2].headers["retry-after"]) == int(replies[2].headers["x-ratelimit-reset"])
        assert sandbox.received[2].decided_by.rule == "the client keeps to the rate limit"
        with contextlib.closing(
            HTTPConnection(urlsplit(sandbox.origin).netloc, timeout=5, source_address=("127.0.0.3", 0))
        ) as other:
            other.request("POST", urlsplit(sandbox.url("store_vlTest")).path, payload(), HEADERS)
            assert other.getresponse().status == 204


def test_a_new_window_begins_when_the_old_one_ends() -> None:
    now = [100.0]
    limiter = Limiter(limit=1, window_seconds=60, clock=lambda: now[0])
    assert [limiter.take("a").allowed for _ in range(2)] == [True, False]
    now[0] = 159.9
    assert limiter.take("a").reset_seconds == 1
    now[0] = 160.0
    assert limiter.take("a").allowed
