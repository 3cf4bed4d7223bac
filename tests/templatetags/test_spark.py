"""Small bar charts say their figures in words, and lead to what they count."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from events.templatetags.spark import capped, sparkline
from events.views.spark import Bar, Span, bars_of, spans_of

NOW = datetime(2026, 11, 3, 10, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def bar(count: int, url: str = "") -> Bar:
    return Bar(Span(NOW, NOW + DAY, "3 Nov"), count, url)


def test_the_figures_stand_in_words_too() -> None:
    drawn = sparkline([bar(3), bar(0), bar(17)])

    assert 'role="img" aria-label="20 from 3 Nov on, most at 3 Nov: 17"' in drawn
    assert drawn.count("<rect") == 3
    assert "<title>3 Nov: 17</title>" in drawn
    assert "style=" not in drawn


def test_bars_lead_to_what_they_count_unless_there_is_nothing_or_they_must_not() -> None:
    bars = [bar(3, "/log/?q=a&b"), bar(0, "/log/")]

    assert sparkline(bars).count("<a ") == 1
    assert 'href="/log/?q=a&amp;b"' in sparkline(bars)
    assert "<a " not in sparkline(bars, linked=False)


def test_no_bars_are_no_error() -> None:
    assert "None in this time" in sparkline([])


def test_a_count_that_ended_early_says_so() -> None:
    assert [capped(9), capped(10_000), capped(10_001)] == ["9", "10,000", "10,000+"]


@pytest.mark.parametrize(("zone", "counts"), [("UTC", [2, 1]), ("Asia/Jakarta", [0, 3])])
def test_days_are_those_of_the_viewer(zone: str, counts: list[int]) -> None:
    evening = NOW.replace(hour=20, minute=0) - DAY
    hours = Counter({evening: 2, NOW.replace(minute=0): 1, NOW - 5 * DAY: 9})

    with timezone.override(zone):
        assert [each.count for each in bars_of(hours, spans_of(DAY, 2, NOW))] == counts


def test_hours_end_with_the_one_that_is_running() -> None:
    bars = bars_of(Counter({NOW.replace(minute=0): 4}), spans_of(HOUR, 24, NOW))

    assert len(bars) == 24
    assert bars[-1].count == 4
    assert bars[-1].span.start <= NOW < bars[-1].span.end
