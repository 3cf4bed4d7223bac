"""The rows of the log as cells. Put together here and not in a template, which would take longer than the search."""

from __future__ import annotations

import functools
import html
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.models.channel import Channel
from events.models.delivery import Delivery
from events.models.log_column import LogColumn
from events.models.mark import MarksLeft
from events.templatetags.console import PRODUCTION, duration_bar, environment_label, icon, moment, outcome

register = template.Library()

NOTHING = "–"
# What a phone's card shows without saying what it is.
_ON_CARD = frozenset(
    {LogColumn.TIME, LogColumn.OUTCOME, LogColumn.STORE, LogColumn.EVENT, LogColumn.EVENT_ID, LogColumn.BUYER}
)
# Short, and of one length: what is cut of these cannot be guessed. Names and IDs give way, and tell the rest on hover.
_ALWAYS_READ = frozenset(
    {
        LogColumn.TIME, LogColumn.OUTCOME, LogColumn.STATUS, LogColumn.TOOK, LogColumn.CHANNEL, LogColumn.NUMBER,
        LogColumn.WRITTEN, LogColumn.EVENTS, LogColumn.SIZE,
    }
)  # fmt: skip
_NUMBERS = frozenset({LogColumn.TOOK, LogColumn.NUMBER, LogColumn.EVENTS, LogColumn.SIZE})
# (what stands there, what the whole of it is or "")
Cell = tuple[object, str]


@register.simple_tag
def log_heads(columns: Iterable[LogColumn]) -> SafeString:
    """The heads of these columns, each with its share of the table's width."""
    return format_html_join(
        "\n",
        '<th scope="col" class="{}" width="{}%">{}</th>',
        ((_class(column), f"{width:.1f}", column.label) for column, width in _widths(tuple(columns))),
    )


def _widths(columns: tuple[LogColumn, ...]) -> list[tuple[LogColumn, float]]:
    """Percentages. When and how it ended stay readable whatever stands beside them; the others share the rest."""
    kept = {column: _WIDTHS[column] for column in columns if column in _ALWAYS_READ}
    if len(kept) == len(columns):
        kept = {}
    whole = sum(_WIDTHS[column] for column in columns if column not in kept) or 1
    share = (100 - sum(kept.values())) / whole
    return [(column, kept.get(column) or share * _WIDTHS[column]) for column in columns]


class Shown(Protocol):
    """A delivery of the list: its time leads to `url`, and `is_opened` says that it is shown beside the list.

    `store` and `by` are names, the latter "" where a command sent it.
    """

    @property
    def delivery(self) -> Delivery: ...
    @property
    def store(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def is_opened(self) -> bool: ...
    @property
    def marks(self) -> MarksLeft | None: ...


@register.simple_tag
def log_rows(rows: Iterable[Shown], columns: Iterable[LogColumn]) -> SafeString:
    """The rows of a list, each with these cells.

    What was left at a delivery stands behind its outcome, or where that is not shown behind its time.
    """
    language, columns = get_language() or "", tuple(columns)
    openings = {column: _opening(column, language) for column in columns}
    marked = LogColumn.OUTCOME if LogColumn.OUTCOME in openings else LogColumn.TIME
    return SafeString("\n".join([_row(row, openings, marked) for row in rows]))  # nosec B703  # see `_row`


def _row(row: Shown, openings: Mapping[LogColumn, str], marked: LogColumn) -> str:
    """Only what `_escaped` and `html.escape` let through."""
    delivery, cells = row.delivery, []
    for column, opening in openings.items():
        if column is LogColumn.TIME:
            content, whole = _time(delivery, row.url, row.is_opened)
        elif column in _OF_ROW:
            content, whole = _OF_ROW[column](row)
        else:
            content, whole = _CELLS[column](delivery)
        if row.marks and column is marked:
            content = format_html("{}{}", content, _marks(row.marks))
        more = " data-none" if content is NOTHING else f' title="{html.escape(whole)}"' if whole else ""
        cells.append(f"{opening}{more}>{_escaped(content)}</td>")
    selected = " data-selected" if row.is_opened else ""
    outcome_of = html.escape(delivery.outcome)
    return f'<tr id="row-{delivery.pk}" data-row="{outcome_of}"{selected}>{"".join(cells)}</tr>'


def _escaped(content: object) -> str:
    """As Django's own does, which spends most of its time on texts that are not translated yet."""
    return content if isinstance(content, SafeString) else html.escape(str(content))


@functools.lru_cache(maxsize=256)
def _opening(column: LogColumn, language: str) -> str:
    """How the column's cells begin, but for a title; the card of a phone says what some of them are."""
    label = "" if column in _ON_CARD else f' data-label="{html.escape(str(column.label))}"'
    return f'<td class="{_class(column)}"{label}'


def _class(column: LogColumn) -> str:
    return f"log-{column.value} num" if column in _NUMBERS else f"log-{column.value}"


def _time(delivery: Delivery, url: str, is_open: bool) -> Cell:
    current = ' aria-current="true"' if is_open else ""
    shown = moment(delivery.created_at, "clock")
    return SafeString(f'<a class="row-link" href="{html.escape(url)}"{current}>{shown}</a>'), ""  # nosec B703


def _store(row: Shown) -> Cell:
    kind = PRODUCTION if row.delivery.is_production else "other"
    name, environment = row.store, row.delivery.environment
    hidden = f'<span class="visually-hidden"> ({html.escape(environment)})</span>'
    content = f'<span class="env-mark" data-kind="{kind}"></span>{html.escape(name)}{hidden}'
    return SafeString(content), f"{name} ({environment})"  # nosec B703  # what `html.escape` let through


@functools.lru_cache(maxsize=64)
def _channel(value: str, _language: str | None) -> str:
    return str(Channel(value).label)


def _event(delivery: Delivery) -> Cell:
    more = f" +{delivery.more_events}" if delivery.more_events else ""
    return (delivery.first_event_name or NOTHING) + more, ""


def _event_id(delivery: Delivery) -> Cell:
    found = delivery.first_event_id or NOTHING
    return found, found


def _by(row: Shown) -> Cell:
    by, delivery = row.by or _("command"), row.delivery
    if delivery.run_id:
        run = _("run %(number)d") % {"number": delivery.run_id}
        return _to_run(delivery, run), f"{by}, {run}"
    return by.split()[0], by


def _findings(delivery: Delivery) -> Cell:
    counts = [
        ("error", delivery.error_count, ngettext("%s error", "%s errors", delivery.error_count)),
        ("warning", delivery.warning_count, ngettext("%s warning", "%s warnings", delivery.warning_count)),
    ]
    found = [(severity, words % count) for severity, count, words in counts if count]
    marks = format_html_join(" ", '<span class="count" data-severity="{}">{}</span>', found)
    return marks or NOTHING, ", ".join(words for _severity, words in found)


def _tags(row: Shown) -> Cell:
    words = " ".join(f"#{word}" for word in row.marks.tags) if row.marks else ""
    return words or NOTHING, words


def _run(delivery: Delivery) -> Cell:
    return (_to_run(delivery, str(delivery.run)), str(delivery.run)) if delivery.run else (NOTHING, "")


def _to_run(delivery: Delivery, words: str) -> SafeString:
    """A link to all of its run: one of its own, above the one of the whole row."""
    return format_html('<a class="row-own" href="{}?q=run:{}">{}</a>', reverse("log"), delivery.run_id, words)


def _marks(marks: MarksLeft) -> SafeString:
    """Shape and word of what was left at a delivery."""
    tags = _("tags: %(words)s") % {"words": ", ".join(marks.tags)} if marks.tags else ""
    notes = ngettext("%(count)d note", "%(count)d notes", marks.note_count) % {"count": marks.note_count}
    found = [("pin", _("pinned") * marks.is_pinned), ("tag", tags), ("note", notes if marks.note_count else "")]
    shown = [(words, icon(name), words) for name, words in found if words]
    drawn = format_html_join("", '<span title="{}">{}<span class="visually-hidden">{} </span></span>', shown)
    return format_html('<span class="row-marks">{}</span>', drawn)


_OF_ROW: dict[LogColumn, Callable[[Shown], Cell]] = {
    LogColumn.STORE: _store,
    LogColumn.BY: _by,
    LogColumn.TAGS: _tags,
}
_CELLS: dict[LogColumn, Callable[[Delivery], Cell]] = {
    LogColumn.OUTCOME: lambda delivery: (outcome(delivery.outcome, short=True), ""),
    LogColumn.STATUS: lambda delivery: (delivery.status_code or NOTHING, ""),
    LogColumn.EVENT: _event,
    LogColumn.EVENT_ID: _event_id,
    LogColumn.BUYER: lambda delivery: (delivery.masked_buyer or NOTHING, ""),
    LogColumn.TOOK: lambda delivery: ("…" if delivery.is_open else duration_bar(delivery.duration_ms), ""),
    LogColumn.CHANNEL: lambda delivery: (_channel(delivery.channel, get_language()), ""),
    LogColumn.NUMBER: lambda delivery: (delivery.pk, ""),
    LogColumn.WRITTEN: lambda delivery: (moment(delivery.created_at, "exact"), ""),
    LogColumn.ENVIRONMENT: lambda delivery: (environment_label(delivery.environment), ""),
    LogColumn.EVENTS: lambda delivery: (delivery.event_count, ""),
    LogColumn.FINDINGS: _findings,
    LogColumn.ERROR: lambda delivery: (delivery.error or NOTHING, delivery.error),
    LogColumn.SIZE: lambda delivery: (filesizeformat(delivery.request_bytes), ""),
    LogColumn.RUN: _run,
}
# Shares of the table's width: the first ten make a hundred.
_WIDTHS = {
    LogColumn.TIME: 10.3, LogColumn.OUTCOME: 13.4, LogColumn.STATUS: 5.6, LogColumn.STORE: 12, LogColumn.EVENT: 11.1,
    LogColumn.EVENT_ID: 12.7, LogColumn.BUYER: 11.5, LogColumn.TOOK: 9.4, LogColumn.CHANNEL: 6.7, LogColumn.BY: 7.3,
    LogColumn.NUMBER: 6.4, LogColumn.WRITTEN: 13, LogColumn.ENVIRONMENT: 9, LogColumn.EVENTS: 5.7,
    LogColumn.FINDINGS: 11, LogColumn.ERROR: 18, LogColumn.SIZE: 8.9, LogColumn.TAGS: 10, LogColumn.RUN: 9,
}  # fmt: skip
