"""The browser's half is read out of what people paste, and what a payload writes for a page is always its own pair."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from events.domain.pair import Verdict, compare
from events.domain.pair.partners import partners
from events.domain.pair.pasted import read_pasted
from events.domain.payload import Payload
from events.domain.snippets.page import fbq, scalev_track
from events.domain.tree import Json
from tests.domain.halves import browser, payload, tree
from tests.domain.payloads import PAYLOADS
from tests.quickly import quickly

PAGE = """<!doctype html><html><head><script>
fbq('init', '1234567890');
fbq('track', 'PageView');
</script></head><body onload="fbq('track', 'Purchase', {value: 189000, currency: 'IDR'}, {eventID: 'ord-88212'})">
"""
TRACK = "Scalev.analytics.track('facebook', "


@settings(max_examples=100)
@given(PAYLOADS)
def test_what_a_payload_writes_for_a_page_is_its_own_pair(own: Json) -> None:
    whole = Payload.of(own)
    written = read_pasted(fbq(whole)).events
    named = [event for event in whole.events if event.event_name]

    assert len(written) == len(named)
    for half, event in zip(written, named, strict=True):
        wants = Verdict.PAIRED if event.event_id else Verdict.APART
        assert compare(half, event, whole).verdict is wants


@pytest.mark.parametrize(("write", "verdict"), [(fbq, Verdict.PAIRED), (scalev_track, Verdict.TWICE)])
def test_both_forms_for_a_page_say_what_the_payload_says(write: Callable[[Payload], str], verdict: Verdict) -> None:
    own = payload(event_id='it\'s "<one>"')
    (half,) = read_pasted(write(own)).events

    found = compare(half, own.events[0], own)
    assert (found.verdict, found.differences) == (verdict, ())
    assert half.is_relayed is (write is scalev_track)


@pytest.mark.parametrize("value", [189000, 1])
def test_what_a_page_has_scalev_send_is_no_half_of_the_browser(value: int) -> None:
    (half,) = read_pasted(scalev_track(payload({"value": value}))).events
    own = payload()

    assert compare(half, own.events[0], own).sentence.startswith("Both are the server's half: with this payload Scalev")
    other = payload(event_id="ord-9")
    apart = compare(half, other.events[0], other).sentence
    assert apart.startswith("No pair: both are the server's half, and Meta counts two events.")


def test_a_whole_page_gives_its_events_and_its_pixel() -> None:
    found = read_pasted(PAGE)

    assert [event.name for event in found.events] == ["PageView", "Purchase"]
    assert found.pixel_ids == ("1234567890",)
    matched = partners(found.events, payload())
    assert [(half.event_id, event.event_name) for half, event in matched.matched] == [("ord-88212", "Purchase")]
    assert [half.name for half in matched.browser_only] == ["PageView"]


@pytest.mark.parametrize(
    ("call", "computed"),
    [
        ("fbq('track', 'Purchase', {value: total}, {eventID: 'a' + b})", ("value", "event_id")),
        ("fbq('track', 'Purchase', data, options)", ("parameters", "event_id")),
        ("fbq('track', name, {}, {eventID: `ord-${id}`})", ("event_name", "event_id")),
        ("fbq('track', 'Lead', {contents: [{id: sku}]}, {eventID: 'a'})", ("contents[0].id",)),
        ("fbq('track', 'Lead', {}, {eventID: 12345678901234567890})", ("event_id",)),
        ("fbq('track', 'Purchase', undefined, {eventID: 'a'})", ()),
        (f"{TRACK}{{events: [{{eventName: 'Lead', eventId: id, parameters: {{value: v}}}}]}})", ("event_id", "value")),
    ],
)
def test_what_the_page_works_out_is_named_and_open(call: str, computed: tuple[str, ...]) -> None:
    (half,) = read_pasted(call).events

    assert sorted(half.computed) == sorted(computed)


def test_a_value_written_beside_a_spread_counts() -> None:
    (half,) = read_pasted("fbq('track', 'Purchase', {...data, value: 1}, {eventID: 'ord-88212'})").events

    assert not half.is_computed("value")
    assert half.is_computed("currency")


def test_a_number_as_the_id_is_sent_as_its_digits() -> None:
    (half,) = read_pasted("fbq('track', 'Purchase', {}, {eventID: 88212})").events

    assert half.event_id == "88212"


def test_a_misspelt_option_is_found() -> None:
    (half,) = read_pasted("fbq('track', 'Purchase', {}, {eventId: 'ord-88212'})").events

    assert (half.event_id, half.misplaced_id) == ("", "ord-88212")


def test_the_best_partner_is_that_of_the_same_id_and_two_that_are_alone_are_each_others() -> None:
    two = Payload(tree({"events": [{"event_id": "a", "event_name": "Lead"}, {"event_id": "b", "event_name": "Lead"}]}))
    halves = [browser(name="Lead", event_id="b"), browser(name="Beli", event_id="c")]
    found = partners(halves, two)

    assert [(half.event_id, event.event_id) for half, event in found.matched] == [("c", "a"), ("b", "b")]
    assert (found.browser_only, found.server_only) == ((), ())


def test_a_call_that_stands_twice_leaves_one_over() -> None:
    found = partners([browser(), browser()], payload())

    assert (len(found.matched), len(found.browser_only)) == (1, 1)


def test_very_long_pages_are_read_quickly() -> None:
    with quickly():
        read_pasted("fbq('track', 'Purchase', {a: b}, c);\n" * 5_000)
