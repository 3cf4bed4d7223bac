"""Each event of a visit gets one verdict, and one sentence that says why."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from tests.domain.audited import ID, both, judged, only, told
from tests.recordings import (
    BEGAN,
    EMAIL,
    ORDER,
    PIXEL,
    Entry,
    answered,
    call,
    entry,
    event,
    fields,
    hit,
    posted_hit,
    relayed,
    visit,
)

HOURS = 3600.0


def test_the_same_name_and_id_in_both_halves_are_a_pair() -> None:
    pair = only(*both())

    assert told(pair).startswith("paired: A pair, 400 ms apart: the same name and the same ID")
    assert pair.facts() == {
        "event_name": "Purchase",
        "event_id": ID,
        "verdict": "paired",
        "differences": [],
        "browser_at": "2026-11-23T03:00:00+00:00",
        "server_at": "2026-11-23T03:00:00.400000+00:00",
        "sentence": str(pair.judgement.sentence),
    }


def test_halves_that_say_different_things_differ_where_the_payload_says_it() -> None:
    pair = only(*both(value=387000, currency="USD"))

    assert told(pair).startswith("differs: A pair to Meta, but its halves differ in `value`, `currency`")
    assert pair.facts()["differences"] == ["events[0].parameters.value", "events[0].parameters.currency"]


def test_a_number_that_came_as_text_in_a_url_does_not_differ() -> None:
    assert only(*both(value=378000.0)).verdict == "paired"


def test_a_hit_without_a_call_is_a_missing_half() -> None:
    pair = only(hit("Purchase", ID))

    assert told(pair).startswith("browser_only: Only the browser sent this: no call to Scalev in this recording")
    assert (pair.facts()["browser_at"], pair.facts()["server_at"]) == ("2026-11-23T03:00:00+00:00", None)


def test_a_call_without_a_hit_is_a_missing_half_and_the_missing_call_is_written_out() -> None:
    pair = only(call(event("Purchase", ID)))

    assert told(pair).startswith("server_only: Only the server sent this: no hit of the pixel in this recording")
    assert f"fbq('track', 'Purchase', {{…}}, {{eventID: '{ID}'}})" in told(pair)
    assert "fbq('trackCustom', 'Klik WA'" in told(only(call(event("Klik WA", ID))))


def test_two_ids_for_one_moment_are_two_events_that_name_each_other() -> None:
    browser, server = judged(hit("Purchase", "web-1"), call(event("Purchase", ID))).pairs

    assert told(browser).startswith(f"browser_only: The other half has another ID, {ID}: Meta counts two events.")
    assert told(server).startswith("server_only: The other half has another ID, web-1: Meta counts two events.")


def test_two_names_for_one_id_are_two_events_that_name_each_other() -> None:
    browser, server = judged(hit("Purchase", ID), call(event("purchase", ID))).pairs

    assert "this ID under the name purchase: to Meta these are two events" in told(browser)
    assert "this ID under the name Purchase: to Meta these are two events" in told(server)


def test_two_names_with_two_ids_are_both_named() -> None:
    browser, server = judged(hit("Purchase", "a1"), call(event("purchase", "b1"))).pairs

    assert "The other half has another name, purchase, and another ID, b1: Meta counts two events." in told(browser)
    assert "The other half has another name, Purchase, and another ID, a1: Meta counts two events." in told(server)


@pytest.mark.parametrize(
    ("event_id", "words"),
    [
        (12345, "a number as its ID, where Scalev wants text"),
        ([12345], "an ID that is no text, where Scalev wants text"),
        ("", "an empty ID"),
        (None, "no ID"),
    ],
)
def test_an_id_that_is_none_to_scalev_is_called_what_it_is(event_id: Any, words: str) -> None:
    browser, server = judged(hit("Purchase", "12345"), call(event("Purchase", event_id))).pairs

    assert f"The server sent Purchase with {words}, so nothing could ever pair with it." in told(browser)
    assert 'as text: `"12345"`.' in told(browser)
    assert f"Only the server sent this, and with {words}, so nothing could ever pair with it." in told(server)


def test_a_half_may_stand_in_a_hit_whose_body_was_not_recorded() -> None:
    beacon = entry("https://www.facebook.com/tr/", method="POST")
    server = call(event("Purchase", ID))
    (alone,), (one_of_two,) = judged(beacon, server).pairs, judged(beacon, beacon, server).pairs
    (refused,) = judged(beacon, answered(server, 400)).pairs

    assert "or it is the hit whose body was not recorded. Let the pixel" in told(alone)
    assert "or it stands in one of the 2 hits whose body was not recorded" in told(one_of_two)
    assert "unless it was such a hit." in told(alone)
    assert told(refused).startswith("server_only: Perhaps no half reached Meta: no hit")


def test_a_hit_without_an_id_is_told_the_servers() -> None:
    browser, server = judged(hit("Purchase"), call(event("Purchase", ID))).pairs

    assert f"has no ID: the server sent Purchase as {ID}, and Meta counts both" in told(browser)
    assert "The pixel sent Purchase without an ID" in told(server)


def test_the_same_name_an_hour_later_is_another_event() -> None:
    browser, _server = judged(hit("Purchase", "web-1"), call(event("Purchase", ID), seconds=HOURS)).pairs

    assert "no call to Scalev in this recording" in told(browser)


@pytest.mark.parametrize("recorded", [hit("PageView"), call(event("PageView", ""))])
def test_without_any_id_nothing_could_ever_pair(recorded: Entry) -> None:
    assert "so nothing could ever pair with it" in told(only(recorded))


def test_a_hit_that_is_sent_twice_is_doubled() -> None:
    pair = only(hit("Purchase", ID, **ORDER), hit("Purchase", ID, 2, **ORDER), call(event("Purchase", ID, **ORDER)))

    assert told(pair).startswith("doubled: The browser sent this 2 times with one ID")
    assert "a tag manager beside it" in told(pair)


def test_a_call_that_is_made_twice_is_doubled_and_still_compared() -> None:
    pair = only(*both(value=1), call(event("Purchase", ID, **ORDER), seconds=3))

    assert told(pair).startswith("doubled: The server sent this 2 times with one ID")
    assert pair.facts()["differences"] == ["events[0].parameters.value"]
    assert "and the server 2 times" in told(only(*both(), *both()))


def test_a_hit_without_an_id_that_is_repeated_at_once_counts_twice() -> None:
    pair = only(hit("Lead", value=1), hit("Lead", seconds=1, value=1))

    assert told(pair).startswith("doubled: The browser sent this 2 times at once and without an ID: Meta counts each.")
    assert len(judged(hit("Lead", value=1), hit("Lead", seconds=1, value=2)).pairs) == 2
    assert len(judged(hit("PageView"), hit("PageView", seconds=60)).pairs) == 2


def test_two_pixels_get_one_hit_each() -> None:
    assert only(*both(), hit("Purchase", ID, 0.1, pixel="998877665544332", **ORDER)).verdict == "paired"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.2, "paired: A pair, though the server's half came 12 minutes late: Meta counts one event"),
        (47, "paired: A pair, though the server's half came 47 hours late: Meta counts one event"),
        (49, "doubled: The halves came 2 days apart: Meta recognises an ID for 48 hours only, and counts both."),
    ],
)
def test_a_late_half_is_held_against_metas_48_hours(hours: float, words: str) -> None:
    late = call(event("Purchase", ID, **ORDER), seconds=hours * HOURS)

    assert told(only(hit("Purchase", ID, **ORDER), late)).startswith(words)


def test_the_visit_is_told_in_the_order_of_its_moments() -> None:
    found = judged(*reversed(visit()))

    assert [(pair.event_name, pair.verdict.value) for pair in found.pairs] == [
        ("PageView", "paired"),
        ("ViewContent", "browser_only"),
        ("AddToCart", "differs"),
        ("InitiateCheckout", "server_only"),
        ("Purchase", "doubled"),
    ]
    assert not found.is_whole
    assert judged(*both()).is_whole
    assert not judged(entry("https://batiknusantara.contoh.id/")).is_whole


def test_a_buyer_stands_in_no_sentence() -> None:
    for pair in judged(hit("Purchase", f"ord-{EMAIL}"), call(event("Purchase", "ord-Wulan"))).pairs:
        assert EMAIL not in told(pair)
        assert "Wulan" not in told(pair)


def test_events_without_a_moment_are_paired_all_the_same() -> None:
    recorded = both()
    for each in recorded:
        del each["startedDateTime"]
    recorded[0]["request"]["url"] = recorded[0]["request"]["url"].replace("ts=", "tz=")

    assert told(only(*recorded)).startswith("paired: A pair: the same name and the same ID")


def test_the_pixels_own_moment_stands_in_for_the_recordings() -> None:
    recorded = hit("Purchase", ID)
    del recorded["startedDateTime"]

    assert only(recorded).browser_at == BEGAN


def test_a_hit_in_a_body_is_paired_as_one_in_a_query() -> None:
    body = urlencode(fields("Purchase", ID, **ORDER))
    pair = only(posted_hit(body, "application/x-www-form-urlencoded"), call(event("Purchase", ID, **ORDER)))

    assert (pair.verdict, pair.group.hits[0].event.pixel_id) == ("paired", PIXEL)


def test_calls_that_cannot_be_read_are_named_with_the_reason() -> None:
    unread = relayed(f'{{"{EMAIL}": 1, "{EMAIL}": 2}}')
    no_body, no_event = relayed(""), relayed('{"user_data": {}}')

    told = {(left.count, str(left.why)) for left in judged(unread, no_body, no_event).unjudged}

    assert (1, "Not read: the recording does not hold its body.") in told
    assert (1, "They carry no event that could be read.") in told
    assert any("no JSON that could be sent" in why for _count, why in told)
    assert EMAIL not in repr(told)
