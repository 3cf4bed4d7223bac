"""What leaves the console, over which connection, and what of its surroundings it ignores."""

import concurrent.futures
import socket
import time
from pathlib import Path

import pytest

from events.delivery import client as client_module
from events.delivery import sessions
from events.delivery.client import Client
from events.domain.exchange import BodyMark, Failure
from events.domain.outcome import Outcome, classify
from tests.delivery.faults import (
    BODY,
    KEY,
    NO_CONTENT,
    PATH,
    answer,
    post,
    read_request,
    says,
    says_and_closes,
    serving,
)


def test_the_request_leaves_as_recorded_and_once() -> None:
    with serving(says(NO_CONTENT)) as server:
        exchange = post(Client(), server.origin)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert (first, body, exchange.request_body) == (f"POST {PATH} HTTP/1.1", BODY, BODY)
    assert [tuple(line.split(": ", 1)) for line in lines if KEY not in line] == [
        header for header in exchange.request_headers if "…" not in header[1]
    ]
    assert f"X-Scalev-Storefront-Api-Key: {KEY}" in lines
    assert {"Content-Type: application/json", "Accept: application/json", "Accept-Encoding: identity"} <= set(lines)


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\r\n\r\n", "Kemeja Batik Parang – Rp 185.000".encode(), b"a" * 900_000]
)
def test_the_bytes_of_the_body_arrive_verbatim(body: bytes) -> None:
    with serving(says(NO_CONTENT)) as server:
        exchange = post(Client(), server.origin, body=body)
    assert classify(exchange) is Outcome.ACCEPTED
    assert server.requests[0].partition(b"\r\n\r\n")[2] == body


def test_each_request_to_an_address_has_a_key_and_a_body_of_its_own() -> None:
    sent = [("sfpk_Batik12345678", b'{"a":1}'), ("sfpk_Hijab87654321", b""), ("sfpk_Kopi11112222", BODY)]
    with serving(says(NO_CONTENT)) as server:
        for key, body in sent:
            post(Client(), server.origin, key=key, body=body)

    for (key, body), request in zip(sent, server.requests, strict=True):
        head, _, arrived = request.partition(b"\r\n\r\n")
        assert arrived == body
        assert [line for line in head.split(b"\r\n") if b"sfpk_" in line or b"ength" in line] == [
            f"X-Scalev-Storefront-Api-Key: {key}".encode(), f"Content-Length: {len(body)}".encode(),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "key",
    [
        "sfpk_wulan\r\nX-Evil: 1",
        "sfpk_wulan1234\n",
        "sfpk_wulan\x00234",
        "sfpk_wulan 1234",
        "sfpk_wulän1234",
        "short",
        "a" * 257,
        "",
    ],
)
def test_a_key_that_cannot_stand_in_a_header_stops_the_send(key: str) -> None:
    with serving(says(NO_CONTENT)) as server:
        exchange = post(Client(), server.origin, key=key)
    assert (classify(exchange), exchange.failure) == (Outcome.UNREACHABLE, Failure.BAD_KEY)
    assert server.connections == 0
    assert not key.strip() or key.strip() not in repr(exchange)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/x", "https://api.contoh.id/x", "http://localhost/x", "file:///etc/passwd", "", "http://[::1"],
)
def test_an_address_off_the_configured_origin_is_not_called(url: str) -> None:
    with serving(says(NO_CONTENT)) as server:
        exchange = Client().post(url, origin=server.origin, storefront_key=KEY, body=BODY, deadline_s=2)
    assert (classify(exchange), exchange.failure) == (Outcome.UNREACHABLE, Failure.BLOCKED_ADDRESS)
    assert server.connections == 0


def test_the_environment_of_the_process_does_not_steer_a_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login wulan password rahasia\n")
    (tmp_path / ".netrc").chmod(0o600)
    with serving(says(NO_CONTENT)) as proxy, serving(says(NO_CONTENT)) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.origin)
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        monkeypatch.setenv("HOME", str(tmp_path))
        exchange = post(Client(), server.origin)
    assert classify(exchange) is Outcome.ACCEPTED
    assert (proxy.connections, len(server.requests)) == (0, 1)
    assert b"authorization" not in server.requests[0].lower()


def test_a_cookie_is_neither_kept_nor_sent_back() -> None:
    client = Client()
    with serving(says(answer("400 Bad Request", b"{}", "Set-Cookie: a=b; Path=/"))) as server:
        post(client, server.origin)
        post(client, server.origin)
    assert b"cookie" not in server.requests[1].lower()
    assert [len(session.cookies) for session in client._sessions.values()] == [0]


@pytest.mark.parametrize("body", [b"", b'{"error":"no"}'])
def test_two_sends_share_a_connection(body: bytes) -> None:
    client = Client()
    with serving(says(answer("400 Bad Request", body))) as server:
        first, second = post(client, server.origin), post(client, server.origin)
    assert (server.connections, len(server.requests)) == (1, 2)
    assert (first.timings.connect_ms is None, second.timings.connect_ms is None) == (False, True)
    assert first.peer == second.peer == f"127.0.0.1:{server.port}"


def test_a_connection_that_was_idle_for_long_is_retired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "IDLE_LIMIT_S", 0.05)
    client = Client()
    with serving(says(NO_CONTENT)) as server:
        post(client, server.origin)
        time.sleep(0.1)
        exchange = post(client, server.origin)
    assert (classify(exchange), server.connections) == (Outcome.ACCEPTED, 2)


def test_a_connection_that_died_while_idle_is_replaced() -> None:
    client = Client()
    with serving(says_and_closes(NO_CONTENT)) as server:
        outcomes = []
        for _ in range(3):
            outcomes.append(classify(post(client, server.origin)))
            time.sleep(0.05)
    assert (outcomes, server.connections) == ([Outcome.ACCEPTED] * 3, 3)


def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next_one() -> None:
    def late_extra(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 30\r\n\r\n")
        time.sleep(0.05)
        connection.sendall(b"HTTP/1.1 500 Stray answer\r\n\r\n")

    client = Client()
    with serving(late_extra) as server:
        outcomes = [classify(post(client, server.origin)) for _ in range(2)]
    assert (outcomes, server.connections) == ([Outcome.ACCEPTED] * 2, 2)


def test_a_connection_whose_answer_was_left_half_read_is_not_used_again() -> None:
    client = Client()
    with serving(says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 20\r\n\r\n{")) as server:
        marks = [post(client, server.origin, deadline_s=0.3).body_marks for _ in range(2)]
    assert (marks, server.connections) == ([frozenset({BodyMark.DRIPPED})] * 2, 2)


def test_an_address_that_requests_would_write_otherwise_is_not_called() -> None:
    with serving(says(NO_CONTENT)) as server:
        url = f"{server.origin}/%7Ewulan"
        exchange = Client().post(url, origin=server.origin, storefront_key=KEY, body=BODY, deadline_s=2)
    assert (exchange.failure, server.connections) == (Failure.BLOCKED_ADDRESS, 0)


def test_many_threads_send_at_once_and_each_gets_its_own_answer() -> None:
    def repeat(connection: socket.socket) -> None:
        while request := read_request(connection):
            connection.sendall(answer("400 Bad Request", request.partition(b"\r\n\r\n")[2]))

    def send(number: int) -> bool:
        body = b"order %03d" % number
        return post(client, server.origin, body=body).response_body == body

    client = Client()
    with serving(greet=repeat) as server, concurrent.futures.ThreadPoolExecutor(16) as threads:
        assert all(threads.map(send, range(300)))
        assert server.connections <= 16


def test_the_parts_of_the_time_add_up() -> None:
    def slow(connection: socket.socket) -> None:
        # Long against what a busy machine makes either side wait, so that each part shows which it is.
        time.sleep(0.5)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{")
        time.sleep(0.5)
        connection.sendall(b"}")

    with serving(slow) as server:
        spent = post(Client(), server.origin).timings
    assert spent.dns_ms is spent.tls_ms is None
    assert spent.connect_ms is not None
    assert spent.send_ms is not None
    assert spent.total_ms is not None
    assert 200 < (spent.first_byte_ms or 0) < 5000
    assert 200 < (spent.receive_ms or 0) < 5000
    parts = spent.connect_ms + spent.send_ms + (spent.first_byte_ms or 0) + (spent.receive_ms or 0)
    assert 0 <= spent.total_ms - parts < 400


def test_a_deadline_that_has_passed_already_leaves_nothing() -> None:
    with serving(says(NO_CONTENT)) as server:
        exchange = post(Client(), server.origin, deadline_s=0)
    assert (classify(exchange), exchange.failure) == (Outcome.UNREACHABLE, Failure.CONNECT_TIMEOUT)
    assert server.connections == 0


def test_an_error_of_our_own_before_the_first_byte_is_a_value_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("rahasia")

    monkeypatch.setattr(client_module, "_prepared", broken)
    with serving(says(NO_CONTENT)) as server:
        exchange = post(Client(), server.origin)
    assert classify(exchange) is Outcome.UNREACHABLE
    assert "rahasia" not in exchange.failure_detail
