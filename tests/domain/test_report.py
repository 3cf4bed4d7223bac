"""A browser's report is the word of a stranger: everything in it has its type and size, or it is not taken."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain.exchange import BodyMark, Failure
from events.domain.outcome import Outcome, classify
from events.domain.report import BODY_LIMIT_BYTES, HEADERS_LIMIT, Report, Unfit, exchange_of, read_report
from tests.reports import ACCEPTED, AGENT, ORIGIN, failed, raw, told

HEADERS = (("Content-Type", "application/json"), ("X-Scalev-Storefront-Api-Key", "sfpk_…9f2c"))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def read(**changed: Any) -> Report:
    return read_report(raw(told(**changed)))


def outcome_of(report: Report) -> Outcome:
    return classify(exchange_of(report, url="http://127.0.0.1:4010/", headers=HEADERS, body=b"{}"))


def test_a_report_is_read_as_it_was_told() -> None:
    report = read(status=400, body=b'{"error":"Bad request"}')

    assert (report.status, report.failure, report.body) == (400, None, b'{"error":"Bad request"}')
    assert report.headers == (("x-ratelimit-remaining", "59"),)
    assert (report.timings.first_byte_ms, report.timings.total_ms) == (181.5, 183.5)
    assert (report.caller.origin, report.caller.user_agent) == (ORIGIN, AGENT)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", True),
        ("status", "204"),
        ("status", 204.0),
        ("status", 101),
        ("status", 600),
        ("status", None),  # and no failure either
        ("failure", "blocked"),  # and a status, too
        ("reason", 7),
        ("ticket", None),
        ("headers", {"a": "b"}),
        ("headers", [["a"]]),
        ("headers", [["a", 1]]),
        ("headers", [["a b", "c"]]),
        ("headers", [["", "c"]]),
        ("headers", ["ab"]),
        ("body_base64", "ä"),
        ("body_base64", "abc"),
        ("body_base64", 5),
        ("body_size", -1),
        ("body_size", True),
        ("body_size", 2**60),
        ("body_marks", "cut"),
        ("body_marks", ["torn"]),
        ("body_marks", [["cut"]]),
        ("probes", [1]),
        ("probes", {"network": "it works"}),
        ("probes", {"Network!": True}),
        ("probes", {"network": [1]}),
        ("probes", {f"probe_{letter}": True for letter in "abcdefghi"}),
        ("timings", []),
        ("timings", {"total_ms": "183"}),
        ("timings", {"total_ms": True}),
        ("user_agent", ["Chrome"]),
        ("origin", "javascript:alert(1)"),
        ("origin", "https://console.contoh.id/path"),
        ("origin", None),
    ],
)
def test_a_field_of_the_wrong_type_or_form_refuses_the_whole(field: str, value: Any) -> None:
    with pytest.raises(Unfit) as refusal:
        read(**{field: value})

    assert refusal.value.word == ("status" if field == "failure" else field)


def test_a_failure_that_no_browser_has_is_refused() -> None:
    with pytest.raises(Unfit, match="failure"):
        read_report(raw(failed("tls")))


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"status": NaN}', b"[" * 100_000, b'{"status": ' + b"9" * 5_000 + b"}"],
    ids=["nothing", "null", "list", "torn", "no UTF-8", "NaN", "deep", "long number"],
)
def test_what_is_no_object_of_json_is_refused(text: bytes) -> None:
    with pytest.raises(Unfit, match="not_json"):
        read_report(text)


@given(st.sampled_from(sorted(ACCEPTED)), _JSON)
def test_whatever_stands_in_a_field_is_read_or_refused(field: str, value: Any) -> None:
    with contextlib.suppress(Unfit):
        read_report(json.dumps(ACCEPTED | {field: value}).encode("utf-8", "surrogatepass"))


def test_of_a_large_body_the_first_part_is_kept_and_marked() -> None:
    report = read(body=b"a" * (BODY_LIMIT_BYTES + 10))

    assert len(report.body) == BODY_LIMIT_BYTES
    assert report.body_size == BODY_LIMIT_BYTES + 10
    assert report.body_marks == {BodyMark.TOO_LARGE}


def test_a_body_of_which_less_came_than_was_seen_is_marked() -> None:
    assert read(body=b"abc", body_size=900).body_marks == {BodyMark.TOO_LARGE}


def test_headers_are_kept_as_long_as_there_is_room() -> None:
    report = read(headers=[["a", "x" * (HEADERS_LIMIT - 10)], ["b", "y" * 20]])

    assert [name for name, _value in report.headers] == ["a"]


def test_signs_that_act_or_vanish_are_replaced() -> None:
    report = read(user_agent="Chrome\u202e\x00\ud800", headers=[["a", "b\r\nSet-Cookie: c"]])

    assert report.caller.user_agent == "Chrome\ufffd\ufffd\ufffd"
    assert "\n" not in report.headers[0][1]


@pytest.mark.parametrize(("given_ms", "kept_ms"), [(-5, 0), (10**400, 600_000), (1e9, 600_000), (12.34567, 12.346)])
def test_times_are_cut_to_what_can_be(given_ms: float, kept_ms: float) -> None:
    assert read(timings={"total_ms": given_ms, "moon_ms": 5}).timings.total_ms == kept_ms


def test_probes_become_words() -> None:
    report = read_report(raw(failed("blocked", probes={"network": True, "origin": False, "online": None})))

    assert report.caller.probes == (("network", "yes"), ("origin", "no"))


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (Failure.OFFLINE, Outcome.UNREACHABLE),
        (Failure.MIXED_CONTENT, Outcome.UNREACHABLE),
        (Failure.CORS_ORIGIN, Outcome.INTERRUPTED),
        (Failure.CORS_HEADER, Outcome.UNREACHABLE),
        (Failure.NETWORK, Outcome.INTERRUPTED),
        (Failure.BLOCKED, Outcome.INTERRUPTED),
        (Failure.TIMED_OUT, Outcome.TIMED_OUT),
        (Failure.REDIRECTED, Outcome.UNEXPECTED),
    ],
)
def test_each_failure_has_its_outcome(failure: Failure, outcome: Outcome) -> None:
    assert outcome_of(read_report(raw(failed(failure.value)))) is outcome


@pytest.mark.parametrize(
    ("status", "outcome"), [(204, Outcome.ACCEPTED), (404, Outcome.NOT_FOUND), (400, Outcome.REJECTED)]
)
def test_a_status_is_judged_as_on_the_server_channel(status: int, outcome: Outcome) -> None:
    assert outcome_of(read(status=status)) is outcome


def test_what_the_browser_adds_stands_among_the_headers_of_a_call_that_left() -> None:
    left = exchange_of(read(), url="", headers=HEADERS, body=b"{}")
    stayed = exchange_of(read_report(raw(failed("cors_header"))), url="", headers=HEADERS, body=b"{}")

    assert left.request_headers == (*HEADERS, ("Origin", ORIGIN), ("User-Agent", AGENT))
    assert stayed.request_headers == ()
