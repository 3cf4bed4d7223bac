"""Faults before the first byte of the request: nothing left, so a machine may try again."""

import contextlib
import socket
import threading
import time

import pytest

from events.delivery import guard
from events.delivery.client import Client
from events.delivery.sockets import TimedSocket
from events.domain.exchange import Exchange, Failure
from tests.delivery.faults import NO_CONTENT, never_left, post, says, serving, silence

NAME = "events.contoh.id"
DEADLINE_S = 0.5
AT_MOST_MS = 3000


def in_time(exchange: Exchange) -> None:
    assert exchange.timings.total_ms is not None
    assert DEADLINE_S * 900 <= exchange.timings.total_ms < AT_MOST_MS


def test_a_name_that_is_unknown_leaves_nothing() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    exchange = post(Client(resolver=unknown), f"https://{NAME}")
    never_left(exchange, Failure.DNS)
    assert exchange.timings.dns_ms is not None


def test_a_name_without_an_address_leaves_nothing() -> None:
    never_left(post(Client(resolver=lambda host, port: []), f"https://{NAME}"), Failure.DNS)


def test_a_resolver_that_hangs_cannot_hold_a_send_past_the_deadline() -> None:
    answered = threading.Event()

    def hanging(host: str, port: int) -> list[str]:
        answered.wait(10)
        return []

    exchange = post(Client(resolver=hanging), f"https://{NAME}", deadline_s=DEADLINE_S)
    answered.set()
    never_left(exchange, Failure.DNS)
    in_time(exchange)


def test_a_refused_connection_leaves_nothing() -> None:
    with serving() as server:
        pass
    exchange = post(Client(), server.origin)
    never_left(exchange, Failure.REFUSED)
    assert "refused" in exchange.failure_detail


def test_a_connection_that_nobody_takes_ends_at_the_deadline() -> None:
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # the kernel drops further connections once these wait
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        time.sleep(0.05)
        exchange = post(Client(), f"http://127.0.0.1:{listener.getsockname()[1]}", deadline_s=DEADLINE_S)
    never_left(exchange, Failure.CONNECT_TIMEOUT)
    in_time(exchange)


def test_a_handshake_that_stalls_ends_at_the_deadline() -> None:
    done = threading.Event()
    with serving(greet=lambda _: done.wait(9)) as server:
        exchange = post(Client(), server.origin.replace("http:", "https:"), deadline_s=DEADLINE_S)
        done.set()
    never_left(exchange, Failure.CONNECT_TIMEOUT)
    in_time(exchange)


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "10.0.0.7"], ["::ffff:127.0.0.1"]])
def test_a_name_that_has_come_to_lead_inside_is_not_called(answers: list[str]) -> None:
    with serving(says(NO_CONTENT)) as server:
        client = Client(resolver=lambda host, port: answers)
        exchange = post(client, f"https://{NAME}:{server.port}")
    never_left(exchange, Failure.BLOCKED_ADDRESS)
    assert server.connections == 0


def test_a_connection_that_ends_elsewhere_than_chosen_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    straight = socket.socket.connect
    with serving(says(NO_CONTENT)) as server:
        inside = ("127.0.0.1", server.port)
        monkeypatch.setattr(TimedSocket, "connect", lambda self, address: straight(self, inside), raising=False)
        exchange = post(Client(resolver=lambda host, port: ["93.184.215.14"]), f"https://{NAME}")
    never_left(exchange, Failure.BLOCKED_ADDRESS)
    assert server.requests == []


def test_a_dead_address_does_not_eat_the_time_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    straight = socket.socket.connect

    def connect(self: TimedSocket, address: tuple[str, int]) -> None:
        if address[0] == "127.0.0.2":
            time.sleep(self.gettimeout() or 0)
            raise TimeoutError
        straight(self, address)

    monkeypatch.setattr(TimedSocket, "connect", connect, raising=False)
    monkeypatch.setattr(guard, "may_reach", lambda address, *, loopback: True)
    with serving(silence) as server:
        client = Client(resolver=lambda host, port: ["127.0.0.2", "127.0.0.1"])
        post(client, f"https://{NAME}:{server.port}", deadline_s=DEADLINE_S)
        assert server.connections == 1
