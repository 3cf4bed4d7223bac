"""Each finding is explained by what the rule itself says of its example."""

from __future__ import annotations

import pytest

from events.domain.diagnosis.examples import NOW
from events.domain.reference import FAMILIES, Entry, by_family, document, entries

BY_CODE = {entry.code: entry for entry in entries()}


@pytest.mark.parametrize("entry", entries(), ids=BY_CODE)
def test_an_entry_has_cause_cure_evidence_and_example(entry: Entry) -> None:
    assert entry.finding.message
    assert entry.finding.hint
    assert entry.finding.evidence
    assert entry.wrong


def test_an_example_shows_what_is_wrong_what_is_right_and_what_one_click_does() -> None:
    entry = BY_CODE["M001"]

    assert entry.wrong == ('user_data.ph: "081290076543"',)
    assert entry.right == entry.fix == ('user_data.ph: "6281290076543"',)


def test_a_missing_key_and_a_landing_page_are_shown_too() -> None:
    assert BY_CODE["C023"].wrong == ("events[0].event_id: –",)
    assert BY_CODE["M045"].wrong[1].startswith("landing page: https://")


def test_a_long_example_is_cut() -> None:
    assert max(len(value) for entry in entries() for value in (*entry.wrong, *entry.right)) < 200
    assert all(len(entry.wrong) <= 5 for entry in entries())


def test_every_code_belongs_to_a_family_and_stands_once() -> None:
    listed = [entry.code for found in by_family().values() for entry in found]

    assert len(listed) == len(set(listed)) == len(entries())
    assert {code[0] for code in listed} == set(FAMILIES)


def test_the_document_is_the_same_whenever_it_is_written() -> None:
    entries.cache_clear()

    assert document() == document()
    assert f"{NOW:%Y-%m-%d}" not in document()


def test_angle_brackets_are_no_tags_in_the_document() -> None:
    assert "<" not in document().replace("`", "")
    assert "fb.1.&lt;13 digits>" in document()


def test_other_wordings_of_a_code_stand_beside_it() -> None:
    assert len(BY_CODE["M044"].also) == 3
    assert "no country's code begins" in BY_CODE["M005"].folded
