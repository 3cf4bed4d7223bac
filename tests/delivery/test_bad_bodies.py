"""A status whose line and headers all came counts, whatever is wrong with the body; the body is marked."""

import gzip
import tracemalloc
import zlib

import pytest

from events.delivery.body import KEPT_BYTES
from events.domain.exchange import BodyMark, Exchange
from events.domain.outcome import Outcome, classify
from tests.delivery.faults import NO_CONTENT, Behaviour, answer, drips, exchange_with, floods, says, says_and_closes

DEADLINE_S = 0.5
AT_MOST_MS = 3000
REFUSAL = b'{"code":400,"error":"quantity must be positive"}'


def stands(exchange: Exchange, status: int, outcome: Outcome, *marks: BodyMark) -> None:
    assert (exchange.status, classify(exchange), exchange.failure) == (status, outcome, None)
    assert exchange.body_marks == set(marks)


def gzipped(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = gzip.compress(content, mtime=0)  # the time would get into the names of the tests
    return content


def coded(content: bytes, coding: str) -> Behaviour:
    return says(answer("400 Bad Request", content, f"Content-Encoding: {coding}"))


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(drips(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 900\r\n\r\n", b"a"), id="a byte at a time"),
        pytest.param(
            drips(b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
            id="a chunk at a time",
        ),
        pytest.param(drips(b"HTTP/1.1 400 Bad Request\r\n\r\n", b"a"), id="without a length"),
    ],
)
def test_a_body_that_drips_is_left_at_the_deadline_and_the_status_stands(behave: Behaviour) -> None:
    exchange = exchange_with(behave, deadline_s=DEADLINE_S)
    stands(exchange, 400, Outcome.REJECTED, BodyMark.DRIPPED)
    assert exchange.response_body.startswith(b"aaa")
    assert exchange.timings.total_ms is not None
    assert DEADLINE_S * 1000 <= exchange.timings.total_ms < AT_MOST_MS


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(
            drips(b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"), id="a chunk size that drips"
        ),
        pytest.param(
            floods(b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
            id="trailers without end",
        ),
    ],
)
def test_framing_without_end_is_left_at_the_deadline(behave: Behaviour) -> None:
    exchange = exchange_with(behave, deadline_s=DEADLINE_S)
    assert exchange.status == 400
    assert exchange.body_marks & {BodyMark.DRIPPED, BodyMark.CUT}
    assert exchange.timings.total_ms is not None
    assert exchange.timings.total_ms < AT_MOST_MS


@pytest.mark.parametrize(
    "head", [b"Content-Length: 400000000\r\n\r\n", b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n5f5e100\r\n"]
)
def test_a_huge_body_is_kept_in_part_and_in_flat_memory(head: bytes) -> None:
    tracemalloc.start()
    try:
        exchange = exchange_with(floods(b"HTTP/1.1 500 Oops\r\n" + head, b"a" * 65536), deadline_s=20)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    stands(exchange, 500, Outcome.SERVER_ERROR, BodyMark.TOO_LARGE)
    assert exchange.response_body == b"a" * KEPT_BYTES
    assert exchange.response_size > KEPT_BYTES
    assert peak < 4_000_000
    assert exchange.timings.total_ms is not None
    assert exchange.timings.total_ms < 5000


@pytest.mark.parametrize("times", [1, 2])
def test_a_gzip_bomb_is_kept_in_part_and_in_flat_memory(times: int) -> None:
    bomb = gzipped(b"\0" * 50_000_000, times)
    coding = ", ".join(["gzip"] * times)
    tracemalloc.start()
    try:
        exchange = exchange_with(coded(bomb, coding))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    stands(exchange, 400, Outcome.REJECTED, BodyMark.TOO_LARGE)
    assert exchange.response_body == b"\0" * KEPT_BYTES
    assert peak < 4_000_000


@pytest.mark.parametrize(
    ("content", "coding"),
    [
        (gzipped(REFUSAL), "gzip"),
        (gzipped(REFUSAL), "x-gzip"),
        (gzipped(REFUSAL), "GZIP, identity"),
        (gzipped(REFUSAL, 2), "gzip, gzip"),
        (zlib.compress(REFUSAL), "deflate"),
        (zlib.compress(REFUSAL)[2:-4], "deflate"),
        (REFUSAL, "identity"),
    ],
)
def test_a_coded_body_is_decoded(content: bytes, coding: str) -> None:
    exchange = exchange_with(coded(content, coding))
    stands(exchange, 400, Outcome.REJECTED)
    assert exchange.response_body == REFUSAL
    assert exchange.response_size == len(content)


@pytest.mark.parametrize(
    ("content", "coding"),
    [
        (b"\x8b\x17\x80" + REFUSAL + b"\x03", "br"),
        (b"\x28\xb5\x2f\xfd\x04\x00wulan", "zstd"),
        (REFUSAL, "gzip"),
        (gzipped(REFUSAL, 3), "gzip, gzip, gzip"),
        (gzipped(REFUSAL), "gzip, br"),
        (REFUSAL, "made-up"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_kept_as_it_came(content: bytes, coding: str) -> None:
    exchange = exchange_with(coded(content, coding))
    stands(exchange, 400, Outcome.REJECTED, BodyMark.UNDECODABLE)
    assert exchange.response_body == content


def test_a_gzip_stream_that_ends_early_is_kept_as_far_as_it_goes() -> None:
    lines = b"".join(b"order %d of Wulan\n" % number for number in range(3000))
    exchange = exchange_with(coded(gzipped(lines)[:3000], "gzip"))
    stands(exchange, 400, Outcome.REJECTED, BodyMark.CUT)
    assert lines.startswith(exchange.response_body)
    assert len(exchange.response_body) > 3000


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 400 Bad Request\r\nContent-Length: 99\r\n\r\n",
        b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n99\r\n",
        b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n",
    ],
)
def test_a_body_shorter_than_announced_is_marked_cut(head: bytes) -> None:
    exchange = exchange_with(says_and_closes(head + b'{"cut":'))
    stands(exchange, 400, Outcome.REJECTED, BodyMark.CUT)
    assert exchange.response_body == b'{"cut":'


def test_chunks_without_a_size_are_marked_cut() -> None:
    head = b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n"
    stands(exchange_with(says(head + b"wulan\r\nwulan\r\n")), 400, Outcome.REJECTED, BodyMark.CUT)


@pytest.mark.parametrize(
    "lengths", ["Content-Length: 5\r\nContent-Length: 7", "Content-Length: -4", "Content-Length: five"]
)
def test_a_length_that_makes_no_sense_does_not_cost_the_status(lengths: str) -> None:
    exchange = exchange_with(says_and_closes(f"HTTP/1.1 400 Bad Request\r\n{lengths}\r\n\r\nWulan".encode()))
    assert (exchange.status, classify(exchange)) == (400, Outcome.REJECTED)
    assert exchange.response_body == b"Wulan" or BodyMark.CUT in exchange.body_marks


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xff\xfe{}", id="a byte order mark of UTF-16"),
        pytest.param(b"\xef\xbb\xbf{}", id="a byte order mark of UTF-8"),
        pytest.param(b'{"a":"\xc3\x28"}', id="invalid UTF-8"),
        pytest.param(b'{"a":"\\u0000 \\ud800"}', id="NUL and a lone surrogate, escaped"),
        pytest.param(b"[" * 60_000, id="nested deep"),
        pytest.param(b"9" * 5_000, id="a number of 5,000 digits"),
        pytest.param(b"[NaN,1e400]", id="no number"),
        pytest.param(b"<!doctype html><title>Bad gateway</title>", id="HTML"),
    ],
)
def test_content_of_any_kind_comes_as_its_bytes(content: bytes) -> None:
    kind = "Content-Type: application/json; charset=utf-16"
    exchange = exchange_with(says(answer("400 Bad Request", content, kind)))
    stands(exchange, 400, Outcome.REJECTED)
    assert exchange.response_body == content
    assert ("Content-Type", "application/json; charset=utf-16") in exchange.response_headers


def test_a_204_with_a_body_is_accepted() -> None:
    stands(exchange_with(says(answer("204 No Content", b"surprise"))), 204, Outcome.ACCEPTED)


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_another_2xx_is_unexpected(status: int) -> None:
    exchange = exchange_with(says(answer(f"{status} Fine", b"<html>", "Content-Type: text/html")))
    stands(exchange, status, Outcome.UNEXPECTED)


def test_the_headers_of_an_answer_come_in_order_and_capped() -> None:
    many = "\r\n".join(f"X-{number}: {'b' * 3000}" for number in range(30))
    head = f"HTTP/1.1 204 No Content\r\nX-Long: {'a' * 9000}\r\nX-Twice: 1\r\nX-Twice: 2\r\n{many}\r\n\r\n"
    exchange = exchange_with(says(head.encode()))
    names = [name for name, _ in exchange.response_headers]
    assert names[:4] == ["X-Long", "X-Twice", "X-Twice", "X-0"]
    assert exchange.response_headers[0][1] == "a" * 4096 + "…"
    assert sum(len(name) + len(value) for name, value in exchange.response_headers) <= 32 * 1024


def test_a_header_that_cannot_be_parsed_costs_no_status_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    exchange = exchange_with(says_and_closes(b"HTTP/1.1 204 No Content\r\nwulan.pertiwi@contoh.id\r\n\r\n"))
    assert classify(exchange) is Outcome.ACCEPTED
    assert caplog.records == []


def test_the_usual_answer_is_accepted() -> None:
    stands(exchange_with(says(NO_CONTENT)), 204, Outcome.ACCEPTED)
