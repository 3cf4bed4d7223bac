"""Misbehaviour on the wire, seen from a bare socket."""

from __future__ import annotations

import contextlib
import socket
import time

import pytest

from events.sandbox.running import QUICK, Running, running_sandbox
from tests.sandbox.talk import everything, line, post


def all_of(slug: str, sandbox: Running) -> bytes:
    with line(sandbox, f"store_sandbox_{slug}") as connection:
        return everything(connection)


def first_blocks(slug: str, sandbox: Running, count: int) -> list[bytes]:
    """What comes in the first few reads, each as long as it comes without waiting."""
    with line(sandbox, f"store_sandbox_{slug}") as connection:
        return [connection.recv(4096) for _ in range(count)]


def split(data: bytes) -> tuple[bytes, bytes]:
    head, _, body = data.partition(b"\r\n\r\n")
    return head, body


def test_the_slow_store_answers_by_the_contract_after_its_time(sandbox: Running) -> None:
    began = time.monotonic()
    assert post(sandbox, store_id="store_sandbox_slow").status == 204
    assert time.monotonic() - began >= QUICK.slow_seconds
    assert post(sandbox, b"{}", store_id="store_sandbox_slow").status == 400


def test_the_silent_store_sends_nothing_and_keeps_the_connection(sandbox: Running) -> None:
    with line(sandbox, "store_sandbox_hang") as connection:
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_silence_ends_after_its_time() -> None:
    with running_sandbox(pace=type(QUICK)(hang_seconds=0.2)) as sandbox:
        assert all_of("hang", sandbox) == b""


def test_headers_can_drip_and_never_end(sandbox: Running) -> None:
    blocks = first_blocks("drip_headers", sandbox, 8)
    assert b"HTTP/1.1".startswith(b"".join(blocks)[:8])
    assert {len(block) for block in blocks} == {1}


def test_continue_can_come_over_and_over(sandbox: Running) -> None:
    with line(sandbox, "store_sandbox_continue_flood") as connection:
        data = b""
        while data.count(b"\r\n\r\n") < 5:
            data += connection.recv(4096)
    assert set(data.split(b"\r\n\r\n")) == {b"HTTP/1.1 100 Continue", b""}


def test_the_connection_can_close_without_an_answer(sandbox: Running) -> None:
    assert all_of("hang_up", sandbox) == b""


def test_the_connection_can_be_reset(sandbox: Running) -> None:
    with pytest.raises(ConnectionResetError):
        all_of("reset", sandbox)


def test_the_connection_can_close_inside_the_headers(sandbox: Running) -> None:
    data = all_of("half_headers", sandbox)
    assert data.startswith(b"HTTP/1.1 204 ")
    assert b"\r\n\r\n" not in data


def test_the_answer_can_be_no_http(sandbox: Running) -> None:
    assert not all_of("garbage", sandbox).startswith(b"HTTP/")


def test_there_can_be_more_headers_than_a_client_takes(sandbox: Running) -> None:
    assert all_of("many_headers", sandbox).count(b"\r\n") > 150


def test_a_header_can_be_longer_than_a_client_takes(sandbox: Running) -> None:
    assert max(map(len, all_of("long_header", sandbox).split(b"\r\n"))) > 65_536


def test_204_can_come_with_a_body(sandbox: Running) -> None:
    head, body = split(all_of("no_content_body", sandbox))
    assert head.startswith(b"HTTP/1.1 204 ")
    assert body == b'{"message": "ok"}'


def test_another_protocol_can_be_offered(sandbox: Running) -> None:
    assert all_of("switch", sandbox).startswith(b"HTTP/1.1 101 Switching Protocols\r\n")


def test_half_of_the_body_promised_can_come(sandbox: Running) -> None:
    head, body = split(all_of("half_body", sandbox))
    assert f"Content-Length: {2 * len(body)}".encode() in head


def test_a_body_can_drip_after_whole_headers(sandbox: Running) -> None:
    with line(sandbox, "store_sandbox_drip_body") as connection:
        head, body = split(connection.recv(4096))
        assert head.startswith(b"HTTP/1.1 400 ")
        assert len(body) <= 1
        assert len(connection.recv(4096)) == 1


def test_chunks_can_drip(sandbox: Running) -> None:
    with line(sandbox, "store_sandbox_drip_chunks") as connection:
        head, body = split(connection.recv(4096))
        assert b"Transfer-Encoding: chunked" in head
        body += connection.recv(4096)
        assert body.startswith(b"1\r\n{\r\n")


def test_a_body_can_be_huge_and_is_still_json_of_the_length_promised(sandbox: Running) -> None:
    head, body = split(all_of("huge", sandbox))
    assert len(body) == QUICK.huge_bytes
    assert f"Content-Length: {QUICK.huge_bytes}".encode() in head
    assert (body[:11], body[-2:]) == (b'{"error": "', b'"}')


@pytest.mark.parametrize("slug", ["hang", "drip_headers", "drip_body", "slow", "continue_flood", "huge"])
def test_a_client_that_leaves_early_does_no_harm(sandbox: Running, slug: str) -> None:
    with line(sandbox, f"store_sandbox_{slug}") as connection:
        connection.shutdown(socket.SHUT_WR)
    assert post(sandbox).status == 204


def test_a_hanging_client_does_not_hold_up_the_end_of_the_sandbox() -> None:
    with contextlib.ExitStack() as lines:
        with running_sandbox() as sandbox:
            for slug in ("hang", "drip_headers", "slow", "continue_flood"):
                lines.enter_context(line(sandbox, f"store_sandbox_{slug}"))
            assert post(sandbox).status == 204
            began = time.monotonic()
        assert time.monotonic() - began < 2
