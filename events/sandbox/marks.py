"""How an answer looks at a glance: shape, word and colour together."""

from dataclasses import dataclass

from .ledger import Received
from .markup import Markup, tag, together


@dataclass(frozen=True)
class Mark:
    """`name` is a class of the stylesheet and a shape below; `word` is what is read."""

    name: str
    word: str


_OUTLINES = {
    "ok": '<circle cx="8" cy="8" r="7"/><path class="stroke" d="M4.8 8.2l2.2 2.2 4.2-4.6"/>',
    "bad": '<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/>'
    '<path class="stroke" d="M5.5 5.5l5 5m0-5l-5 5"/>',
    "missing": '<path d="M8 .5L15.5 8 8 15.5.5 8z"/>'
    '<path class="stroke" d="M6.3 6.4a1.8 1.8 0 1 1 2.4 1.7c-.5.2-.7.5-.7 1M8 11.2v.2"/>',
    "wait": '<rect x="1" y="1" width="14" height="14" rx="2"/><path class="stroke" d="M6 5v6m4-6v6"/>',
    "warn": '<path d="M8 1l7.5 13.5H.5z"/><path class="stroke" d="M8 6v4m0 2v.2"/>',
    "odd": '<circle cx="8" cy="8" r="7"/><path class="stroke" d="M8 4.2V8l2.5 1.8"/>',
}  # fmt: skip


def mark_of(row: Received) -> Mark:
    """The mark of an answer, by its status; of a preflight, by what the browser may do after it."""
    status = row.status
    if row.is_preflight and status == 204:
        return Mark("ok", "May send") if row.decided_by.passed else Mark("bad", "May not send")
    if status is None:
        return Mark("odd", "No answer")
    if status >= 500:
        return Mark("warn", "Server error")
    known = {
        204: Mark("ok", "Accepted"),
        404: Mark("missing", "Not found"),
        429: Mark("wait", "Rate limited"),
    }
    return known.get(status) or (Mark("bad", "Refused") if status >= 400 else Mark("warn", "Unexpected"))


def shown(mark: Mark) -> Markup:
    """The mark with its word."""
    return tag("span", shape(mark.name), together(" ", mark.word), class_=f"mark {mark.name}")


def shape(name: str) -> Markup:
    """The shape alone, hidden from those who hear the page."""
    return tag("svg", Markup(_OUTLINES[name]), viewBox="0 0 16 16", aria_hidden="true", class_=f"shape {name}")
