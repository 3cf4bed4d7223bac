"""Two exchanges, row by row: what each showed of its caller, what came back, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.domain.difference import MOST_FOUND, Veiled, differences, veiled
from events.domain.exchange import Headers, Timings
from events.domain.tree import format_path
from events.models import Delivery
from events.models.delivery import OutcomeChoices
from events.templatetags.console import duration
from events.views.evidence import Answer, Evidence, Shown

# No two calls take equally long: only what a person would notice counts as a difference.
NOTICED_MS = 100
NOTICED_TIMES = 2
MOST_DIFFERENCES = 30
_OF_THE_CALLER = ("user-agent", "origin")
# Differs by its nature.
_OF_THE_MOMENT = ("date", "x-ratelimit-remaining", "x-ratelimit-reset")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two; without evidence, what the narrow row tells.

    `sent` and `said` are the bodies to compare by, a text as a string: under a mask two values look alike, and differ.
    """

    delivery: Delivery
    evidence: Evidence | None = None
    sent: Veiled | None = None
    said: Veiled | None = None

    @property
    def answer(self) -> Answer | None:
        return self.evidence.answer if self.evidence else None

    @property
    def has_answer(self) -> bool:
        """Whether an answer came that was read: without one, nothing that stands in it is known."""
        return self.answer is not None and self.answer.status is not None

    @property
    def never_left(self) -> bool:
        return self.answer is not None and not self.answer.bytes_may_have_left

    @property
    def sent_headers(self) -> dict[str, str]:
        return _by_name(self.evidence.sent.headers) if self.evidence else {}

    @property
    def came_headers(self) -> dict[str, str]:
        return _by_name(self.answer.headers) if self.answer else {}


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of both sides. `kind` is text, wire (as it went over the wire), header (its name, too) or outcome."""

    label: str
    left: str
    right: str
    differs: bool
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]


def compare(left: Side, right: Side) -> tuple[Group, ...]:
    """Everything but the bodies as they are; a group about which nothing is known is left out."""
    groups = (
        Group(_("How it ended"), tuple(_endings(left, right))),
        Group(_("Where the requests differ"), tuple(_differing(left.sent, right.sent))),
        Group(_("Where the responses differ"), tuple(_differing(left.said, right.said))),
        Group(_("What the call shows Scalev of its caller"), tuple(_callers(left, right))),
        Group(_("Where the time went"), tuple(_times(left, right))),
        Group(_("Headers of the request"), tuple(_sent_headers(left, right))),
        Group(_("Headers of the response"), tuple(_headers(left, right, left.came_headers, right.came_headers))),
    )
    return tuple(group for group in groups if group.rows)


def verdict(left: Delivery, right: Delivery) -> str:
    """The comparison in one sentence."""
    ends = [str(OutcomeChoices(each.outcome).label) for each in (left, right)]
    if left.is_open or right.is_open:
        return _("One of the two is still under way.")
    if ends[0] == ends[1] and left.status_code == right.status_code:
        return _("Both ended the same way: %(end)s.") % {"end": ends[0]}
    words = {"first": ends[0], "second": ends[1]}
    return _("They ended differently: the first one “%(first)s”, the second one “%(second)s”.") % words


def _endings(left: Side, right: Side) -> Iterator[Row]:
    one, two = left.delivery, right.delivery
    yield Row(_("Outcome"), one.outcome, two.outcome, one.outcome != two.outcome, "outcome")
    yield _plain(_("Status"), _status(left), _status(right))
    yield _timed(_("Duration"), one.duration_ms, two.duration_ms)
    for number, pair in enumerate(zip(one.event_ids, two.event_ids, strict=False), start=1):
        label = _("Event ID") if one.event_count == 1 else _("Event ID %(number)d") % {"number": number}
        yield _plain(label, str(pair[0]), str(pair[1]), kind="wire")
    sent = [side.evidence.sent.body if side.evidence else None for side in (left, right)]
    came = [side.answer.body if side.answer and side.has_answer else None for side in (left, right)]
    yield _bodies(_("Body of the request"), *sent)
    yield _bodies(_("Body of the response"), *came)


def _differing(left: Veiled | None, right: Veiled | None) -> Iterator[Row]:
    """Every place in which two bodies differ, also where their masks look alike."""
    if left is None or right is None:
        return
    found = differences(left.tree, right.tree, everything=True)
    for each in found[:MOST_DIFFERENCES]:
        shown = veiled(each, left, right)
        place = format_path(shown.path) or _("The whole body")
        yield Row(place, shown.left or "–", shown.right or "–", differs=True, kind="header")
    if len(found) > MOST_DIFFERENCES:
        more = _("and %(number)d more") if len(found) < MOST_FOUND else _("and %(number)d or more others")
        yield Row(more % {"number": len(found) - MOST_DIFFERENCES}, "", "", differs=False)


def _bodies(label: str, left: Shown | None, right: Shown | None) -> Row:
    """Their sizes. Under the masks two buyers may look alike; their values rarely have the same length."""
    sizes = [_("%(size)d bytes") % {"size": each.size} if each else "–" for each in (left, right)]
    differs = left is not None and right is not None and (left.size, left.text) != (right.size, right.text)
    return Row(label, sizes[0], sizes[1], differs)


def _status(side: Side) -> str:
    status, answer = side.delivery.status_code, side.answer
    return f"{status} {answer.reason}".strip() if status and answer else str(status or "–")


def _callers(left: Side, right: Side) -> Iterator[Row]:
    yield _plain(_("Made by"), _maker(left.delivery), _maker(right.delivery))
    yield _plain(_("Network address"), _address(left), _address(right))
    for label, name in ((_("User agent"), "user-agent"), (_("Origin"), "origin")):
        one, two = (_shown_of(side, name) for side in (left, right))
        yield _plain(label, one, two, kind="wire")


def _shown_of(side: Side, name: str) -> str:
    return _nothing() if side.never_left else side.sent_headers.get(name, _("none"))


def _nothing() -> str:
    return _("nothing: the event did not leave")


def _maker(delivery: Delivery) -> str:
    words = {"by": delivery.by or _("command line")}
    return (
        _("the browser of %(by)s") % words if delivery.is_by_browser else _("this console's server, for %(by)s") % words
    )


def _address(side: Side) -> str:
    """As far as it is known: Scalev alone sees the address that a call comes from."""
    if side.never_left:
        return _nothing()
    if side.delivery.is_by_browser:
        return _("that of this browser's own connection, which the console does not know")
    peer = side.answer.peer if side.answer else ""
    return _("that of this server; connected to %(peer)s") % {"peer": peer} if peer else _("that of this server")


def _times(left: Side, right: Side) -> Iterator[Row]:
    one, two = (side.answer.timings if side.answer else Timings() for side in (left, right))
    parts = (
        (_("Look up"), "dns_ms"),
        (_("Connect"), "connect_ms"),
        (_("TLS"), "tls_ms"),
        (_("Send"), "send_ms"),
        (_("Wait"), "first_byte_ms"),
        (_("Receive"), "receive_ms"),
    )
    for label, name in parts:
        if getattr(one, name) is not None or getattr(two, name) is not None:
            yield _timed(label, getattr(one, name), getattr(two, name))


def _sent_headers(left: Side, right: Side) -> Iterator[Row]:
    """But those that stand among what Scalev saw of the caller."""
    one, two = (side.sent_headers for side in (left, right))
    for row in _headers(left, right, one, two):
        if row.label not in _OF_THE_CALLER:
            yield row


def _headers(left: Side, right: Side, one: dict[str, str], two: dict[str, str]) -> Iterator[Row]:
    """All headers that either side knows; one that a browser hides is no difference."""
    for name in dict.fromkeys((*one, *two)):
        known = name in one and name in two
        differs = known and one[name] != two[name] and name not in _OF_THE_MOMENT
        yield Row(name, one.get(name, _absent(left)), two.get(name, _absent(right)), differs, "header")


def _absent(side: Side) -> str:
    return _("not readable for a page") if side.delivery.is_by_browser and side.has_answer else "–"


def _by_name(headers: Headers) -> dict[str, str]:
    """Values by lower-case name; a name that came more than once has all its values."""
    found: dict[str, str] = {}
    for name, value in headers:
        known = found.get(name.lower())
        found[name.lower()] = f"{known}, {value}" if known else value
    return found


def _plain(label: str, left: str, right: str, kind: str = "text") -> Row:
    return Row(label, left, right, left != right, kind)


def _timed(label: str, left: float | None, right: float | None) -> Row:
    differs = False
    if left is not None and right is not None:
        short, long = sorted((left, right))
        differs = long - short >= NOTICED_MS and long >= NOTICED_TIMES * short
    return Row(label, duration(left), duration(right), differs)
