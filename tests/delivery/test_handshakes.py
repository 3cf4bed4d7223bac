"""Why a secure connection did not come about: nothing left, and each cause is told from the others."""

import socket
import ssl
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from events.delivery import guard
from events.delivery.client import Client
from events.domain.exchange import Exchange, Failure
from events.domain.outcome import Outcome, classify
from tests.delivery.faults import NO_CONTENT, Behaviour, never_left, post, resets, says, serving

NAME = "events.contoh.id"
HERE = "127.0.0.1"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
HANDSHAKE_REFUSED = b"\x15\x03\x03\x00\x02\x02\x28"  # a record of its own: alert, fatal, handshake_failure


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


@pytest.fixture
def client(ca_file: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Trusts the authority alone, and finds every name on this machine."""
    monkeypatch.setattr(guard, "may_reach", lambda address, *, loopback: True)
    client = Client(ca_file=ca_file, resolver=lambda host, port: [HERE])
    yield client
    client.close()


def presenting(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def presenting_its_own(folder: Path) -> ssl.SSLContext:
    """A certificate for this host that nobody signed but its own key."""
    key, whose = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={NAME}")
    certificate = (
        x509.CertificateBuilder(whose, whose, key.public_key(), x509.random_serial_number(), NOW - DAY, NOW + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "own.pem").write_bytes(key.private_bytes(pem, form, plain) + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return context


def called(client: Client, tls: ssl.SSLContext, host: str = HERE) -> Exchange:
    """Call a server that would take the event, if only the client went on."""
    with serving(says(NO_CONTENT), tls=tls) as server:
        exchange = post(client, f"https://{host}:{server.port}")
    assert server.connections == 1
    assert server.requests == []
    return exchange


def test_a_certificate_that_only_its_own_key_signed_is_not_trusted(client: Client, tmp_path: Path) -> None:
    exchange = called(client, presenting_its_own(tmp_path))

    never_left(exchange, Failure.CERTIFICATE_UNTRUSTED)
    assert "self" in exchange.failure_detail


def test_a_certificate_of_an_unknown_authority_is_not_trusted(client: Client) -> None:
    never_left(called(client, presenting(trustme.CA().issue_cert(HERE))), Failure.CERTIFICATE_UNTRUSTED)


def test_a_certificate_that_ran_out_has_expired(client: Client, authority: trustme.CA) -> None:
    expired = authority.issue_cert(HERE, not_before=NOW - 9 * DAY, not_after=NOW - DAY)

    exchange = called(client, presenting(expired))

    never_left(exchange, Failure.CERTIFICATE_EXPIRED)
    assert exchange.failure_detail == "certificate has expired"


def test_a_certificate_of_tomorrow_comes_too_early(client: Client, authority: trustme.CA) -> None:
    early = authority.issue_cert(HERE, not_before=NOW + DAY, not_after=NOW + 9 * DAY)

    exchange = called(client, presenting(early))

    never_left(exchange, Failure.CERTIFICATE_EARLY)
    assert exchange.failure_detail == "certificate is not yet valid"


@pytest.mark.parametrize("host", [pytest.param(NAME, id="name"), pytest.param(HERE, id="address")])
def test_a_certificate_for_another_host_is_told_by_its_name(client: Client, authority: trustme.CA, host: str) -> None:
    exchange = called(client, presenting(authority.issue_cert("other.contoh.id")), host)

    never_left(exchange, Failure.CERTIFICATE_NAME)
    assert exchange.failure_detail.endswith(f"certificate is not valid for '{host}'")


def test_a_server_of_the_last_century_fails_in_the_handshake(client: Client, authority: trustme.CA) -> None:
    context = presenting(authority.issue_cert(HERE))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1

    exchange = called(client, context)

    never_left(exchange, Failure.HANDSHAKE)
    assert "protocol" in exchange.failure_detail


@pytest.mark.parametrize(
    ("greet", "words"),
    [
        pytest.param(resets, "reset", id="reset"),
        pytest.param(lambda connection: connection.close(), "the connection was closed", id="closed"),
        pytest.param(says(HANDSHAKE_REFUSED), "the other side refused it: handshake failure", id="alert"),
        # What OpenSSL makes of this differs with its version.
        pytest.param(says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "", id="plain HTTP"),
    ],
)
def test_a_handshake_that_breaks_off_blames_no_certificate(client: Client, greet: Behaviour, words: str) -> None:
    def after_the_hello(connection: socket.socket) -> None:
        connection.recv(65536)
        greet(connection)

    with serving(greet=after_the_hello) as server:
        exchange = post(client, server.origin.replace("http:", "https:"))

    never_left(exchange, Failure.HANDSHAKE)
    assert words in exchange.failure_detail


def test_the_name_stays_the_one_asked_for_and_checked_in_the_handshake(client: Client, authority: trustme.CA) -> None:
    asked: list[str | None] = []
    context = presenting(authority.issue_cert(NAME))
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    with serving(says(NO_CONTENT), tls=context) as server:
        exchange = post(client, f"https://{NAME}:{server.port}")
    assert (classify(exchange), asked) == (Outcome.ACCEPTED, [NAME])
    assert exchange.peer == f"127.0.0.1:{server.port}"
    assert f"Host: {NAME}:{server.port}".encode() in server.requests[0]
    assert None not in (exchange.timings.dns_ms, exchange.timings.connect_ms, exchange.timings.tls_ms)
