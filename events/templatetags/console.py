"""The console's own tags and filters; each gives one value its shape, and none asks the database but `admins`."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.domain.rights import Action
from events.domain.text import Text
from events.domain.tree import Json, Path, format_path
from events.models.delivery import OutcomeChoices
from events.models.person import Person, RoleChoices
from events.templatetags.json_lines import html_lines

register = template.Library()

PRODUCTION = "production"
_CODE = re.compile(r"`([^`]+)`")

TONES = {
    OutcomeChoices.ACCEPTED: "ok",
    OutcomeChoices.REJECTED: "bad",
    OutcomeChoices.NOT_FOUND: "bad",
    OutcomeChoices.RATE_LIMITED: "warn",
    OutcomeChoices.SERVER_ERROR: "warn",
    OutcomeChoices.UNREACHABLE: "warn",
    OutcomeChoices.UNEXPECTED: "odd",
    OutcomeChoices.TIMED_OUT: "odd",
    OutcomeChoices.INTERRUPTED: "odd",
}

# Pages that belong to a place in the header's list, by the first word of their URL's name.
_PLACES = (
    ("compose", Action.COMPOSE, ("compose", "composition")),
    ("log", Action.SEE_LOG, ("log", "delivery", "error")),
    ("recording", Action.COMPOSE, ("recording",)),
    ("stores", Action.MANAGE_STORES, ("stores", "store", "key")),
    ("people", Action.MANAGE_PEOPLE, ("people", "person", "invitation")),
    ("data", Action.MANAGE_DATA, ("data",)),
    ("audit", Action.SEE_AUDIT, ("audit",)),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the header's list."""

    url: str
    label: str
    is_here: bool


@register.simple_tag(takes_context=True)
def places(context: template.Context) -> list[Place]:
    """Where the signed-in person may go, in the header's order."""
    request = context["request"]
    here = (getattr(request.resolver_match, "url_name", None) or "").split("_")[0]
    words = {
        "compose": _("Compose"),
        "log": _("Log"),
        "recording": _("Check a visit"),
        "stores": _("Stores"),
        "people": _("People"),
        "data": _("Data"),
        "audit": _("Audit"),
    }
    return [
        Place(reverse(name), words[name], here in stems) for name, action, stems in _PLACES if request.user.may(action)
    ]


@register.simple_tag(takes_context=True)
def may(context: template.Context, action: str, *, own: bool = False) -> bool:
    """Whether the signed-in person has a right: `{% may "manage_stores" as may_manage %}`."""
    person = context["request"].user
    return bool(person.is_authenticated and person.may(Action(action), own=own))


@register.simple_tag
def console_name() -> str:
    """The installation's own name, or ""."""
    return str(settings.CONSOLE_NAME)


@register.simple_tag
def admins() -> list[Person]:
    """A few people to ask when a right is missing."""
    return list(Person.objects.filter(role=RoleChoices.ADMIN, is_active=True)[:3])


@register.simple_tag
def standing(name: str) -> SafeString:
    """A part of a page that is the same for everybody, always: `{% standing "events/_log_help.html" %}`.

    It is drawn once a process, without a context.
    """
    return _standing(name, get_language())


@functools.cache
def _standing(name: str, _language: str | None) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def options(values: Iterable[str]) -> SafeString:
    """What a list of offers holds: a template would take its time over a hundred of them."""
    drawn = [f'<option value="{html.escape(value)}"></option>' for value in values]
    return SafeString("".join(drawn))  # nosec B703  # what `html.escape` let through


@register.simple_tag
@functools.lru_cache(maxsize=256)  # a page of the log draws some seventy, and their address takes long to look up
def icon(name: str, *, large: bool = False) -> SafeString:
    """A symbol of img/icons.svg, hidden from screen readers: a word always stands beside it."""
    size = "icon icon-large" if large else "icon"
    address = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', size, address)


@register.filter
def tone(outcome: str) -> str:
    """The colour of an outcome, as the value of data-tone: ok, bad, warn, odd, or "" for one still open."""
    return TONES.get(OutcomeChoices(outcome), "")


@register.simple_tag
def outcome(value: str, *, short: bool = False) -> SafeString:
    """Shape, word and colour of an outcome; `short` where there is no room, as in a list."""
    return _outcome(OutcomeChoices(value), short, get_language())


@functools.lru_cache(maxsize=256)  # a page of the log draws fifty of the same few
def _outcome(choice: OutcomeChoices, short: bool, _language: str | None) -> SafeString:
    told = short_outcome(choice) if short else choice.label
    return format_html('<span class="outcome" data-tone="{}">{}{}</span>', tone(choice), icon(choice.value), told)


def short_outcome(choice: OutcomeChoices) -> str:
    """One word for it, or two short ones."""
    return _("Unexpected") if choice is OutcomeChoices.UNEXPECTED else str(choice.label)


@register.simple_tag
def environment_label(name: str) -> SafeString:
    """The name of a Scalev environment: production solid and red, every other one dashed and teal."""
    kind = PRODUCTION if name == PRODUCTION else "other"
    return format_html('<span class="env-label" data-kind="{}">{}</span>', kind, name)


@register.simple_tag
def moment(value: datetime | None, style: str = "relative") -> SafeString:
    """A time in the viewer's zone, exact on hover; style is "relative", "clock" or "exact"."""
    if value is None:
        return SafeString("–")
    local = timezone.localtime(value)
    exact = f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d} {local.tzname()}"
    words = {"relative": _ago, "clock": _clock, "exact": _exact}[style](local)
    live = " data-relative" if style == "relative" else ""
    head = f'<time datetime="{local.isoformat()}" title="{html.escape(exact)}"{live}>'
    return SafeString(f"{head}{html.escape(words)}</time>")  # nosec B703  # what `html.escape` let through


def _ago(local: datetime) -> str:
    seconds = int((timezone.now() - local).total_seconds())
    if seconds < 0 or seconds >= timedelta(days=1).total_seconds():
        return _minute(local) if local.year == timezone.localtime().year else date_format(local, "j M Y, H:i")
    if seconds < 60:
        return _("# s ago").replace("#", str(max(1, seconds)))
    if seconds < 3600:
        return _("# min ago").replace("#", str(seconds // 60))
    return _("# h ago").replace("#", str(seconds // 3600))


def _exact(local: datetime) -> str:
    return date_format(local, "j M Y, H:i:s")


def _clock(local: datetime) -> str:
    is_today = local.date() == timezone.localtime().date()
    return f"{local:%H:%M:%S}" if is_today else _minute(local)


def _minute(local: datetime) -> str:
    return _minute_on_the_wall(local.replace(second=0, microsecond=0, tzinfo=None), get_language())


@functools.lru_cache(maxsize=2048)  # neighbours in a log often share theirs, and it takes as long as the rest of a row
def _minute_on_the_wall(local: datetime, _language: str | None) -> str:
    return date_format(local, "j M, H:i")


@register.filter
def duration(milliseconds: float | None) -> str:
    """`182 ms` below a second, `20.0 s` from there on, `–` where nothing was measured."""
    if milliseconds is None:
        return "–"
    if 0 < milliseconds < 1:
        return _("< 1 ms")
    if round(milliseconds) < 1000:
        return _("%(number)s ms") % {"number": round(milliseconds)}
    return _("%(number)s s") % {"number": f"{milliseconds / 1000:.1f}"}


@register.simple_tag
def duration_bar(milliseconds: float | None, full: float = 1000) -> SafeString:
    """A duration with a bar before it; `full` is how many milliseconds fill the bar."""
    return SafeString("–") if milliseconds is None else _duration_bar(milliseconds, full, get_language())


@functools.lru_cache(maxsize=4096)  # whole milliseconds, and most of them few
def _duration_bar(milliseconds: float, full: float, _language: str | None) -> SafeString:
    share = max(8.0, min(100.0, 100 * milliseconds / full))
    bar = f'<rect x="{100 - share:.0f}%" width="{share:.0f}%" height="100%" rx="2"/>'
    told = html.escape(duration(milliseconds))
    return SafeString(f'<span class="duration"><svg aria-hidden="true">{bar}</svg>{told}</span>')  # nosec B703


@register.simple_tag
def json_view(tree: Json, marks: Mapping[Path, str] | None = None, label: str = "JSON") -> SafeString:
    """A JSON tree as coloured lines; `marks` gives a finding's severity by path, `label` says what it is.

    htmx leaves the region alone: what stands in it came from outside.
    """
    return format_html(
        '<pre class="json" tabindex="0" role="region" aria-label="{}" hx-disable>{}</pre>',
        label,
        html_lines(tree, marks or {}),
    )


@register.filter
def path(value: Path) -> str:
    """A finding's path as people write it: `events[0].parameters.value`."""
    return format_path(tuple(value))


@register.filter
def prose(text: Any) -> SafeString:
    """A sentence of the domain for a page: `words`, with what stands in backticks as code."""
    # Splitting at a group leaves what it caught at every second place.
    parts = enumerate(_CODE.split(words(text)))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if at % 2 else part,) for at, part in parts)
    )


@register.filter
def words(text: Any) -> str:
    """A sentence of the domain in the viewer's language."""
    if not isinstance(text, Text) or not text:
        return str(text)
    translated = _(text.template)
    if not text.params:
        return translated
    params = {name: words(each) if isinstance(each, Text) else each for name, each in text.params.items()}
    return translated.format(**params)
