"""The picture of match keys says which are there, which are doubtful and what to add next, and gives no score."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.domain.diagnosis import review
from events.domain.match_keys import ESTIMATE, STANDINGS, MatchKeys, Standing, match_keys
from events.domain.payload import Payload

WHOLE = {
    "em": "wulan.pertiwi@contoh.id",
    "ph": "6281290076543",
    "fn": "Wulan",
    "ln": "Pertiwi",
    "external_id": "CUST-1042",
    "fbc": "fb.1.1763800000000.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk",
    "fbp": "fb.1.1763800000000.1098115397",
    "ct": "Bandung",
    "st": "Jawa Barat",
    "country": "id",
}


def picture(changes: dict[str, Any] | None = None, *, by_browser: bool = False) -> MatchKeys:
    """Of a whole buyer with changes; `...` takes a key away."""
    buyer = {key: value for key, value in (WHOLE | (changes or {})).items() if value is not ...}
    payload = Payload.from_json(json.dumps({"user_data": buyer, "events": []}))
    return match_keys(payload, review(payload), by_browser=by_browser)


def standing(found: MatchKeys, name: str) -> Standing:
    return next(step.standing for step in found.steps if name in step.names)


def test_the_keys_stand_in_the_order_in_which_meta_names_them() -> None:
    firsts = [step.names[0] for step in picture().steps]

    assert firsts == ["em", "client_ip_address", "fn", "ph", "external_id", "fbc", "fbp", "ct"]


def test_a_whole_buyer_leaves_nothing_to_add() -> None:
    found = picture()

    assert found.there == len(found.steps)
    assert found.next_step == "Every key that Meta names is there."


@pytest.mark.parametrize("empty", [..., None, "", "  "])
def test_a_key_without_a_value_is_missing(empty: Any) -> None:
    found = picture({"em": empty})

    assert standing(found, "em") is Standing.MISSING
    assert "e-mail" in found.next_step


def test_half_of_a_name_is_partly_there_and_names_the_other_half() -> None:
    found = picture({"ln": ...})

    assert standing(found, "ln") is Standing.PARTLY
    assert next(step.note for step in found.steps if "ln" in step.names) == "Not there: ln"
    assert found.next_step == "Add the buyer's last name."


@pytest.mark.parametrize(
    ("key", "value"),
    [("ph", "081290076543"), ("em", "wulan pertiwi@contoh.id"), ("em", "a" * 64), ("fbc", "fb.1.17.x"), ("st", "DKI")],
)
def test_a_value_that_meta_can_hardly_use_is_doubtful_and_wants_mending_first(key: str, value: str) -> None:
    found = picture({key: value})

    assert standing(found, key) is Standing.DOUBTFUL
    assert found.next_step.startswith("Mend “")


def test_what_helps_most_is_said_first() -> None:
    without = [{"em": ..., "ph": ..., "fbc": ...}, {"ct": ..., "fbp": ...}]

    order = [picture(each).next_step for each in without]

    assert [text.split(":")[0] for text in order] == ["Add the buyer's e-mail", "Add the browser ID"]


@pytest.mark.parametrize(("by_browser", "whose"), [(False, "this console's server"), (True, "the browser that sends")])
def test_address_and_browser_are_filled_in_from_whoever_calls(by_browser: bool, whose: str) -> None:
    caller = picture({"client_ip_address": "203.0.113.7"}, by_browser=by_browser).steps[1]

    assert caller.standing is Standing.CALLER
    assert caller.word == "filled by Scalev from the caller"
    assert whose in caller.note


def test_it_is_an_estimate_and_neither_a_score_nor_metas_own_figure() -> None:
    words = " ".join([ESTIMATE, *STANDINGS.values(), *(step.note for step in picture().steps), picture().next_step])

    assert "estimate" in words
    assert not {"EMQ", "score", "quality", "10"} & set(words.replace(".", " ").split())
