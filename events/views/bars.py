"""The timeline above the log: bars of outcomes, each a link to its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.domain import bars
from events.domain.bars import DAY, HOUR
from events.domain.query import Field
from events.forms.log import Address
from events.models.counting import Matches
from events.models.delivery import OPEN_OUTCOMES, OutcomeChoices
from events.models.tally import hour_of

# From the ground up: what went well carries what did not.
FAMILIES = ("accepted", "open", "failed")
# In percent of the timeline's height: the least that can be seen, and what parts two families.
LEAST, GAP = 4.0, 1.5
MARKS = 4
# A first delivery, a moment ago, stands in a span that one can see.
SHORTEST_SPAN = HOUR


@dataclass(frozen=True, slots=True)
class Part:
    """Outcomes of one family, as a piece of a bar: from the top, in percent."""

    family: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`after` and `before` are its time as filters read it; `label` says in words what it shows, "" for nothing."""

    after: str
    before: str
    label: str = ""
    url: str = ""
    parts: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A time below the bars, at so many percent of their width."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """`base_url` is the search without times, `wider_url` leads out of a narrowed one, "" where there is none.

    `is_timed` says whether a time was asked for, `last:` among them.
    """

    bars: list[Bar]
    marks: list[Mark]
    base_url: str
    wider_url: str
    is_timed: bool = False


def bars_of(found: Matches, address: Address, now: datetime) -> Bars:
    whole = address.choosing("after", "").choosing("before", "")
    base_url = _at(whole)
    drawn, marks = [], []
    span = _span(found, now)
    if span:
        step = bars.step_for(*span, HOUR if found.hours else bars.STEPS[0])
        edges = bars.edges(*span, step, timezone.get_current_timezone())
        if found.hours:
            # A tally holds whole hours of UTC: in a zone that is half an hour off a bar begins with one all the same.
            edges = [hour_of(edge) for edge in edges]
        drawn = _drawn(found.bars(edges), edges, step, str(whole.query))
        marks = _marks(edges, step)
    is_timed = bool(address.query.of(Field.AFTER, Field.BEFORE, Field.LAST))
    return Bars(drawn, marks, base_url, base_url if whole != address else "", is_timed)


def _span(found: Matches, now: datetime) -> tuple[datetime, datetime] | None:
    """What the bars tell of: the time asked for, or from the oldest that is counted until now. None for nothing."""
    oldest = found.oldest_at
    if oldest is None:
        return None
    end = min(found.end or now, now)
    if found.start is None or found.is_capped:
        return min(oldest, end - SHORTEST_SPAN), end
    return (found.start, end) if found.start < end else None


def _drawn(counts: list[Counter[str]], edges: list[datetime], step: timedelta, query: str) -> list[Bar]:
    zone = timezone.get_current_timezone()
    local = [edge.astimezone(zone) for edge in edges]
    written = [bars.written(edge, zone) for edge in edges]
    words = {outcome.value: str(outcome.label).lower() for outcome in OutcomeChoices}
    day_of = cache(_day)
    most = max(counted.total() for counted in counts)
    log = reverse("log")
    return [
        Bar(
            after=after,
            before=before,
            label=f"{_when(start, end, step, day_of)}: {_what(counted, words)}",
            url=f"{log}?{urlencode({'q': f'after:{after} before:{before} {query}'.rstrip()})}",
            parts=_parts(counted, most),
        )
        if counted
        else Bar(after, before)
        for counted, start, end, after, before in zip(counts, local, local[1:], written, written[1:], strict=False)
    ]


def _parts(counted: Counter[str], most: int) -> list[Part]:
    by_family: Counter[str] = Counter()
    for outcome, count in counted.items():
        by_family[_family(outcome)] += count
    heights = {each: max(LEAST, 100 * by_family[each] / most) for each in FAMILIES if by_family[each]}
    room = 100 - GAP * (len(heights) - 1)
    scale = min(1.0, room / (sum(heights.values()) or 1))
    parts, y = [], 100.0
    for each, height in heights.items():
        y -= height * scale
        parts.append(Part(each, f"{max(y, 0):.1f}", f"{height * scale:.1f}"))
        y -= GAP
    return parts


def _family(outcome: str) -> str:
    if outcome in OPEN_OUTCOMES:
        return "open"
    return "accepted" if outcome == OutcomeChoices.ACCEPTED else "failed"


def _what(counted: Counter[str], words: dict[str, str]) -> str:
    """ "12 accepted, 3 refused", the commonest first."""
    return ", ".join(f"{count} {words[outcome]}" for outcome, count in counted.most_common())


def _when(first: datetime, last: datetime, step: timedelta, day_of: Callable[[date], str]) -> str:
    if step > DAY:
        return _("%(first)s to %(last)s") % {"first": day_of(first.date()), "last": day_of((last - DAY).date())}
    if step == DAY:
        return f"{first:%a} {day_of(first.date())}"
    opened = f"{first:%a} {day_of(first.date())}, {first:%H:%M}"
    return _("%(first)s to %(last)s") % {"first": opened, "last": f"{last:%H:%M}"}


def _marks(edges: list[datetime], step: timedelta) -> list[Mark]:
    """Times at the ends and between: with the day where it is another than before."""
    places = [round(number * (len(edges) - 1) / MARKS) for number in range(MARKS + 1)]
    shown, marks = None, []
    for place in dict.fromkeys(places):
        local = timezone.localtime(edges[place])
        day = _day(local.date())
        label = day if step >= DAY else f"{local:%H:%M}"
        if step < DAY and local.date() != shown:
            label = f"{local:%a} {label}" if edges[-1] - edges[0] < 6 * DAY else f"{day}, {label}"
        shown = local.date()
        marks.append(Mark(round(100 * place / (len(edges) - 1)), label))
    return marks


def _day(day: date) -> str:
    return date_format(day, "j M" if day.year == timezone.localdate().year else "j M Y")


def _at(address: Address) -> str:
    query = address.encoded()
    return reverse("log") + (f"?{query}" if query else "")
