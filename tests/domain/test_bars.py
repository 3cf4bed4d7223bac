"""Bars of a timeline begin where a person would draw them, and cover the span without a gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain.bars import DAY, HOUR, MOST_BARS, STEPS, edges, step_for, written
from events.domain.query import Field, Term, moment

JAKARTA, BERLIN, KATHMANDU = ZoneInfo("Asia/Jakarta"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu")
ZONES = [JAKARTA, BERLIN, KATHMANDU, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]


def _walls(found: list[datetime], zone: ZoneInfo) -> list[str]:
    return [f"{each.astimezone(zone):%m-%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("span", "step"),
    [
        (timedelta(minutes=20), timedelta(minutes=1)),
        (timedelta(hours=1), timedelta(minutes=1)),
        (timedelta(hours=6), timedelta(minutes=5)),
        (timedelta(hours=24), timedelta(minutes=15)),
        (timedelta(days=7), timedelta(hours=2)),
        (timedelta(days=30), timedelta(hours=12)),
        (timedelta(days=60), timedelta(days=1)),
        (timedelta(days=365), timedelta(days=7)),
        (timedelta(days=3650), timedelta(days=91)),
    ],
)
def test_the_longer_the_span_the_longer_the_bars(span: timedelta, step: timedelta) -> None:
    start = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)
    assert step_for(start, start + span) == step


def test_where_only_whole_hours_are_known_no_bar_is_shorter() -> None:
    start = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)
    assert step_for(start, start + DAY, HOUR) == HOUR


def test_bars_begin_at_the_hours_of_the_zone() -> None:
    start = datetime(2026, 11, 22, 20, 50, tzinfo=UTC)
    found = edges(start, start + 2 * HOUR, HOUR, JAKARTA)
    assert _walls(found, JAKARTA) == ["11-23 03:00", "11-23 04:00", "11-23 05:00", "11-23 06:00"]
    assert _walls(edges(start, start + HOUR, HOUR, KATHMANDU), KATHMANDU)[0] == "11-23 02:00"


def test_days_begin_at_midnight_of_the_zone() -> None:
    start = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert _walls(edges(start, start + DAY, DAY, JAKARTA), JAKARTA) == ["11-21 00:00", "11-22 00:00", "11-23 00:00"]


def test_weeks_begin_on_monday() -> None:
    start = datetime(2026, 11, 25, tzinfo=UTC)
    assert _walls(edges(start, start + DAY, 7 * DAY, JAKARTA), JAKARTA) == ["11-23 00:00", "11-30 00:00"]


def test_the_day_on_which_clocks_are_put_forward_has_23_hours() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    days = edges(start, start + 2 * DAY, DAY, BERLIN)
    assert [later - earlier for earlier, later in pairwise(days)] == [DAY, 23 * HOUR, DAY]


def test_the_hour_that_is_put_back_comes_twice() -> None:
    start = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    hours = edges(start, start + 4 * HOUR, HOUR, BERLIN)
    assert _walls(hours, BERLIN) == [
        "10-25 01:00", "10-25 02:00", "10-25 02:00", "10-25 03:00", "10-25 04:00", "10-25 05:00",
    ]  # fmt: skip
    assert edges(hours[2], hours[3], HOUR, BERLIN) == hours[2:4]


@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    span=st.timedeltas(timedelta(seconds=1), timedelta(days=4000)),
    zone=st.sampled_from(ZONES),
)
def test_bars_cover_every_span_in_order(start: datetime, span: timedelta, zone: ZoneInfo) -> None:
    first, last = start.replace(tzinfo=UTC), start.replace(tzinfo=UTC) + span
    step = step_for(first, last)
    found = edges(first, last, step, zone)
    assert found[0] <= first < found[1]
    assert found[-2] < last <= found[-1]
    assert all(earlier < later for earlier, later in pairwise(found))
    assert 1 <= len(found) - 1 <= MOST_BARS + 1


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
)
def test_a_written_moment_is_read_as_the_same(at: datetime, zone: ZoneInfo) -> None:
    meant = at.replace(tzinfo=UTC)
    assert moment(Term(Field.AFTER, written(meant, zone)), zone) == meant


def test_a_moment_names_its_offset_only_where_the_clock_shows_it_twice() -> None:
    assert written(datetime(2026, 11, 23, 3, tzinfo=UTC), JAKARTA) == "2026-11-23T10:00"
    assert written(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), BERLIN) == "2026-10-25T02:30"
    assert written(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN) == "2026-10-25T02:30+01:00"


def test_steps_grow() -> None:
    assert list(STEPS) == sorted(STEPS)
