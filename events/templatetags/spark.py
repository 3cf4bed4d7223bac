"""Small bar charts, drawn on the server: every bar says what it counts, and may lead to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.models.frequency import MOST_COUNTED

register = template.Library()

HEIGHT, STEP, GAP = 24, 8, 2
# What happened once must be seen beside what happened a thousand times, and not look like them where it stands alone.
LOWEST, FEW = 3, 4


class Bar(Protocol):
    """`when` names the span in words; `url` is "" where the bar leads nowhere."""

    @property
    def when(self) -> str: ...

    @property
    def count(self) -> int: ...

    @property
    def url(self) -> str: ...


@register.filter
def capped(count: int) -> str:
    """A count that ends at `MOST_COUNTED`: `1,204`, or `10,000+`."""
    return f"{count:,}" if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


@register.filter
def peak(bars: Sequence[Bar]) -> int:
    """The count of the tallest bar."""
    return max((bar.count for bar in bars), default=0)


@register.simple_tag
def sparkline(bars: Sequence[Bar], *, linked: bool = True) -> SafeString:
    """Bars from the left to now, the tallest filling the height, with the figures as its text.

    Not `linked`, they lead nowhere, wherever they would.
    """
    is_linked = linked and any(bar.url for bar in bars)
    most = peak(bars)
    # Put together by hand: a list has hundreds of bars, and `format_html` takes longer for them than all the rest.
    drawn = "".join(_drawn(at, bar, most, is_linked) for at, bar in enumerate(bars))
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" role="{}" aria-label="{}">{}</svg>',
        len(bars) * STEP,
        HEIGHT,
        "group" if is_linked else "img",
        _in_words(bars, most),
        SafeString(drawn),  # nosec B703  # numbers, and what `_drawn` escaped
    )


def _drawn(at: int, bar: Bar, most: int, is_linked: bool) -> str:
    """HTML."""
    height = max(LOWEST, round(HEIGHT * bar.count / max(most, FEW))) if bar.count else 1
    place = f'<rect x="{at * STEP}" y="{HEIGHT - height}" width="{STEP - GAP}" height="{height}"'
    if not bar.count:
        return f'{place} data-empty=""/>'
    said = escape(f"{bar.when}: {bar.count}")
    drawn = f"{place}><title>{said}</title></rect>"
    return f'<a href="{escape(bar.url)}" aria-label="{said}">{drawn}</a>' if is_linked else drawn


def _in_words(bars: Sequence[Bar], most: int) -> str:
    if not most:
        return _("None in this time")
    peak = next(bar for bar in bars if bar.count == most)
    words = _("%(sum)s from %(start)s on, most at %(peak)s: %(most)s")
    return words % {"sum": sum(bar.count for bar in bars), "start": bars[0].when, "peak": peak.when, "most": most}
