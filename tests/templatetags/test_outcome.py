"""An outcome is told by shape, word and colour together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from events.domain.finding import Severity
from events.domain.outcome import WAITING, Outcome
from events.templatetags.console import environment_label, outcome, tone

SPRITE = (Path(settings.BASE_DIR) / "static/img/icons.svg").read_text()


@pytest.mark.parametrize("value", list(Outcome))
def test_every_outcome_has_a_shape_and_a_word(value: Outcome) -> None:
    badge = outcome(value)
    assert f'<symbol id="{value}"' in SPRITE
    assert f"icons.svg#{value}" in badge
    assert badge.removesuffix("</span>").rpartition(">")[2].strip()


@pytest.mark.parametrize("severity", list(Severity))
def test_every_severity_has_a_shape(severity: Severity) -> None:
    assert f'<symbol id="{severity}"' in SPRITE


@pytest.mark.parametrize("value", list(Outcome))
def test_only_what_is_still_open_has_no_colour(value: Outcome) -> None:
    assert (tone(value) == "") == (value in WAITING)


def test_production_looks_like_nothing_else() -> None:
    assert 'data-kind="production"' in environment_label("production")
    assert 'data-kind="production"' not in environment_label("sandbox")


def test_the_name_of_an_environment_is_escaped() -> None:
    assert "<b>" not in environment_label("<b>")


def test_where_room_is_short_no_outcome_takes_more_than_two_short_words() -> None:
    told = [re.sub("<[^>]+>", "", outcome(value, short=True)).strip() for value in Outcome]
    assert max(map(len, told)) <= len("Rate limited")
    assert "Unexpected" in told
