"""How often something happened, as bars: equal spans of time, the last one ending now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


@dataclass(frozen=True, slots=True)
class Bar:
    """One span: its first moment in the viewer's zone, its end, and how many. `url` leads to what it counts."""

    start: datetime
    end: datetime
    count: int
    url: str = ""

    @property
    def when(self) -> str:
        """The day, or for shorter spans the hour."""
        is_day = self.end - self.start >= timedelta(days=1)
        return date_format(self.start, "j M" if is_day else "j M, H:i")


def bars_of(hours: Counter[datetime], span: timedelta, number: int, now: datetime) -> tuple[Bar, ...]:
    """Counts by the hour gathered into `number` spans that begin at whole hours or days of the viewer's zone."""
    local = timezone.localtime(now)
    is_day = span >= timedelta(days=1)
    last = local.replace(hour=0, minute=0, second=0, microsecond=0) if is_day else _whole_hour(local)
    starts = [last - span * back for back in range(number)][::-1]
    counts = [0] * number
    for hour, count in hours.items():
        at = (hour - starts[0]) // span
        if 0 <= at < number:
            counts[at] += count
    return tuple(Bar(start, start + span, count) for start, count in zip(starts, counts, strict=True))


def _whole_hour(local: datetime) -> datetime:
    return local.replace(minute=0, second=0, microsecond=0)
