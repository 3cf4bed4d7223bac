"""HAR 1.2, checked against its specification field by field."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain.exchange import Timings
from events.domain.export.entry import Entry, Side
from events.domain.export.har import MOST_ENTRIES, Har, har_entry, har_timings
from tests.domain.entries import make_entry, make_exchanged

LENGTHS = st.none() | st.floats(min_value=0, max_value=60_000, allow_nan=False)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
REQUEST = {
    "method": str, "url": str, "httpVersion": str, "cookies": list, "headers": list, "queryString": list,
    "headersSize": int, "bodySize": int,
}  # fmt: skip
RESPONSE = {
    "status": int, "statusText": str, "httpVersion": str, "cookies": list, "headers": list, "content": dict,
    "redirectURL": str, "headersSize": int, "bodySize": int,
}  # fmt: skip


def written(*entries: Entry, is_cut: bool = False, is_clear: bool = False) -> dict[str, Any]:
    har = Har(is_clear=is_clear)
    pieces = [har.piece(entry, is_first=number == 0) for number, entry in enumerate(entries)]
    log: dict[str, Any] = json.loads(har.head() + b"".join(pieces) + har.tail(is_cut=is_cut))["log"]
    return log


def check_entry(entry: dict[str, Any]) -> None:
    assert TIME.fullmatch(entry["startedDateTime"])
    assert entry["cache"] == {}
    check_members(entry["request"], REQUEST)
    check_members(entry["response"], RESPONSE)
    check_members(entry["response"]["content"], {"size": int, "mimeType": str})
    for side in (entry["request"], entry["response"]):
        for pair in [*side["headers"], *side.get("queryString", [])]:
            check_members(pair, {"name": str, "value": str})
    if post := entry["request"].get("postData"):
        check_members(post, {"mimeType": str, "text": str})
    check_timings(entry)


def check_members(found: dict[str, Any], shape: dict[str, type]) -> None:
    assert {name: type(found[name]) for name in shape} == shape


def check_timings(entry: dict[str, Any]) -> None:
    timings = entry["timings"]
    assert all(timings[part] >= 0 for part in ("send", "wait", "receive"))
    assert all(timings[part] == -1 or timings[part] >= 0 for part in ("blocked", "dns", "connect", "ssl"))
    assert timings["ssl"] <= max(timings["connect"], 0)
    parts = [timings[part] for part in ("blocked", "dns", "connect", "send", "wait", "receive")]
    assert entry["time"] == pytest.approx(sum(part for part in parts if part > 0))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_log_has_the_shape_of_the_specification(count: int) -> None:
    log = written(*[make_entry(exchanged=make_exchanged())] * count)

    check_members(log, {"version": str, "creator": dict, "entries": list, "pages": list, "comment": str})
    check_members(log["creator"], {"name": str, "version": str})
    assert log["version"] == "1.2"
    assert len(log["entries"]) == count
    for entry in log["entries"]:
        check_entry(entry)


def test_an_entry_tells_the_exchange() -> None:
    entry = har_entry(make_entry(exchanged=make_exchanged()))

    assert entry["request"]["postData"]["text"].endswith('{"value":95300.00}}]}')
    assert entry["response"]["status"] == 400
    assert entry["response"]["content"]["text"] == '{"error":"Bad request"}'
    assert (entry["serverIPAddress"], entry["connection"]) == ("127.0.0.1", "4010")
    assert entry["_scalev_console"]["delivery"] == 88212


@pytest.mark.parametrize(
    "exchanged",
    [
        make_exchanged(response=None, status=None, reason="", failure="timed_out", peer=""),
        make_exchanged(response=Side(), status=204, reason="No Content", timings=Timings()),
        make_exchanged(request=Side(comment="withheld", size=40)),
        make_exchanged(url="https://toko.invalid/?a=1&b=", peer="[::1]:443"),
        None,
    ],
    ids=["no answer", "empty answer", "withheld", "query", "not kept"],
)
def test_every_ending_has_the_shape(exchanged: Any) -> None:
    (entry,) = written(make_entry(exchanged=exchanged))["entries"]
    check_entry(entry)


def test_no_answer_is_status_0_with_what_stopped_it() -> None:
    response = har_entry(make_entry(exchanged=make_exchanged(response=None, status=None, failure="dns")))["response"]

    assert (response["status"], response["_error"]) == (0, "dns")


def test_what_is_not_kept_says_so() -> None:
    assert "no longer kept" in har_entry(make_entry())["comment"]


@given(st.builds(Timings, LENGTHS, LENGTHS, LENGTHS, LENGTHS, LENGTHS, LENGTHS, LENGTHS))
def test_the_parts_add_up_to_the_whole(timings: Timings) -> None:
    check_timings(har_entry(make_entry(exchanged=make_exchanged(timings=timings))))
    if timings.total_ms is not None:
        whole = sum(part for name, part in har_timings(timings).items() if name != "ssl" and part > 0)
        assert whole >= timings.total_ms - 0.001


def test_a_file_that_was_cut_says_so() -> None:
    assert f"newest {MOST_ENTRIES}" in written(make_entry(), is_cut=True)["comment"]
    assert "newest" not in written(make_entry())["comment"]


def test_it_says_whether_buyers_are_masked() -> None:
    assert "masked" in written()["comment"]
    assert "in clear" in written(is_clear=True)["comment"]


def test_half_a_surrogate_pair_breaks_no_file() -> None:
    (entry,) = written(make_entry(exchanged=make_exchanged(reason="\ud83d")))["entries"]
    assert entry["response"]["statusText"] == "\ud83d"


def test_what_a_browser_reported_says_so() -> None:
    told = make_entry(channel="browser", exchanged=make_exchanged(comment="Cut."))
    silent = make_entry(channel="browser", exchanged=make_exchanged(status=None, response=None))
    seen = make_entry(channel="server", exchanged=make_exchanged())

    assert har_entry(told)["comment"] == "What came back is reported by a browser. Cut."
    assert "comment" not in har_entry(silent)
    assert "comment" not in har_entry(seen)
