"""How often something happened, as bars: equal spans of time, the last one ending now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end` in the viewer's zone; `when` is its day, or for shorter ones its hour."""

    start: datetime
    end: datetime
    when: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How many in one span. `url` leads to what it counts."""

    span: Span
    count: int
    url: str = ""

    @property
    def when(self) -> str:
        return self.span.when


def spans_of(length: timedelta, number: int, now: datetime) -> tuple[Span, ...]:
    """`number` spans that begin at whole days of the viewer's zone, or at whole hours where they are shorter."""
    local = timezone.localtime(now)
    is_day = length >= DAY
    last = local.replace(hour=0 if is_day else local.hour, minute=0, second=0, microsecond=0)
    starts = [last - length * back for back in range(number)][::-1]
    form = "j M" if is_day else "j M, H:i"
    return tuple(Span(start, start + length, date_format(start, form)) for start in starts)


def bars_of(hours: Mapping[datetime, int], spans: Sequence[Span]) -> tuple[Bar, ...]:
    """Counts by the hour, gathered into equal spans that follow one another."""
    # In UTC, as the hours are: with a zone each subtraction asks for its offset.
    first, length = spans[0].start.astimezone(UTC), spans[0].end - spans[0].start
    counts = [0] * len(spans)
    for hour, count in hours.items():
        at = (hour - first) // length
        if 0 <= at < len(spans):
            counts[at] += count
    return tuple(Bar(span, count) for span, count in zip(spans, counts, strict=True))
