"""What the composer is drawn from: the form with what is remarked on it, and what a send of it would come to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.domain.destination import Destination, destination
from events.domain.landing import landed
from events.domain.meta import PARAMETERS, STANDARD_EVENTS
from events.domain.payload import Payload
from events.forms.compose.actions import focus_after, hindrance
from events.forms.compose.composition import Composition
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.fields import CURRENCIES
from events.forms.compose.values import KINDS
from events.models import Draft, Store
from events.models.channel import Channel
from events.templatetags.console import words
from events.views.beginning import preset_menu
from events.views.drafts import Kept
from events.views.judging import laid_out
from events.views.matching import matching_of
from events.views.mending import Done
from events.views.policy import may_call_scalev

# The element's ID, by which htmx names what a pause in typing changes.
PANE = "pane"
_CHOICES = {
    "standard_events": STANDARD_EVENTS,
    "known_parameters": PARAMETERS,
    "currencies": CURRENCIES,
    "kinds": KINDS.items(),
}


def drawn(
    request: HttpRequest, draft: Draft, found: Kept, status: int = 200, mended: Done | None = None
) -> HttpResponse:
    """The page, the whole form, or after a pause only what the pause changes."""
    stores = Store.objects.current()
    store = next((store for store in stores if store.pk == found.store_pk), None)
    form = laid_out(found, store)
    is_stopped = status == 422
    context = {
        "focus": _first_wrong(form, store) if is_stopped else _focus(form, mended, request.POST.get("do", "")),
        "is_stopped": is_stopped,
        "told": mended.told if mended else _hindered(request),
        "can_undo": bool(found.steps),
        "draft": draft,
        "form": form,
        "notice": found.notice,
        "before": found.before,
        "presets": preset_menu(store),
        "stores": stores,
        "store": store,
        "deadline_s": settings.SCALEV_DEADLINE_SECONDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        **_CHOICES,
        **_outlook(found, form, store),
    }
    response = render(request, _template(request), context, status=status)
    response["Vary"] = "HX-Request, HX-Target"
    return may_call_scalev(response)


def _outlook(found: Kept, form: ComposeForm, store: Store | None) -> dict[str, Any]:
    """What a send of it would come to: by which channel, to which pixels, for which buyer, from which landing page."""
    channel = _channel(found, store)
    return {
        "channel": channel,
        "destination": None if form.built.is_unread else store and _destination(form, store),
        "landing_url": found.landing_url,
        "landed": landed(found.landing_url, form.findings),
        **matching_of(form.tree, form.findings, by_browser=channel == Channel.BROWSER),
    }


def _focus(form: ComposeForm, mended: Done | None, pressed: str) -> str:
    return mended.focus(form) if mended else focus_after(form.composition, pressed)


def _hindered(request: HttpRequest) -> str:
    """Why the pressed button changed nothing, "" where it did."""
    pressed = request.POST.get("do", "")
    why = hindrance(Composition.from_post(request.POST), pressed) if pressed else None
    return words(why) if why else ""


def _first_wrong(form: ComposeForm, store: Store | None) -> str:
    """The ID of the first field that keeps a send back, "" where no field holds what is wrong."""
    return next((each.id for each in form.inputs if each.is_invalid), "") if store else "in-store"


def _destination(form: ComposeForm, store: Store) -> Destination:
    payload = Payload(form.tree)
    return destination(payload.page_url, payload.referrer_url, store.proven)


def _channel(found: Kept, store: Store | None) -> str:
    """The channel that the form stands on: the chosen one where the store allows it."""
    if store is None or not store.browser_sends:
        return Channel.SERVER
    return found.channel if found.channel in Channel.values else store.first_channel


def _template(request: HttpRequest) -> str:
    """The page, the whole form, or what a pause in typing changes."""
    match, htmx = request.resolver_match, request.htmx  # type: ignore[attr-defined]  # by django-htmx's middleware
    if match and match.url_name == "composition_browser":
        return "events/_composer_refused.html"  # only a script sends there, and puts the form into its page
    if htmx and not htmx.history_restore_request:
        return "events/_pause.html" if htmx.target == PANE else "events/_composer.html"
    return "events/compose.html"
