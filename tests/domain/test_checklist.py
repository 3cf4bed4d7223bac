"""After “accepted”: where to look at Meta, in Meta's words, and what cannot be known here."""

from __future__ import annotations

import pytest

from events.domain.checklist import checklist
from events.domain.tree import Json, read

PURCHASE = read(
    '{"user_data": {"em": "wulan.pertiwi@contoh.id", "fbc": "fb.1.1764000000000.AbC"}, "events": [{"event_id": '
    '"ord-88212-Purchase", "event_name": "Purchase", "parameters": {"content_ids": ["variant_k3R9"]}}]}'
)
VIEW = read('{"user_data": {"country": "id"}, "events": [{"event_id": "v-1", "event_name": "PageView"}]}')


def said(payload: Json, *, by_browser: bool = False) -> str:
    return " ".join(f"{place.title}: {' '.join(place.looks)}" for place in checklist(payload, by_browser=by_browser))


def test_it_names_what_to_look_for_and_where() -> None:
    assert "Look for Purchase with the event ID `ord-88212-Purchase`" in said(PURCHASE)
    assert [place.title for place in checklist(PURCHASE, by_browser=False)] == [
        "In Test Events",
        "In Diagnostics",
        "If it never shows up",
        "What cannot be known here",
    ]


def test_it_says_that_the_code_lives_on_the_pixel_and_that_test_events_count() -> None:
    assert "That code belongs to the pixel in Scalev, not to the event" in said(VIEW)
    assert "Meta counts them for targeting and measurement" in said(VIEW)


def test_it_says_that_204_says_nothing_about_meta() -> None:
    assert "204 means that Scalev took the event and nothing more: not that Meta got it" in said(VIEW)


@pytest.mark.parametrize(
    ("words", "is_in_both"),
    [
        ("modified fbclid", False),
        ("invalid match key parameters", False),
        ("missing from the catalogue", False),
        ("not deduplicated", True),
    ],
)
def test_only_diagnostics_that_the_event_can_meet_are_named(words: str, is_in_both: bool) -> None:
    assert words in said(PURCHASE)
    assert (words in said(VIEW)) is is_in_both


def test_the_address_of_the_server_is_a_matter_of_the_server_channel() -> None:
    assert "One IP address for many people" in said(VIEW)
    assert "One IP address for many people" not in said(VIEW, by_browser=True)


@pytest.mark.parametrize(
    "body", ["null", "[]", '{"events": 7}', '{"events": [null]}', '{"events": [{"event_id": ""}]}']
)
def test_a_payload_of_any_shape_has_one(body: str) -> None:
    assert "Look for" not in said(read(body))
