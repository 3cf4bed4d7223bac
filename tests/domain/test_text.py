"""Foreign text on a page of ours: nothing in it acts, vanishes or turns the writing around."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain.text import UNSEEN, spelled_out

UNSEEN_SIGNS = [
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200f",
    "\u061c",
    "\ufeff",
    "\xad",
    "\x7f",
    "\x00",
    "\u2028",
    "\U000e0041",
]


@pytest.mark.parametrize("sign", UNSEEN_SIGNS)
def test_a_sign_that_cannot_be_seen_is_spelled_as_json_would(sign: str) -> None:
    spelled = spelled_out(f"Batik{sign}Parang")

    assert spelled.isprintable()
    assert json.loads(f'"{spelled}"') == f"Batik{sign}Parang"


@pytest.mark.parametrize("text", ["Kemeja Batik • é", "👨‍👩‍👧", "می‌خواهم", "batik\n\tparang", "🏷️"])
def test_what_is_seen_or_joins_what_is_seen_stays(text: str) -> None:
    assert spelled_out(text) == text


@given(st.text())
def test_nothing_unseen_is_left_whatever_came(text: str) -> None:
    assert not UNSEEN.search(spelled_out(text))
