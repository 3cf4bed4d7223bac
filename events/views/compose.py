"""The composer: one form, its checks while one types, and the send."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from events.delivery import sender
from events.domain.destination import Destination, destination
from events.domain.landing import landed
from events.domain.meta import PARAMETERS, STANDARD_EVENTS
from events.domain.payload import Payload
from events.domain.rights import Action
from events.forms.compose.actions import focus_after, hindrance
from events.forms.compose.composition import Composition
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.fields import CURRENCIES
from events.forms.compose.starting import first_payload
from events.forms.compose.values import KINDS
from events.models import Delivery, Draft, Store
from events.models.channel import Channel
from events.models.storage import trouble_of
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.beginning import NoPreset, begin, preset_menu
from events.views.drafts import Kept, keep_typed, keeps_typing, kept, row_number, start_draft
from events.views.judging import laid_out
from events.views.lost import warn_if_lost
from events.views.matching import matching_of
from events.views.mending import Done, done
from events.views.policy import may_call_scalev

PANE = "pane"


@needs(Action.COMPOSE)
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """The console opens where its main job is done."""
    return redirect("compose")


@needs(Action.COMPOSE)
@require_GET
def compose(request: PersonRequest) -> HttpResponse:
    """Start a composition for `?store=`, or for the store that this person sent to last; with `?preset=` from that."""
    store = chosen_store(request)
    if store is None:
        return render(request, "events/compose_nothing.html")
    draft = _begun(request, store) or start_draft(request.user, store, first_payload(store), timezone.now())
    return redirect("composition", token=draft.token)


def _begun(request: PersonRequest, store: Store) -> Draft | None:
    wanted = request.GET.get("preset", "")
    try:
        return begin(request.user, store, wanted) if wanted else None
    except NoPreset as none:
        messages.error(request, none.words)
        return None


def chosen_store(request: PersonRequest) -> Store | None:
    """The store of `?store=`, or the one that this person sent to last; None where there is none."""
    wanted = row_number(request.GET.get("store", ""))
    current = Store.objects.current()
    if wanted:
        return current.filter(pk=wanted).first()
    last = Delivery.objects.filter(by=request.user, store__archived_at=None).select_related("store").first()
    return last.store if last else current.order_by("id").first()


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
def composition(request: PersonRequest, token: uuid.UUID) -> HttpResponse:
    """The form of one composition; a POST is a small button, a fix or a pause in typing, and sends nothing."""
    draft = draft_or_answer(request, token)
    if isinstance(draft, HttpResponse):
        return draft
    mended = done(request.POST, draft)
    is_kept = request.method != "POST" or _keep(request, draft, mended)
    return _drawn(request, draft, kept(draft), 200 if is_kept else 503, mended if is_kept else None)


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
def composition_send(request: PersonRequest, token: uuid.UUID) -> HttpResponse:
    """Send a composition once: its token is the delivery's, whatever is clicked."""
    if request.method != "POST":
        # After a refused send this address stands in the browser's bar: Enter there only shows the form.
        return redirect("composition", token=token)
    ready = ready_to_send(request, token)
    if isinstance(ready, HttpResponse):
        return ready
    try:
        delivery = send_composed(request, ready)
    except sender.NotSendable as refusal:
        return refused(request, ready, refusal)
    drop(ready.draft)
    return redirect("delivery", delivery.pk)


@dataclass(frozen=True)
class Ready:
    """A composition that may go out: what was typed is kept, and can be sent or was sent for deliberately."""

    draft: Draft
    found: Kept
    form: ComposeForm
    store: Store


def ready_to_send(request: PersonRequest, token: uuid.UUID) -> Ready | HttpResponse:
    """Keep and judge what was typed; or the answer that says why it does not go out."""
    draft = draft_or_answer(request, token)
    if isinstance(draft, HttpResponse):
        return draft
    is_kept, found = _keep(request, draft), kept(draft)
    if not is_kept:
        return _drawn(request, draft, found, status=503)
    store = Store.objects.filter(pk=found.store_pk).first()
    form = laid_out(found, store)
    deliberate = request.POST.get("do") == "send-anyway" and form.is_readable
    if store is None or not (form.is_sendable or deliberate):
        return _drawn(request, draft, found, status=422)
    return Ready(draft, found, form, store)


def typed(request: PersonRequest, token: uuid.UUID) -> Draft | HttpResponse:
    """The draft, with the form of a POST kept in it; or the answer where it is gone or nothing can be written."""
    draft = draft_or_answer(request, token)
    if isinstance(draft, HttpResponse) or request.method != "POST" or _keep(request, draft):
        return draft
    return _drawn(request, draft, kept(draft), status=503)


def refused(request: PersonRequest, ready: Ready, refusal: sender.NotSendable) -> HttpResponse:
    messages.error(request, words(refusal.text))
    return _drawn(request, ready.draft, ready.found, status=409)


def send_composed(request: PersonRequest, ready: Ready) -> Delivery:
    """Send from this server. Raises `sender.NotSendable`."""
    delivery = sender.send(
        store=ready.store,
        payload=Payload(ready.form.tree).to_json(),
        by=request.user,
        now=timezone.now(),
        token=ready.draft.token,
        findings=ready.form.findings,
        composed_at=ready.draft.created_at,
    )
    warn_if_lost(request, delivery)
    return delivery


def draft_or_answer(request: PersonRequest, token: uuid.UUID) -> Draft | HttpResponse:
    """The draft; or, where it was sent, the way to its delivery, and where it is gone, a page that says so."""
    # In this order: a send writes its delivery before it drops the draft, so that one of the two is always found. And
    # the delivery counts for more: a process that died in between has left the draft behind.
    draft = Draft.objects.filter(token=token, person=request.user).first()
    delivery = Delivery.objects.filter(form_token=token, by=request.user).first()
    if delivery is not None:
        return _sent_already(request, delivery)
    return draft or render(request, "events/compose_gone.html", status=404)


def _sent_already(request: PersonRequest, delivery: Delivery) -> HttpResponse:
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware sets it
    if htmx and htmx.target == PANE:
        # The last pause in typing, overtaken by the send: the page is leaving already.
        return HttpResponse(status=204)
    messages.info(request, _("This event was sent already, and only once. To send another, duplicate it."))
    address = reverse("delivery", args=(delivery.pk,))
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def _keep(request: PersonRequest, draft: Draft, mended: Done | None = None) -> bool:
    """Save what was typed. False, and a word about it, where nothing can be written: then it is on the page alone."""
    try:
        if mended:
            keep_typed(draft, mended.data, timezone.now(), mended.steps)
        else:
            keep_typed(draft, request.POST, timezone.now())
    except Error as error:
        if trouble_of(error) is None:
            raise
        text = _("What you typed could not be saved, and nothing was sent: the console’s database takes nothing now.")
        messages.error(request, f"{text} {_('It is still on this page. Try again in a moment.')}")
        return False
    return True


def drop(draft: Draft) -> None:
    # What is left of it leads to the delivery, which has its token, and goes within a day.
    with suppress(Error):
        draft.delete()


def _drawn(
    request: HttpRequest, draft: Draft, found: Kept, status: int = 200, mended: Done | None = None
) -> HttpResponse:
    """The page, the whole form, or after a pause only what the pause changes."""
    stores = Store.objects.current()
    store = next((store for store in stores if store.pk == found.store_pk), None)
    form = laid_out(found, store)
    channel = _channel(found, store)
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
        "channel": channel,
        "destination": None if form.built.is_unread else store and _destination(form, store),
        "deadline_s": settings.SCALEV_DEADLINE_SECONDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        **_CHOICES,
        **matching_of(form.tree, form.findings, by_browser=channel == Channel.BROWSER),
        "landing_url": found.landing_url,
        "landed": landed(found.landing_url, form.findings),
    }
    response = render(request, _template(request), context, status=status)
    response["Vary"] = "HX-Request, HX-Target"
    return may_call_scalev(response)


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


_CHOICES = {
    "standard_events": STANDARD_EVENTS,
    "known_parameters": PARAMETERS,
    "currencies": CURRENCIES,
    "kinds": KINDS.items(),
}


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
