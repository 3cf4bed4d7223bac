"""There is no file that makes the audit raise anything but `Unreadable`, and none over which it falls asleep."""

from __future__ import annotations

import gzip
import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.circumstances import NOTHING_KNOWN, Circumstances
from events.domain.recording import Unreadable, audit, entries
from events.domain.recording.calls import Call
from tests.quickly import quickly
from tests.recordings import call, event, har, hit, posted_hit, relayed, visit

SMALL = settings(max_examples=100)
WHOLE = har(*visit())

ODD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.sampled_from(["Purchase", "é\ud800"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
MIMES = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json", ""]
BODIES = st.one_of(
    st.text(max_size=60),
    ODD.map(json.dumps),
    st.lists(
        st.sampled_from(["ev=Lead", "eid=1", "&", "cd[value]=.", "--b", "\n\n", 'name="ev"', "%ff", "id=", "\r\n"])
    ).map("".join),
)
URLS = st.one_of(
    st.text(max_size=30),
    st.text(max_size=30).map(lambda text: f"https://www.facebook.com/tr/?ev={text}&cd[value]={text}&eid={text}"),
    st.just("https://www.facebook.com/tr/"),
    st.text(max_size=8).map(lambda text: f"https://{text}/v3/stores/{text}/public/analytics/meta/events"),
    st.just("https://api.scalev.com/v3/stores/store_a/public/analytics/meta/events"),
)
POSTED = st.fixed_dictionaries(
    {}, optional={"mimeType": st.sampled_from(MIMES), "text": BODIES, "params": ODD, "encoding": ODD}
)
REQUESTS = st.fixed_dictionaries(
    {"url": URLS}, optional={"method": st.sampled_from(["GET", "POST", ""]), "postData": POSTED}
)
MOMENTS = st.one_of(
    st.text(max_size=8), st.sampled_from(["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2026-11-23"])
)
ENTRIES = st.fixed_dictionaries(
    {"request": st.one_of(REQUESTS, ODD)}, optional={"startedDateTime": MOMENTS, "response": ODD}
)


def judge(source: bytes) -> None:
    def known(call: Call, landing: str) -> Circumstances:
        return NOTHING_KNOWN

    with suppress(Unreadable):
        found = audit(entries(io.BytesIO(source), 10_000_000), known)
        for pair in found.pairs:
            json.dumps(pair.facts()).encode()
            assert pair.judgement.sentence


@SMALL
@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(source: bytes) -> None:
    judge(source)
    judge(gzip.compress(source)[:-3])


@SMALL
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=4))
def test_no_damage_makes_it_raise(start: int, end: int, instead: bytes) -> None:
    judge(WHOLE[:start] + instead + WHOLE[end:])


@SMALL
@given(st.lists(st.one_of(ENTRIES, ODD), max_size=4))
def test_no_entries_make_it_raise(recorded: list[Any]) -> None:
    judge(har(*recorded))


MANY = 60_000


@pytest.mark.parametrize(
    "source",
    [
        b'{"log": {"entries": [' + b"[" * MANY,
        b'{"log": {"entries": [{"request": ' + b"[" * MANY + b"]" * MANY + b"}]}}",
        b'{"log": {"entries": [{"request": {"postData": {"params": ' + b"[" * MANY + b"]" * MANY + b"}}}]}}",
        b'{"a": "' + b'\\"' * MANY + b'"}',
        b'{"a": ' + b'"",' * MANY,
        b" " * MANY * 10,
        b"{" * MANY,
        b'"' * MANY,
        har(posted_hit("ev=A&" * MANY, "")),
        har(posted_hit("--b\r\n" * MANY, "multipart/form-data; boundary=b")),
        har(posted_hit("\n" * MANY, "")),
        har(posted_hit("[" * MANY, "")),
        har(relayed("[" * MANY)),
        har(call(*(event("Lead", f"lead-{number}") for number in range(2_000)))),
        har(*(hit("Lead", f"lead-{number}") for number in range(1_500))),
        har(*(hit("Lead") for _ in range(1_500))),
    ],
    ids=range(16),
)  # fmt: skip
def test_nothing_takes_longer_than_its_size_allows(source: bytes) -> None:
    with quickly():
        judge(source)
