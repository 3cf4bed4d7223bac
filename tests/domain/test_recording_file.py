"""A HAR file is read piece by piece, and a file that is none is told apart in plain words."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from events.domain.recording import Unreadable, entries
from events.domain.recording.entry import Entry
from events.domain.recording.har import LONGEST_VALUE, PIECE
from events.domain.recording.scanner import Scanner
from tests.recordings import COOKIE, KEY, PIXEL, call, entry, event, file, har, hit, visit

MOST = 10_000_000


def read(source: bytes, most: int = MOST) -> list[Entry]:
    return list(entries(io.BytesIO(source), most))


def refusal(source: bytes, most: int = MOST) -> str:
    with pytest.raises(Unreadable) as caught:
        read(source, most)
    return str(caught.value.text)


def test_each_call_is_read_with_what_is_judged_of_it() -> None:
    (found,) = read(har(call(event("Purchase", "ord-88213"), seconds=1.5)))

    assert (found.number, found.method, found.status, found.mime) == (1, "POST", 204, "application/json")
    assert found.at is not None
    assert found.at.isoformat() == "2026-11-23T03:00:01.500000+00:00"
    assert json.loads(found.body)["events"][0]["event_id"] == "ord-88213"


def test_neither_cookies_nor_keys_nor_answers_are_ever_held() -> None:
    held = repr(read(har(*visit())))

    assert PIXEL in held
    assert [secret for secret in (COOKIE, KEY, 'a"]}') if secret in held] == []


def test_no_header_and_no_cookie_is_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read_values: list[str] = []
    value = Scanner.value

    def noted(scanner: Scanner, most: int) -> object:
        found = value(scanner, most)
        read_values.append(repr(found))
        return found

    monkeypatch.setattr(Scanner, "value", noted)
    read(har(*visit()))

    assert any(PIXEL in each for each in read_values)
    assert [each for each in read_values if COOKIE in each or KEY in each] == []


class Endless(io.RawIOBase):
    """A recording of ten thousand calls with answers of 64 KB, written while it is read."""

    def __init__(self) -> None:
        answer = json.dumps(entry("https://batiknusantara.contoh.id/app.js")).replace('\\"]}', "x\\n\\\\" * 13_000)
        self._parts = itertools.chain(
            [b'{"log": {"entries": ['], itertools.repeat(f"{answer},".encode(), 10_000), [har(hit("Lead"))[-900:]]
        )
        self._left = b""
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size:
            self._left += next(self._parts, b"")
        given, self._left = self._left[:size], self._left[size:]
        self.given += len(given)
        return given


def test_of_a_file_of_any_size_only_a_piece_is_held() -> None:
    source = Endless()
    tracemalloc.start()
    try:
        for found in itertools.islice(entries(source, 10**10), 400):  # type: ignore[arg-type]  # it only reads
            assert found.body == ""
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert source.given > 20_000_000
    assert peak < 30 * PIECE


def test_no_more_is_read_than_was_asked_for() -> None:
    source = Endless()

    next(entries(source, 10**10))  # type: ignore[arg-type]  # it only reads

    assert source.given <= 3 * PIECE


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_the_place_where_a_piece_ends_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = entry('https://toko.contoh.id/?q="\\}]é"', posted={"text": 'a\\"b\\u00e9 {[ "', "mimeType": "text/plain"})
    whole = har(odd, *visit()).replace(b"378000", b"378000.00 ")
    expected = read(whole)

    monkeypatch.setattr("events.domain.recording.har.PIECE", size)

    assert read(whole) == expected


def test_a_body_that_is_too_large_to_be_kept_costs_itself_only() -> None:
    large = call(event("Purchase", "x" * LONGEST_VALUE))

    one, two = read(har(large, hit("Lead", "lead-1")))

    assert (one.is_cut, one.body) == (True, "")
    assert "ev=Lead" in two.url


def test_of_a_body_that_is_too_large_no_more_is_held_than_may_be_kept() -> None:
    whole = io.BytesIO(har(call(event("Purchase", "x" * 30 * LONGEST_VALUE))))
    tracemalloc.start()
    try:
        (found,) = entries(whole, 10**9)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert found.is_cut
    assert peak < 4 * LONGEST_VALUE


@pytest.mark.parametrize("pack", [gzip.compress, bytes, lambda whole: b"\xef\xbb\xbf" + whole])
def test_a_packed_or_marked_file_is_read_too(pack: Callable[[bytes], bytes]) -> None:
    assert len(read(pack(har(*visit())))) == len(visit())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"<!doctype html><html>", "web page"),
        (b"\xef\xbb\xbf  <html>", "web page"),
        (b"PK\x03\x04\x14\x00", "ZIP archive"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"wulan.pertiwi@contoh.id", "no HAR file"),
        (b'["log"]', "no HAR file"),
        (b'{"events": []}', "no recording"),
        (b'{"log": {"entries": {}}}', "no recording"),
        (b'{"log": [1, 2]}', "no recording"),
        (b'{"log" {}}', "no HAR file"),
        (b'{"log": {"entries": [', "before its first call"),
        (har(*visit())[:-40], "breaks off after 11 calls"),
        (har(hit("Lead"), hit("Lead")).replace(b"}, {", b"} {"), "damaged"),
        (gzip.compress(har(*visit()), mtime=0)[:-30], "breaks off"),
        (gzip.compress(har(), mtime=0)[:12] + b"\xff" * 40, "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_whole_recording_is_named(source: bytes, words: str) -> None:
    assert words in refusal(source)


def test_a_file_may_not_unpack_to_more_than_is_read() -> None:
    bomb = gzip.compress(b'{"log": ' + b" " * 5_000_000)
    assert len(bomb) < 10_000

    assert "larger than 1 MB" in refusal(bomb, most=1_000_000)


def test_a_packed_file_that_ends_early_gives_no_more_than_it_holds() -> None:
    packer = zlib.compressobj(wbits=31)
    whole = packer.compress(har(*visit())) + packer.flush(zlib.Z_SYNC_FLUSH)

    assert len(read(whole)) == len(visit())


def test_what_has_another_type_than_the_format_asks_for_counts_as_not_there() -> None:
    odd = {"startedDateTime": 7, "request": {"url": None, "method": [], "postData": "x"}, "response": {"status": True}}

    (found,) = read(har(odd))

    assert found == Entry(1, None, "", "")


def test_entries_that_are_no_calls_are_passed_over() -> None:
    source = file(hit("Lead")).getvalue().replace(b'"entries": [', b'"entries": [null, 7, "x", [], ')

    assert len(read(source)) == 1
