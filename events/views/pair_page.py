"""What the page on a pair is drawn with: the pasted half, its comparison with a payload, and the call that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.domain.pair import Comparison, Point, Standing, Verdict, compare
from events.domain.pair.partners import partners
from events.domain.pair.pasted import Pasted, read_pasted
from events.domain.patch import apply
from events.domain.payload import Event, Payload
from events.domain.snippets.page import fbq
from events.domain.tree import Object
from events.domain.veil import Veil
from events.templatetags.console import words

_VERDICTS = {
    Verdict.PAIRED: ("success", "ok"),
    Verdict.DIFFERS: ("warning", "warn"),
    Verdict.APART: ("error", "bad"),
    Verdict.OPEN: ("hint", "odd"),
    Verdict.TWICE: ("warning", "warn"),
}
_STANDINGS: dict[Standing, tuple[Promise, str]] = {
    Standing.SAME: (pgettext_lazy("two values", "same"), "ok"),
    Standing.DIFFERS: (pgettext_lazy("two values", "differs"), "warn"),
    Standing.ONLY_BROWSER: (gettext_lazy("only the browser"), "warn"),
    Standing.ONLY_SERVER: (gettext_lazy("only the payload"), "warn"),
    Standing.OPEN: (gettext_lazy("open"), "odd"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One point as its viewer may see it. `take` names it for the button that takes the browser's value over."""

    point: Point
    server: str
    message: str
    word: Promise
    tone: str
    take: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One pair of halves."""

    comparison: Comparison
    number: int
    symbol: str
    tone: str
    rows: tuple[Row, ...]


def context_of(text: str, payload: Payload, veil: Veil, *, may_take: bool = False) -> dict[str, Any]:
    """`text` is what was pasted, "" before; `may_take` offers to take the browser's values over into the payload."""
    pasted = read_pasted(text)
    found = partners(pasted.events, payload)
    pairs = [compare(half, event, payload) for half, event in found.matched]
    shown = veil.payload(payload.tree)
    return {
        "pasted": text,
        "pairs": [_shown(each, at, veil, may_take) for at, each in enumerate(pairs)],
        "browser_only": found.browser_only if payload.events else pasted.events,
        "server_only": [veil.text(_named(event)) for event in found.server_only] if pasted.events else [],
        "not_read": pasted.not_read,
        "pixel_ids": pixel_ids(pasted),
        "is_relayed": any(half.is_relayed for half in pasted.events),
        "error": "" if pasted.events or not text.strip() else _nothing(pasted),
        "fbq": fbq(Payload(shown)) if isinstance(shown, Object) else "",
        "is_clear": veil.is_lifted,
    }


def chosen(text: str, payload: Payload, take: str) -> Point | None:
    """The point that a button named: `0.event_id` is the ID of the first pair. None where it is no longer there."""
    place, _dot, key = take.partition(".")
    matched = partners(read_pasted(text).events, payload).matched
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else len(matched)
    return compare(*matched[at], payload).point(key) if at < len(matched) else None


def taken_over(tree: Object, point: Point) -> Object:
    """The payload with the browser's value in it; as it was where the point offers none."""
    changed = apply(tree, point.fix)
    return changed if isinstance(changed, Object) else tree


def pixel_ids(pasted: Pasted) -> tuple[str, ...]:
    named = (half.pixel_id for half in pasted.events if half.pixel_id)
    return tuple(dict.fromkeys((*pasted.pixel_ids, *named)))


def _shown(found: Comparison, at: int, veil: Veil, may_take: bool) -> Shown:
    rows = tuple(_row(point, f"{at}.{point.key}" if may_take and point.fix else "", veil) for point in found.points)
    return Shown(found, int(found.event.path[-1]) + 1, *_VERDICTS[found.verdict], rows)


def _row(point: Point, take: str, veil: Veil) -> Row:
    word, tone = _STANDINGS[point.standing]
    is_bad = point.decides and point.is_trouble
    return Row(point, veil.text(point.server), veil.text(words(point.message)), word, "bad" if is_bad else tone, take)


def _named(event: Event) -> str:
    return f"{event.event_name or '–'} · {event.event_id or '–'}"


def _nothing(pasted: Pasted) -> str:
    if pasted.not_read:
        return _("There is no call in this that can be read. What stands in its way is listed below.")
    return _("There is no call of fbq in this. Paste the line that begins with fbq('track', or the whole page.")
