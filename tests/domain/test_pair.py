"""Two halves are one event to Meta where name and ID are the same; what else differs is named, and parts nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.diagnosis.remarks import INFERENCE
from events.domain.pair import BrowserEvent, Standing, Verdict, compare
from events.domain.patch import apply
from events.domain.payload import Payload
from events.domain.tree import Json, Object, format_path
from tests.domain.halves import PARAMETERS, browser, compared, payload, tree
from tests.domain.payloads import ANYTHING, PAYLOADS
from tests.quickly import quickly

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def test_two_equal_halves_are_a_pair() -> None:
    found = compared()

    assert found.verdict is Verdict.PAIRED
    assert found.differences == ()
    assert [point.key for point in found.points[:4]] == ["event_name", "event_id", "value", "currency"]
    assert format_path(found.points[2].path) == "events[0].parameters.value"


@pytest.mark.parametrize(
    ("event_id", "said"),
    [
        ("ord-88213", "Two different IDs"),
        ("ORD-88212", "capital and small letters"),
        ("ord-88212 ", "a blank before or behind"),
        ("ord-88212-Purchase", "The browser's ID is the other one with something added"),
        ("", "Without an ID in the browser only Meta's fallback"),
    ],
)
def test_ids_that_are_not_the_same_bytes_are_no_pair(event_id: str, said: str) -> None:
    found = compared(browser(event_id=event_id))

    assert found.verdict is Verdict.APART
    assert "`event_id`" in found.sentence
    assert said in found.points[1].message


def test_a_blank_at_an_end_is_shown_and_taken_over_by_nobody() -> None:
    point = compared(browser(event_id="cart-77 ")).points[1]

    assert (point.browser, point.server, point.fix) == ('"cart-77 "', "ord-88212", ())
    assert "remove it in the page" in point.cure


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_the_same_already_is_not_offered_to_be_taken_over(place: int) -> None:
    assert compared().points[place].fix == ()


@pytest.mark.parametrize("key", ["event_name", "event_id"])
def test_what_the_page_works_out_is_not_offered_to_be_taken_over(key: str) -> None:
    point = compared(browser(event_id="cart-77", name="AddToCart", computed=(key,))).point(key)

    assert point is not None
    assert (point.standing, point.fix) == (Standing.OPEN, ())


def test_letters_that_only_look_alike_are_named() -> None:
    found = compared(browser(event_id="caf\u00e9-1"), payload(event_id="cafe\u0301-1"))

    assert "look alike" in found.points[1].message


def test_an_id_that_stands_where_the_pixel_does_not_read_it_is_found() -> None:
    found = compared(browser({"eventID": "ord-88212"}, event_id=""))

    assert found.verdict is Verdict.APART
    assert "fourth argument" in found.points[1].cure
    assert found.point("eventID") is None


def test_an_id_that_the_page_works_out_leaves_the_verdict_open() -> None:
    found = compared(browser(event_id="", computed=("event_id",)))

    assert found.verdict is Verdict.OPEN
    assert found.points[1].standing is Standing.OPEN


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("purchase", "Only capital and small letters differ"),
        ("Beli", "the browser's a custom one"),
        ("AddToCart", "Two different events"),
        ("", "One half has no name"),
    ],
)
def test_other_names_are_other_events(name: str, said: str) -> None:
    found = compared(browser(name=name))

    assert found.verdict is Verdict.APART
    assert said in found.points[0].message


@pytest.mark.parametrize(
    ("key", "one", "two", "said"),
    [
        ("value", "189000", 189000, "The same number, written differently."),
        ("value", 189000.0, 189000, "The same number, written differently."),
        ("currency", "idr", "IDR", "The same currency, in other letters."),
        ("contents", [{"quantity": "1", "id": 7}], [{"id": "7", "quantity": 1}], "The same, written differently."),
        ("contents", '[{"id":"7","quantity":1}]', [{"id": "7", "quantity": 1}], "The same, written differently."),
        ("content_ids", ["b", "a"], ["a", "b"], "The same, written differently."),
        ("content_ids", "a", ["a"], "The same, written differently."),
        ("num_items", "2", 2, "The same number, written differently."),
    ],
)
def test_the_same_written_in_another_way_is_the_same(key: str, one: object, two: object, said: str) -> None:
    point = compared(browser({key: one}), payload({key: two})).point(key)

    assert point
    assert (point.standing, str(point.message)) == (Standing.SAME, said)


@pytest.mark.parametrize(
    ("key", "one", "two", "said"),
    [
        ("value", 95300, 189000, "They differ."),
        ("value", "Rp 189.000", 189000, "They differ."),
        ("currency", "Rp", "IDR", "Both mean IDR, but Meta knows only the code. Write IDR in both."),
        ("contents", [{"id": "7", "quantity": 2}], [{"id": "7", "quantity": 1}], "The quantity of 7 differs."),
        ("contents", [{"id": "7", "quantity": 1}], [{"id": "8", "quantity": 1}], "7 is in one half only."),
        ("contents", "many", [], "One half holds no list of products here."),
        ("content_ids", ["a"], ["a", "a"], "They differ."),
        ("content_type", "product_group", "product", "They differ."),
    ],
)
def test_what_differs_is_named_and_still_a_pair(key: str, one: object, two: object, said: str) -> None:
    found = compared(browser({key: one}), payload({key: two}))

    point = found.point(key)
    assert point
    assert point.message.startswith(said)
    assert found.verdict is Verdict.DIFFERS
    assert f"`{key}`" in found.sentence


def test_what_only_one_half_says_is_named() -> None:
    found = compared(browser({"num_items": 1, "currency": None}))

    assert {point.key: point.standing for point in found.differences} == {
        "currency": Standing.ONLY_SERVER,
        "num_items": Standing.ONLY_BROWSER,
    }


def test_that_the_carts_lines_stand_for_what_is_missing_is_called_an_inference() -> None:
    lines = {"variants": [{"variant_unique_id": "variant_KmjBtk", "quantity": 1}]}
    point = compared(browser(), payload({"contents": None}, top=lines)).point("contents")

    assert point
    assert "nobody says" in point.message
    assert point.evidence == INFERENCE


@pytest.mark.parametrize(
    ("apart", "verdict", "said"),
    [
        (timedelta(minutes=4), Verdict.PAIRED, "prefers the browser's"),
        (timedelta(hours=3), Verdict.PAIRED, "the one that came first"),
        (timedelta(hours=49), Verdict.APART, "no longer remembers"),
    ],
)
def test_the_moments_count_where_both_are_known(apart: timedelta, verdict: Verdict, said: str) -> None:
    found = compare(browser(at=NOON), payload().events[0], server_at=NOON + apart)

    assert found.verdict is verdict
    assert said in found.points[2].message


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (browser(event_id="wulan-1"), payload()),
        (browser(name="AddToCart"), payload()),
        (browser({"value": "95300.0"}), payload()),
        (browser({"contents": '[{"id":"7"}]', "content_ids": "7"}), payload()),
        (browser(), payload(parameters=None)),
    ],
)
def test_taking_over_what_the_browser_says_makes_a_pair(one: BrowserEvent, two: Payload) -> None:
    for _ in PARAMETERS:
        fixes = [point.fix for point in compared(one, two).differences]
        two = Payload.of(apply(two.tree, fixes[0])) if fixes else two

    assert compared(one, two).verdict is Verdict.PAIRED


NAMES = st.sampled_from(["value", "currency", "contents", "content_ids", "num_items", "eventID", "a {b}"])
BROWSERS = st.builds(
    BrowserEvent,
    name=st.sampled_from(["", "Purchase", "purchase", "\ud800"]),
    event_id=st.sampled_from(["", "ord-1", " ", "\x00"]),
    parameters=st.dictionaries(NAMES, ANYTHING, max_size=4).map(lambda each: Object(tuple(each.items()))),
    computed=st.sampled_from([(), ("event_id",), ("parameters",), ("contents[0].id",)]),
)


@settings(max_examples=100)
@given(BROWSERS, PAYLOADS)
def test_no_two_halves_make_the_comparison_raise_and_each_fix_can_be_applied(one: BrowserEvent, tree: Json) -> None:
    whole = Payload.of(tree)
    for event in whole.events:
        for point in compare(one, event, whole).points:
            assert isinstance(apply(whole.tree, point.fix), Object)


def test_very_long_values_are_compared_quickly() -> None:
    long = "9" * 200_000

    with quickly():
        compared(browser({"value": long, "contents": "[" * 200_000}), payload({"value": long, "content_ids": [long]}))


def test_an_id_that_is_no_text_is_none_to_pair_by() -> None:
    found = compared(browser(event_id="123"), Payload(tree({"events": [{"event_id": 123, "event_name": "Purchase"}]})))

    assert "no text" in found.points[1].message
