"""What counts as a hit or a call, in which forms a hit carries its events, and what the rules say of each half."""

from __future__ import annotations

import base64
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from events.domain.circumstances import Circumstances
from events.domain.pair import BrowserEvent
from events.domain.recording import Audit, audit, entries
from events.domain.recording.calls import Call
from tests.recordings import EMAIL, SHOP, Entry, call, entry, event, fields, file, hit, posted_hit

KNOWN = Circumstances(country="id", currency="IDR")
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "----WebKitFormBoundaryBatik42"


def judged(*recorded: Entry) -> Audit:
    return audit(entries(file(*recorded), 10_000_000), lambda _call, _landing: KNOWN)


def events_of(*recorded: Entry) -> list[BrowserEvent]:
    return [each.event for pair in judged(*recorded).pairs for each in pair.group.hits]


def names_of(*recorded: Entry) -> list[tuple[str, str]]:
    return [(event.name, event.event_id) for event in events_of(*recorded)]


def multipart(values: dict[str, str], line: str = "\r\n") -> str:
    parts = [
        f'--{BOUNDARY}{line}Content-Disposition: form-data; name="{name}"{line * 2}{value}{line}'
        for name, value in values.items()
    ]
    return "".join(parts) + f"--{BOUNDARY}--{line}"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/tr/",
        "https://www.facebook.com/tr",
        "https://facebook.com/tr/",
        "https://web.facebook.com/tr",
        "http://WWW.Facebook.com./tr/",
    ],
)
def test_a_hit_is_known_by_its_address(address: str) -> None:
    assert names_of(entry(f"{address}?{urlencode(fields('Lead', 'lead-1'))}")) == [("Lead", "lead-1")]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/track/",
        "https://notfacebook.com/tr/",
        "https://facebook.com.contoh.id/tr/",
        "https://contoh.id/tr/",
        "https://[bad/tr/",
        "data:image/gif,facebook.com/tr/",
    ],
)
def test_other_addresses_are_no_hits(address: str) -> None:
    assert names_of(entry(f"{address}?{urlencode(fields('Lead', 'lead-1'))}")) == []


def test_everything_that_a_hit_says_is_read() -> None:
    (found,) = events_of(hit("Purchase", "ord-88213", 3, value=378000, content_ids=["KMJ-BTK-L"]))

    assert found.parameters.pairs == (("value", "378000"), ("content_ids", '["KMJ-BTK-L"]'))
    assert (found.pixel_id, found.page_url) == ("301029384756102", f"{SHOP}/checkout")
    assert str(found.at) == "2026-11-23 03:00:03+00:00"


LEAD = fields("Lead", "lead-1", note="a&b=c\nKemeja")
PARAMS = [{"name": name, "value": value} for name, value in LEAD.items()]
PACKED = base64.b64encode(urlencode(LEAD).encode()).decode()


@pytest.mark.parametrize(
    "recorded",
    [
        posted_hit(urlencode(LEAD), FORM),
        posted_hit(urlencode(LEAD), ""),
        posted_hit(multipart(LEAD), f"multipart/form-data; boundary={BOUNDARY}"),
        posted_hit(multipart(LEAD, "\n"), f'multipart/form-data; boundary="{BOUNDARY}"'),
        posted_hit(multipart(LEAD), "text/plain"),
        posted_hit(json.dumps(LEAD), "application/json"),
        entry("https://www.facebook.com/tr/", method="POST", posted={"params": PARAMS}),
        entry("https://www.facebook.com/tr/", method="POST", posted={"text": PACKED, "encoding": "base64"}),
    ],
    ids=["form", "no type", "multipart", "multipart, quoted", "multipart, no type", "json", "params", "base64"],
)
def test_a_body_is_read_in_every_form_in_which_browsers_record_it(recorded: Entry) -> None:
    (found,) = events_of(recorded)

    assert (found.name, found.event_id, found.parameters.get("note")) == ("Lead", "lead-1", "a&b=c\nKemeja")


def test_one_call_may_carry_several_hits() -> None:
    one, two = urlencode(fields("Lead", "lead-1")), urlencode(fields("Contact", "con-1"))
    expected = [("Contact", "con-1"), ("Lead", "lead-1")]

    assert sorted(names_of(posted_hit(f"{one}&{two}", FORM))) == expected
    assert sorted(names_of(posted_hit(f"{one}\r\n{two}", "text/plain"))) == expected
    assert sorted(names_of(posted_hit(json.dumps([one, f"https://www.facebook.com/tr/?{two}"]), ""))) == expected
    assert sorted(names_of(posted_hit(json.dumps({"batch": [fields("Lead", "lead-1"), two]}), ""))) == expected


def test_what_the_query_says_holds_for_the_body_as_well() -> None:
    recorded = posted_hit("ev=Lead&eid=lead-1&cd%5Bvalue%5D=5", FORM)
    recorded["request"]["url"] += "?id=42&dl=https%3A%2F%2Fcontoh.id%2F"

    (found,) = events_of(recorded)

    assert (found.pixel_id, found.page_url, found.value) == ("42", "https://contoh.id/", "5")


def unjudged(*recorded: Entry) -> list[str]:
    found = judged(*recorded)
    assert found.pairs == ()
    return [f"{left.count} {left.what}" for left in found.unjudged]


def test_what_is_left_out_is_counted_and_named() -> None:
    copy = entry("https://www.facebook.com/privacy_sandbox/pixel/register/trigger/?ev=Lead&id=1")
    preflight = call(event("Lead", "lead-1"))
    preflight["request"]["method"] = "OPTIONS"
    tiktok = entry("https://api.scalev.com/v3/stores/store_a/public/analytics/tiktok/events", method="POST")

    assert unjudged(copy, copy) == ["2 Copies for Chrome's Privacy Sandbox"]
    assert unjudged(preflight) == ["1 Preflights"]
    assert unjudged(tiktok) == ["1 Calls to Scalev's relays for TikTok and others"]
    assert unjudged(hit("Microdata"), hit("SubscribedButtonClick")) == ["2 Events that Meta's pixel sends by itself"]
    assert unjudged(entry("https://www.facebook.com/tr/?id=1")) == ["1 Hits of the pixel without `ev`"]
    assert unjudged(entry("https://www.facebook.com/privacy_sandbox/topics/registration/?id=1")) == []
    assert unjudged(entry(f"{SHOP}/checkout")) == []


def test_a_hit_whose_body_was_not_recorded_may_be_any_event() -> None:
    beacons = [
        entry("https://www.facebook.com/tr/", method="POST"),
        entry("https://www.facebook.com/tr/", method="POST", posted={"mimeType": "multipart/form-data; boundary=x"}),
    ]

    assert unjudged(*beacons) == ["2 Hits of the pixel in a body"]
    assert unjudged(posted_hit("id=1", FORM)) == ["1 Hits of the pixel without `ev`"]
    assert names_of(entry("https://www.facebook.com/tr/?ev=Lead&eid=lead-1", method="POST")) == [("Lead", "lead-1")]


def test_more_halves_than_can_be_judged_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.domain.recording.auditing.MOST_HALVES", 2)

    found = judged(hit("Lead", "a"), hit("Lead", "b"), hit("Lead", "c"), call(event("Lead", "c")))

    assert (len(found.pairs), [left.count for left in found.unjudged]) == (2, [2])


@pytest.mark.parametrize("origin", ["https://api.scalev.com", "http://127.0.0.1:4010", "https://api.staging.contoh.id"])
def test_a_call_is_known_by_its_path_whatever_the_environment(origin: str) -> None:
    recorded = call(event("Lead", "lead-1"))
    recorded["request"]["url"] = recorded["request"]["url"].replace("https://api.scalev.com", origin)

    found = judged(recorded)

    assert found.stores == ((origin, "store_vlzpML8edzxO5roOdV7Oyfn6"),)


def test_each_event_of_a_call_is_a_half() -> None:
    found = judged(call(event("PageView", "pv-1"), event("ViewContent", "vc-1")))

    assert [pair.event_name for pair in found.pairs] == ["PageView", "ViewContent"]


def codes(found: Audit) -> list[list[tuple[str, bool, str]]]:
    return [[(each.finding.code, each.is_of_browser, each.place) for each in pair.remarks] for pair in found.pairs]


def test_a_call_is_judged_by_the_rules_of_a_payload() -> None:
    bad = {"event_id": "p-1", "event_name": "Purchase", "parameters": {"value": "Rp 1.000"}, "event_time": 5}

    (found,) = codes(judged(call(bad, user_data={"ph": "0812"})))

    assert ("C040", False, "events[0].event_time") in found
    assert ("M021", False, "events[0].parameters.value") in found
    assert any(place == "user_data.ph" for _code, _side, place in found)


def test_what_is_said_of_a_whole_call_is_said_once() -> None:
    first, second = codes(judged(call(event("PageView", "pv-1"), event("Lead", "lead-1"), user_data={"ph": "0812"})))

    assert any(place == "user_data.ph" for _code, _side, place in first)
    assert not any(place.startswith("user_data") for _code, _side, place in second)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (hit("purchase", "p-1", value=1, currency="IDR"), ("M010", True, "ev")),
        (hit("Lead", "p-1", value="Rp 1.000", currency="IDR"), ("M021", True, "cd[value]")),
        (hit("Lead", "p-1", value="1.000", currency="IDR"), ("M023", True, "cd[value]")),
        (hit("Purchase", "p-1", value=1), ("M020", True, "cd[currency]")),
        (hit("Lead", "p-1", contents=[{"id": "KMJ"}], value=1, currency="IDR"), ("M027", True, "cd[contents][0]")),
        (hit("Lead", "p-1", page=f"/?m={EMAIL}"), ("M050", True, "dl")),
    ],
)
def test_a_hit_is_judged_by_the_rules_that_apply_to_it(recorded: Entry, expected: tuple[str, bool, str]) -> None:
    (found,) = codes(judged(recorded))

    assert expected in found


def test_a_good_hit_gives_no_cause_for_remarks() -> None:
    contents = [{"id": "KMJ-BTK-L", "quantity": 2}]

    assert codes(judged(hit("Purchase", "p-1", value=378000, currency="IDR", contents=contents))) == [[]]


def test_the_page_on_which_the_buyer_landed_is_known_to_the_rules() -> None:
    seen: list[Any] = []

    def known(call: Call, landing: str) -> Circumstances:
        seen.append((call.store_id, landing))
        return KNOWN

    landed = hit("PageView", "pv-1", page="/?fbclid=IwAR2F4-dbP0l7Mn1Iaw")
    audit(entries(io.BytesIO(file(call(event("PageView", "pv-1")), landed).getvalue()), 10**7), known)

    assert seen == [("store_vlzpML8edzxO5roOdV7Oyfn6", f"{SHOP}/?fbclid=IwAR2F4-dbP0l7Mn1Iaw")]
