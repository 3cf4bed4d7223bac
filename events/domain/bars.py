"""Where the bars of a timeline begin: on the minutes, hours and days of a time zone, some hundred of them at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

MOST_BARS = 100
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEK = 7 * DAY
STEPS = (
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12)),
    *(timedelta(days=days) for days in (1, 7, 28, 91, 364)),
)
_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001  # by the clock on the wall, whichever it is


def step_for(start: datetime, end: datetime, shortest: timedelta = STEPS[0]) -> timedelta:
    """The shortest step, but for `shortest`, with which the span is told in `MOST_BARS`."""
    for step in STEPS:
        # One more, as the first bar begins before the span.
        if step >= shortest and (end - start) / step <= MOST_BARS - 1:
            return step
    return STEPS[-1]


def edges(start: datetime, end: datetime, step: timedelta, zone: tzinfo) -> list[datetime]:
    """Where bars begin, and where the last one ends, in UTC: the first not after `start`, the last not before `end`.

    Bars of an hour or less all take the same time. Longer ones follow the clock on the wall: where it is put forward
    or back, that day has 23 or 25 hours, and begins at midnight all the same.
    """
    wall = _floor(start.astimezone(zone).replace(tzinfo=None, fold=0), step)
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    if step <= HOUR:
        # Twice the hour that is put back: the wall's clock does not tell which of the two.
        first += (start - first) // step * step
    found = [first]
    while found[-1] < end or len(found) == 1:
        wall += step
        found.append(found[-1] + step if step <= HOUR else wall.replace(tzinfo=zone).astimezone(UTC))
    return found


def _floor(wall: datetime, step: timedelta) -> datetime:
    return _MONDAY + (wall - _MONDAY) // step * step


def written(moment: datetime, zone: tzinfo) -> str:
    """The moment as `after:` and `before:` read it in this zone: "2026-11-23T10:00", its offset where it needs one."""
    local = moment.astimezone(zone)
    wall = local.replace(tzinfo=None)
    alone = wall.replace(tzinfo=zone, fold=0).astimezone(UTC) == moment
    return wall.isoformat(timespec="minutes") if alone else local.isoformat(timespec="minutes")
