"""Digits of other scripts: read where a person is meant by them, and never written where JSON wants a number."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import payload
from events.domain.patch import apply
from events.domain.payload import Payload
from events.domain.tree import at

TAMIL, ARABIC, WIDE = "௧௮௯", "١٨٩٠٠٠", "１８９０００"
KNOWN = Circumstances(country="id", currency="IDR")


def found(changes: dict[str, Any]) -> dict[str, Any]:
    """Each code that is spoken, with what its fix puts in the place."""
    read = Payload.from_json(json.dumps(payload(changes)))
    return {each.code: each.fix and at(apply(read.tree, each.fix), each.path) for each in review(read, KNOWN)}


@pytest.mark.parametrize("digits", [TAMIL, ARABIC, WIDE, "²"])
def test_a_value_in_other_digits_is_no_number_and_nothing_is_guessed(digits: str) -> None:
    assert found({"parameters": {"value": digits}}) == {"M021": ()}


@pytest.mark.parametrize("digits", [TAMIL, "007", "²"])
def test_a_number_of_items_in_other_digits_is_no_number_and_nothing_is_guessed(digits: str) -> None:
    assert found({"parameters": {"num_items": digits}})["M034"] == ()


@pytest.mark.parametrize("price", [ARABIC, "1_000"])
def test_a_price_in_other_digits_is_not_added_up(price: str) -> None:
    contents = [{"id": "KMJ-BTK-L", "quantity": 1, "item_price": price}]

    assert "M036" not in found({"parameters": {"contents": contents}})


def test_an_item_in_other_digits_is_not_taken_for_a_number() -> None:
    line = {"variant_unique_id": TAMIL, "quantity": 1}

    assert set(found({"top": {"variants": [line]}})) == {"S007"}


def test_the_time_of_a_click_in_other_digits_is_no_time() -> None:
    assert set(found({"buyer": {"fbp": "fb.1.١٧٠٠٠٠٠٠٠٠٠٠٠.1098115397"}})) == {"M046"}


def test_a_phone_in_other_digits_is_read_and_mended_into_plain_ones() -> None:
    assert found({"buyer": {"ph": "０８１２９００７６５４３"}}) == {"M001": "6281290076543"}
    assert found({"buyer": {"ph": "+６２ 812 9007 6543"}}) == {}
