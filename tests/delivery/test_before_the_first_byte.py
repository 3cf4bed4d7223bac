"""Faults before the first byte of the request: nothing left, so a machine may try again."""

import contextlib
import datetime
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from events.delivery import guard
from events.delivery.client import Client
from events.delivery.sockets import TimedSocket
from events.domain.exchange import Exchange, Failure
from events.domain.outcome import Outcome, classify
from tests.delivery.faults import NO_CONTENT, Behaviour, post, resets, says, serving, silence

NAME = "events.contoh.id"
DEADLINE_S = 0.5
AT_MOST_MS = 3000
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)


def never_left(exchange: Exchange, failure: Failure) -> None:
    assert (classify(exchange), exchange.failure) == (Outcome.UNREACHABLE, failure)
    assert not exchange.bytes_may_have_left
    assert exchange.request_headers == ()
    assert exchange.failure_detail


def in_time(exchange: Exchange) -> None:
    assert exchange.timings.total_ms is not None
    assert DEADLINE_S * 900 <= exchange.timings.total_ms < AT_MOST_MS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


@pytest.fixture
def client(ca_file: str) -> Iterator[Client]:
    client = Client(ca_file=ca_file)
    yield client
    client.close()


def presenting(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


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


def test_an_expired_certificate_leaves_nothing(client: Client, authority: trustme.CA) -> None:
    expired = authority.issue_cert("127.0.0.1", not_before=YESTERDAY - datetime.timedelta(days=9), not_after=YESTERDAY)
    with serving(silence, tls=presenting(expired)) as server:
        exchange = post(client, server.origin)
    never_left(exchange, Failure.TLS)
    assert exchange.failure_detail == "certificate has expired"


def test_a_certificate_of_an_unknown_authority_leaves_nothing(client: Client) -> None:
    with serving(silence, tls=presenting(trustme.CA().issue_cert("127.0.0.1"))) as server:
        never_left(post(client, server.origin), Failure.TLS)


def test_a_certificate_for_another_name_leaves_nothing(client: Client, authority: trustme.CA) -> None:
    with serving(silence, tls=presenting(authority.issue_cert("other.contoh.id"))) as server:
        exchange = post(client, server.origin)
    never_left(exchange, Failure.TLS)
    assert server.requests == []


def test_a_server_of_the_last_century_leaves_nothing(client: Client, authority: trustme.CA) -> None:
    context = presenting(authority.issue_cert("127.0.0.1"))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    with serving(silence, tls=context) as server:
        exchange = post(client, server.origin)
    never_left(exchange, Failure.TLS)
    assert server.requests == []


@pytest.mark.parametrize(
    "greet",
    [
        pytest.param(resets, id="reset"),
        pytest.param(lambda connection: connection.close(), id="closed"),
        pytest.param(says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), id="plain HTTP"),
    ],
)
def test_a_handshake_that_breaks_off_leaves_nothing(client: Client, greet: Behaviour) -> None:
    def after_the_hello(connection: socket.socket) -> None:
        connection.recv(65536)
        greet(connection)

    with serving(greet=after_the_hello) as server:
        exchange = post(client, server.origin.replace("http:", "https:"))
    never_left(exchange, Failure.TLS)


def test_a_handshake_that_stalls_ends_at_the_deadline(client: Client) -> None:
    done = threading.Event()
    with serving(greet=lambda _: done.wait(9)) as server:
        exchange = post(client, server.origin.replace("http:", "https:"), deadline_s=DEADLINE_S)
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


def test_the_name_stays_the_one_asked_for_and_checked_in_the_handshake(
    ca_file: str, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    context = presenting(authority.issue_cert(NAME))
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    monkeypatch.setattr(guard, "may_reach", lambda address, *, loopback: True)
    client = Client(ca_file=ca_file, resolver=lambda host, port: ["127.0.0.1"])
    with serving(says(NO_CONTENT), tls=context) as server:
        exchange = post(client, f"https://{NAME}:{server.port}")
    assert (classify(exchange), asked) == (Outcome.ACCEPTED, [NAME])
    assert exchange.peer == f"127.0.0.1:{server.port}"
    assert f"Host: {NAME}:{server.port}".encode() in server.requests[0]
    assert None not in (exchange.timings.dns_ms, exchange.timings.connect_ms, exchange.timings.tls_ms)


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
