"""Doing what findings propose, alone and together, and undoing it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import payload
from events.domain.finding import Severity
from events.domain.mending import changes, is_safe, mend, mend_all, name_of, undone
from events.domain.patch import CannotApply, apply
from events.domain.payload import Payload
from events.domain.tree import Json, Object, at, read
from tests.domain.test_rules_never_raise import KNOWN, LIKELY

SHOP = Circumstances(country="id", currency="IDR")


def tree(changed: dict[str, Any]) -> Object:
    made = read(json.dumps(payload(changed)))
    assert isinstance(made, Object)
    return made


def test_a_fix_is_found_again_by_the_name_of_its_finding() -> None:
    wrong = tree({"buyer": {"ph": "081290076543", "country": "ID"}})

    mended = mend(wrong, review(Payload(wrong), SHOP), "M001:/user_data/ph")

    assert mended
    assert at(mended.tree, ("user_data", "ph")) == "6281290076543"
    assert at(mended.tree, ("user_data", "country")) == "ID"


@pytest.mark.parametrize(
    "name", ["M001:/user_data/ph", "M010:/user_data/ph", "", ":", "M001", "S001:/event_source_url"]
)
def test_what_is_mended_already_or_has_no_fix_is_left_alone(name: str) -> None:
    right = tree({"top": {"event_source_url": "https://batiknusantara.contoh.id/?a=1"}})

    assert mend(right, review(Payload(right), SHOP), name) is None


def test_all_together_leaves_nothing_to_mend_but_what_a_hint_guesses() -> None:
    buyer = {"em": "wulan.pertiwi @contoh.id", "ph": "081290076543", "fn": "Wulan Pertiwi", "country": "Indonesia"}
    wrong = tree(
        {"buyer": buyer, "event": {"event_name": "purchase"}, "parameters": {"value": "Rp 189.000", "currency": "Rp"}}
    )

    mended = mend_all(wrong, SHOP)

    left = [finding for finding in review(Payload(mended.tree), SHOP) if finding.fix]
    assert {finding.code for finding in left} == {"M008"}
    assert {finding.severity for finding in left} == {Severity.HINT}
    assert {"M001", "M002", "M006", "M010", "M021", "M022"} == {finding.code for finding in mended.findings}


def test_a_fix_that_another_one_made_possible_is_done_with_it() -> None:
    wrong = tree({"event": {"event_name": "purchase"}, "parameters": {"currency": ..., "value": 189000}})

    mended = mend_all(wrong, SHOP)

    assert at(mended.tree, ("events", 0, "parameters", "currency")) == "IDR"


@given(LIKELY, KNOWN)
def test_whatever_was_mended_can_be_undone(wrong: Json, known: Circumstances) -> None:
    before = Payload.of(wrong).tree
    mended = mend_all(before, known)

    assert not any(map(is_safe, review(Payload(mended.tree), known)))
    assert _sorted(undone(mended.tree, mended.changes)) == _sorted(before)


@given(LIKELY, KNOWN)
def test_each_fix_has_a_name_by_which_it_is_found_and_a_change_to_show(wrong: Json, known: Circumstances) -> None:
    whole = Payload.of(wrong).tree
    findings = review(Payload(whole), known)
    for finding in findings:
        mended = mend(whole, findings, name_of(finding))
        assert (mended is not None) == bool(finding.fix)
        assert mended is None or mended.changes == changes(whole, mended.findings[0].fix)


def test_what_was_typed_over_since_is_not_undone() -> None:
    wrong = tree({"buyer": {"ph": "081290076543"}})
    mended = mend(wrong, review(Payload(wrong), SHOP), "M001:/user_data/ph")
    assert mended
    typed = tree({"buyer": {"ph": "6281290076544"}})

    with pytest.raises(CannotApply):
        undone(typed, mended.changes)


def _sorted(whole: Json) -> Any:
    """A key that was taken out comes back at the end: the same JSON to everybody who reads it."""
    assert apply(whole, ()) == whole
    return json.dumps(json.loads(_text(whole), parse_float=str, parse_int=str), sort_keys=True)


def _text(whole: Json) -> bytes:
    return Payload.of(whole).to_json()
