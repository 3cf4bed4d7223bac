"""How long an answer asks its caller to wait: `Retry-After` and `X-Ratelimit-Reset`, whose unit nobody documents."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from events.domain.exchange import Headers
from events.domain.text import Text

SHORTEST_SECONDS = 1
LONGEST_SECONDS = 3600
# A negative number means nothing; one too long for int() is no number of seconds either.
_WHOLE = re.compile(r"[0-9]{1,4000}\Z")
_EPOCH_MILLISECONDS, _EPOCH_SECONDS = 10**12, 10**9


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait asked for, held between one second and one hour. `header` is where it stood."""

    seconds: int
    header: str
    was_longer: bool = False

    @property
    def words(self) -> Text:
        """The wait as people say it."""
        return Text("at least an hour") if self.was_longer else _in_words(self.seconds)

    def left(self, age: timedelta) -> int:
        """The seconds that are left of it, rounded up; 0 where it is over."""
        return max(0, math.ceil(self.seconds - age.total_seconds()))

    def left_words(self, age: timedelta) -> Text:
        return _in_words(self.left(age))

    def is_over(self, age: timedelta) -> bool:
        return age >= timedelta(seconds=self.seconds)


def _in_words(seconds: int) -> Text:
    if seconds == 1:
        return Text("1 second")
    if seconds < 120:
        return Text("{n} seconds", n=seconds)
    return Text("{n} minutes", n=-(-seconds // 60))


def wait_asked(headers: Headers, answered_at: datetime) -> Wait | None:
    """The wait that an answer's headers ask for, counted from when it came; None where they say nothing usable."""
    values = {name.lower(): value.strip() for name, value in headers}
    asked = _retry_after(values.get("retry-after", ""), answered_at)
    header = "Retry-After"
    if asked is None:
        asked, header = _reset(values.get("x-ratelimit-reset", ""), answered_at), "X-Ratelimit-Reset"
    if asked is None:
        return None
    clamped = max(SHORTEST_SECONDS, min(LONGEST_SECONDS, asked))
    return Wait(clamped, header, was_longer=asked > LONGEST_SECONDS)


def _retry_after(value: str, now: datetime) -> int | None:
    if _WHOLE.match(value):
        return int(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    # HTTP dates are in GMT, whatever they leave out.
    return _seconds_until(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def _reset(value: str, now: datetime) -> int | None:
    """By its size: a moment in milliseconds, a moment in seconds, or a number of seconds."""
    if not _WHOLE.match(value):
        return None
    number = int(value)
    if number >= _EPOCH_MILLISECONDS:
        return number // 1000 - int(now.timestamp())
    if number >= _EPOCH_SECONDS:
        return number - int(now.timestamp())
    return number


def _seconds_until(moment: datetime, now: datetime) -> int:
    return round((moment - now).total_seconds())
