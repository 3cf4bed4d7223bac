"""Answers whose body is wrong in itself."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from events.sandbox.running import Running
from tests.sandbox.talk import Reply, post


def of(slug: str, sandbox: Running) -> Reply:
    reply = post(sandbox, store_id=f"store_sandbox_{slug}")
    assert reply.status == 400
    return reply


def test_a_body_can_be_no_utf_8(sandbox: Running) -> None:
    with pytest.raises(UnicodeDecodeError):
        of("invalid_utf8", sandbox).body.decode()


def test_a_body_can_name_a_charset_that_does_not_exist(sandbox: Running) -> None:
    charset = of("bad_charset", sandbox).headers["content-type"].partition("charset=")[2]
    with pytest.raises(LookupError):
        "".encode(charset)


def test_a_body_can_be_nested_deeper_than_a_reader_follows(sandbox: Running) -> None:
    with pytest.raises(RecursionError):
        of("deep_json", sandbox).json()


def test_a_body_can_hold_nul_and_half_a_surrogate_pair(sandbox: Running) -> None:
    error = of("nul_json", sandbox).json()["error"]
    assert "\x00" in error
    assert "\ud800" in error


def test_a_body_can_hold_numbers_and_keys_that_readers_choke_on(sandbox: Running) -> None:
    reply = of("odd_json", sandbox)
    with pytest.raises(ValueError, match="digits"):
        reply.json()
    assert reply.body.count(b'"error"') == 2
    assert b"NaN" in reply.body


def test_a_body_can_end_in_the_middle_of_its_json(sandbox: Running) -> None:
    with pytest.raises(json.JSONDecodeError):
        of("not_json", sandbox).json()


def test_a_body_can_start_with_a_byte_order_mark(sandbox: Running) -> None:
    assert of("byte_order_mark", sandbox).body.startswith(b"\xef\xbb\xbf{")


def test_a_few_kilobytes_can_unpack_to_megabytes(sandbox: Running) -> None:
    reply = of("gzip_bomb", sandbox)
    assert reply.headers["content-encoding"] == "gzip"
    assert len(reply.body) < 100_000
    assert len(gzip.decompress(reply.body)) == 16_000_000


def test_a_body_can_be_compressed_twice(sandbox: Running) -> None:
    reply = of("gzip_twice", sandbox)
    assert reply.headers["content-encoding"] == "gzip, gzip"
    assert json.loads(gzip.decompress(gzip.decompress(reply.body)))["error"] == "Bad request"


def test_a_body_can_claim_a_compression_that_it_lacks(sandbox: Running) -> None:
    reply = of("not_gzip", sandbox)
    assert reply.headers["content-encoding"] == "gzip"
    with pytest.raises(zlib.error):
        zlib.decompress(reply.body, 31)


def test_an_error_can_try_to_run_as_html(sandbox: Running) -> None:
    assert "<script>" in of("markup", sandbox).json()["error"]
