"""Answers that tell the caller what to do next: nothing of it is done here, all of it is recorded."""

import pytest

from events.delivery.client import Client
from events.domain.outcome import Outcome, classify
from tests.delivery.faults import KEY, answer, exchange_with, post, says, serving


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_recorded_and_neither_key_nor_body_goes_there(status: int) -> None:
    with serving() as elsewhere:
        moved = answer(f"{status} Moved", b"", f"Location: {elsewhere.origin}/thief")
        with serving(says(moved)) as server:
            exchange = post(Client(), server.origin, deadline_s=2)
    assert (exchange.status, classify(exchange)) == (status, Outcome.UNEXPECTED)
    assert ("Location", f"{elsewhere.origin}/thief") in exchange.response_headers
    assert (len(server.requests), elsewhere.connections) == (1, 0)


def test_a_redirect_with_a_huge_body_is_not_read_to_its_end() -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 900000000\r\n\r\n"
    exchange = exchange_with(says(head + b"a" * 200_000), deadline_s=5)
    assert (exchange.status, len(exchange.response_body)) == (302, 65536)
    assert exchange.timings.total_ms is not None
    assert exchange.timings.total_ms < 2000


def test_switching_protocols_is_unexpected_and_ends_the_connection() -> None:
    switched = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
    client = Client()
    with serving(says(switched)) as server:
        outcomes = [classify(post(client, server.origin)) for _ in range(2)]
    assert (outcomes, server.connections) == ([Outcome.UNEXPECTED] * 2, 2)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("400 Bad Request", Outcome.REJECTED),
        ("401 Unauthorized", Outcome.REJECTED),
        ("403 Forbidden", Outcome.REJECTED),
        ("404 Not Found", Outcome.NOT_FOUND),
        ("407 Proxy Authentication Required", Outcome.REJECTED),
        ("422 Unprocessable Content", Outcome.REJECTED),
        ("429 Too Many Requests", Outcome.RATE_LIMITED),
        ("500 Internal Server Error", Outcome.SERVER_ERROR),
        ("502 Bad Gateway", Outcome.SERVER_ERROR),
        ("503 Service Unavailable", Outcome.SERVER_ERROR),
    ],
)
def test_an_answer_is_recorded_once_as_it_came(status: str, outcome: Outcome) -> None:
    words = b"Too many requests, try again later. wulan.pertiwi@contoh.id"
    headers = ("Retry-After: 30", "X-Ratelimit-Reset: 1790000000", 'WWW-Authenticate: Basic realm="x"')
    with serving(says(answer(status, words, *headers))) as server:
        exchange = post(Client(), server.origin)
    assert classify(exchange) is outcome
    assert (f"{exchange.status} {exchange.reason}", exchange.response_body) == (status, words)
    assert {header.partition(":")[0] for header in headers} <= {name for name, _ in exchange.response_headers}
    assert len(server.requests) == 1


def test_the_key_never_shows_in_what_is_returned() -> None:
    exchange = exchange_with(says(answer("400 Bad Request", b"{}")))
    assert KEY not in repr(exchange)
    assert dict(exchange.request_headers)["X-Scalev-Storefront-Api-Key"] == "sfpk_…1234"
