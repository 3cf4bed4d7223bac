"""Sentences of the domain are told in the viewer's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from events.domain.text import Text
from events.templatetags.console import path, prose, words


def test_a_sentence_is_translated_before_its_places_are_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = {"Line {number} has quantity 0.": "Baris {number} berjumlah 0."}
    monkeypatch.setattr("events.templatetags.console._", lambda message: catalogue.get(message, message))
    assert words(Text("Line {number} has quantity 0.", number=2)) == "Baris 2 berjumlah 0."


def test_braces_in_a_sentence_without_places_stay() -> None:
    assert words(Text("Write {} for an empty object.")) == "Write {} for an empty object."


def test_an_empty_sentence_stays_empty() -> None:
    with translation.override("en"):
        assert words(Text("")) == ""


def test_a_path_is_written_as_people_write_it() -> None:
    assert path(("events", 0, "parameters", "value")) == "events[0].parameters.value"


def test_what_stands_in_backticks_is_code_and_stays_text() -> None:
    assert prose(Text("Fill in `{key}` & go.", key="<em>")) == "Fill in <code>&lt;em&gt;</code> &amp; go."


def test_a_backtick_without_its_pair_stays() -> None:
    assert prose(Text("the `key and")) == "the `key and"
