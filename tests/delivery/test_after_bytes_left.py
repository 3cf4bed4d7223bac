"""Faults after the request has begun to leave: nobody knows what became of it, so no machine may repeat it."""

import socket
import threading

import pytest

from events.delivery.client import Client
from events.domain.exchange import Exchange, Failure
from events.domain.outcome import Outcome, classify
from tests.delivery.faults import (
    NO_CONTENT,
    Behaviour,
    answer,
    drips,
    exchange_with,
    floods,
    post,
    resets,
    says,
    says_and_closes,
    serving,
    silence,
)

DEADLINE_S = 0.5
AT_MOST_MS = 3000


def ends(exchange: Exchange, outcome: Outcome, failure: Failure) -> None:
    assert (classify(exchange), exchange.failure, exchange.status) == (outcome, failure, None)
    assert exchange.bytes_may_have_left
    assert exchange.failure_detail
    assert "wulan" not in exchange.failure_detail


def test_a_reset_as_soon_as_the_connection_stands_is_interrupted() -> None:
    def reset_at_the_first_byte(connection: socket.socket) -> None:
        connection.recv(1)
        resets(connection)

    with serving(greet=reset_at_the_first_byte) as server:
        exchange = post(Client(), server.origin, body=b"x" * 3_000_000)
    ends(exchange, Outcome.INTERRUPTED, Failure.RESET)


def test_a_reset_after_the_request_is_interrupted() -> None:
    ends(exchange_with(resets), Outcome.INTERRUPTED, Failure.RESET)


def test_a_reset_inside_the_head_of_the_answer_is_interrupted() -> None:
    def behave(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 204 No Content\r\nServer: x\r\n")
        resets(connection)

    exchange = exchange_with(behave)
    assert classify(exchange) is Outcome.INTERRUPTED


def test_a_close_without_an_answer_is_interrupted() -> None:
    ends(exchange_with(says_and_closes(b"")), Outcome.INTERRUPTED, Failure.CLOSED)


@pytest.mark.parametrize(
    "part",
    [b"HTTP/1.1 20", b"HTTP/1.1 204", b"HTTP/1.1 204 No Content\r\n", b"HTTP/1.1 204 No Content\r\nServer: x"],
)
def test_a_status_does_not_count_when_the_stream_ends_inside_the_head(part: bytes) -> None:
    ends(exchange_with(says_and_closes(part)), Outcome.INTERRUPTED, Failure.CLOSED)


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(silence, id="silence"),
        pytest.param(drips(b"", b"H"), id="the status line drips"),
        pytest.param(drips(b"HTTP/1.1 204 No Content\r\n", b"a"), id="one header drips"),
        pytest.param(drips(b"HTTP/1.1 204 No Content\r\n", b"A: b\r\n"), id="headers drip"),
        pytest.param(says(b"HTTP/1.1 204 No Content\r\nServer: x\r\n"), id="the last line is missing"),
        pytest.param(drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="interim answers drip"),
        pytest.param(drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), id="early hints drip"),
    ],
)
def test_a_head_that_is_not_whole_at_the_deadline_is_a_time_out(behave: Behaviour) -> None:
    exchange = exchange_with(behave, deadline_s=DEADLINE_S)
    ends(exchange, Outcome.TIMED_OUT, Failure.TIMED_OUT)
    assert exchange.timings.total_ms is not None
    assert DEADLINE_S * 1000 <= exchange.timings.total_ms < AT_MOST_MS


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", id="another protocol"),
        pytest.param(b"\x00\xff\x16\x03\r\n\r\n", id="bytes"),
        pytest.param(b"HTTP/2 204\r\n\r\n", id="another version"),
        pytest.param(b"HTTP/1.1 9999 Wulan\r\n\r\n", id="no such status"),
        pytest.param(b"HTTP/1.1 abc wulan.pertiwi@contoh.id\r\n\r\n", id="a status in words"),
    ],
)
def test_garbage_instead_of_a_head_is_interrupted(head: bytes) -> None:
    ends(exchange_with(says(head)), Outcome.INTERRUPTED, Failure.GARBAGE)


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        pytest.param(b"OK\r\n" + b"A: b\r\n" * 150 + b"\r\n", "more lines", id="150 headers"),
        pytest.param(b"OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", "a line of more than 64 KiB", id="a line of 70 kB"),
        pytest.param(b"b" * 70_000 + b"\r\n\r\n", "a line of more than 64 KiB", id="a status line of 70 kB"),
        pytest.param(
            b"OK\r\n" + (b"A: " + b"b" * 60_000 + b"\r\n") * 10 + b"\r\n", "than 256 KiB", id="600 kB of headers"
        ),
    ],
)
def test_a_head_that_is_too_long_to_read_is_interrupted_and_no_garbage(rest: bytes, words: str) -> None:
    exchange = exchange_with(says(b"HTTP/1.1 204 " + rest))
    ends(exchange, Outcome.INTERRUPTED, Failure.HEAD_TOO_LONG)
    assert words in exchange.failure_detail


@pytest.mark.parametrize("interim", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"])
def test_a_flood_of_interim_answers_is_cut_off_long_before_the_deadline(interim: bytes) -> None:
    exchange = exchange_with(floods(b"", interim), deadline_s=20)
    ends(exchange, Outcome.INTERRUPTED, Failure.HEAD_TOO_LONG)
    assert exchange.timings.total_ms is not None
    assert exchange.timings.total_ms < 5000


@pytest.mark.parametrize("interim", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"])
def test_an_interim_answer_is_skipped(interim: bytes) -> None:
    assert classify(exchange_with(says(interim + NO_CONTENT))) is Outcome.ACCEPTED


def test_a_server_that_does_not_read_cannot_hold_a_send_past_the_deadline() -> None:
    done = threading.Event()
    with serving(greet=lambda _: done.wait(9)) as server:
        exchange = post(Client(), server.origin, body=b"x" * 30_000_000, deadline_s=DEADLINE_S)
        done.set()
    ends(exchange, Outcome.TIMED_OUT, Failure.TIMED_OUT)
    assert exchange.timings.total_ms is not None
    assert exchange.timings.total_ms < AT_MOST_MS


def test_an_answer_given_before_the_body_was_read_still_counts() -> None:
    exchange = exchange_with(says(answer("413 Content Too Large", b"too large")))
    assert (exchange.status, exchange.response_body) == (413, b"too large")
