"""Moments and durations as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from events.domain.exchange import Timings
from events.templatetags.console import duration, duration_bar, moment
from events.templatetags.timings import timing_rows

NOW = datetime(2026, 11, 23, 3, 42, 7, 204_000, tzinfo=UTC)  # 10:42 in Jakarta


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(0), "1 s ago"),
        (timedelta(seconds=59), "59 s ago"),
        (timedelta(minutes=4), "4 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=1), "22 Nov, 10:42"),
        (timedelta(days=400), "19 Oct 2025, 10:42"),
        (timedelta(minutes=-3), "23 Nov, 10:45"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_a_moment_is_told_by_its_age(age: timedelta, words: str) -> None:
    assert f">{words}</time>" in moment(NOW - age)


def test_a_moment_tells_exactly_when_on_hover() -> None:
    assert 'title="2026-11-23 10:42:07.204 WIB"' in moment(NOW)
    assert 'datetime="2026-11-23T10:42:07.204000+07:00"' in moment(NOW)


def test_a_moment_is_told_in_the_zone_of_the_viewer() -> None:
    with timezone.override("Europe/Berlin"):
        assert "23 Nov 2026, 04:42:07" in moment(NOW, "exact")


@time_machine.travel(NOW, tick=False)
def test_a_clock_names_the_day_only_when_it_is_not_today() -> None:
    assert ">10:41:07</time>" in moment(NOW - timedelta(minutes=1), "clock")
    assert ">22 Nov, 22:42</time>" in moment(NOW - timedelta(hours=12), "clock")


def test_only_a_relative_moment_is_kept_up_to_date_by_the_script() -> None:
    assert " data-relative>" in moment(NOW)
    assert "data-relative" not in moment(NOW, "exact")


def test_a_moment_that_never_came_is_a_dash() -> None:
    assert moment(None) == "–"


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0, "0 ms"), (0.4, "< 1 ms"), (182, "182 ms"), (999.6, "1.0 s"), (20_000, "20.0 s"), (None, "–")],
)
def test_a_duration_has_its_unit(milliseconds: float | None, words: str) -> None:
    assert duration(milliseconds) == words


def test_a_bar_never_leaves_its_place() -> None:
    assert 'x="0%" width="100%"' in duration_bar(20_000)
    assert 'x="92%" width="8%"' in duration_bar(0)


def test_the_parts_of_a_call_follow_each_other() -> None:
    rows = timing_rows(Timings(connect_ms=20, tls_ms=30, first_byte_ms=50, total_ms=100))
    assert rows.index('x="0.0%" width="20.0%"') < rows.index('x="20.0%" width="30.0%"') < rows.index('x="50.0%"')


def test_a_part_that_did_not_happen_has_no_row() -> None:
    assert 'data-part="tls"' not in timing_rows(Timings(connect_ms=20, first_byte_ms=50, total_ms=70))
