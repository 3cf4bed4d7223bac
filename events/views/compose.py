"""The composer: one form, its checks while one types, and the send."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.db import Error
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from events.delivery import sender
from events.domain.payload import Payload
from events.domain.rights import Action
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.starting import first_payload
from events.models import Delivery, Draft, Store
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.beginning import NoPreset, begin
from events.views.compose_page import drawn
from events.views.drafts import Kept, keeps_typing, kept, row_number, start_draft
from events.views.judging import laid_out
from events.views.lost import warn_if_lost
from events.views.mending import done
from events.views.on_draft import draft_or_answer, keep, on_draft


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
@on_draft
def composition(request: PersonRequest, draft: Draft) -> HttpResponse:
    """The form of one composition; a POST is a small button, a fix or a pause in typing, and sends nothing."""
    mended = done(request.POST, draft)
    is_kept = request.method != "POST" or keep(request, draft, mended)
    return drawn(request, draft, kept(draft), 200 if is_kept else 503, mended if is_kept else None)


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
    is_kept, found = keep(request, draft), kept(draft)
    if not is_kept:
        return drawn(request, draft, found, status=503)
    store = Store.objects.filter(pk=found.store_pk).first()
    form = laid_out(found, store)
    deliberate = request.POST.get("do") == "send-anyway" and form.is_readable
    if store is None or not (form.is_sendable or deliberate):
        return drawn(request, draft, found, status=422)
    return Ready(draft, found, form, store)


def refused(request: PersonRequest, ready: Ready, refusal: sender.NotSendable) -> HttpResponse:
    messages.error(request, words(refusal.text))
    return drawn(request, ready.draft, ready.found, status=409)


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


def drop(draft: Draft) -> None:
    # What is left of it leads to the delivery, which has its token, and goes within a day.
    with suppress(Error):
        draft.delete()
