"""The composer: one form, its checks while one types, and the send."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from events.delivery import sender
from events.domain.diagnosis import review
from events.domain.meta import PARAMETERS, STANDARD_EVENTS
from events.domain.payload import Payload
from events.domain.rights import Action
from events.forms.compose.building import build
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.fields import CURRENCIES
from events.forms.compose.starting import first_payload
from events.forms.compose.values import KINDS
from events.models import Delivery, Draft, Store, encryption
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.drafts import Kept, keep_typed, keeps_typing, kept, start_draft

PANE = "pane"


@needs(Action.COMPOSE)
@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """The console opens where its main job is done."""
    return redirect("compose")


@needs(Action.COMPOSE)
@require_GET
def compose(request: PersonRequest) -> HttpResponse:
    """Start a composition for `?store=`, or for the store that this person sent to last."""
    store = _chosen_store(request)
    if store is None:
        return render(request, "events/compose_nothing.html")
    draft = start_draft(request.user, store, first_payload(store), timezone.now())
    return redirect("composition", token=draft.token)


def _chosen_store(request: PersonRequest) -> Store | None:
    wanted = request.GET.get("store", "")
    current = Store.objects.current()
    if wanted.isdigit() and len(wanted) < 18:
        return current.filter(pk=int(wanted)).first()
    last = Delivery.objects.filter(by=request.user, store__archived_at=None).select_related("store").first()
    return last.store if last else current.order_by("id").first()


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
def composition(request: PersonRequest, token: uuid.UUID) -> HttpResponse:
    """The form of one composition; a POST is a small button or a pause in typing, and sends nothing."""
    draft = Draft.objects.filter(token=token, person=request.user).first()
    if draft is None:
        return _no_draft(request, token)
    try:
        if request.method == "POST":
            keep_typed(draft, request.POST, timezone.now())
        return _drawn(request, draft, kept(draft))
    except encryption.Unreadable:
        return render(request, "events/compose_unreadable.html", status=503)


@keeps_typing
@needs(Action.COMPOSE)
@require_POST
def composition_send(request: PersonRequest, token: uuid.UUID) -> HttpResponse:
    """Send a composition once: its token is the delivery's, whatever is clicked."""
    draft = Draft.objects.filter(token=token, person=request.user).first()
    if draft is None:
        return _no_draft(request, token)
    keep_typed(draft, request.POST, timezone.now())
    found = kept(draft)
    form, store = _laid_out(found), Store.objects.filter(pk=found.store_pk).first()
    deliberate = request.POST.get("do") == "send-anyway" and form.is_readable
    if store is None or not (form.is_sendable or deliberate):
        return _drawn(request, draft, found, status=422)
    try:
        delivery = _sent(request, draft, store, form)
    except sender.NotSendable as refusal:
        messages.error(request, words(refusal.text))
        return _drawn(request, draft, found, status=409)
    draft.delete()
    return redirect("delivery", delivery.pk)


def _sent(request: PersonRequest, draft: Draft, store: Store, form: ComposeForm) -> Delivery:
    return sender.send(
        store=store,
        payload=Payload(form.tree).to_json(),
        by=request.user,
        now=timezone.now(),
        token=draft.token,
        findings=form.findings,
        composed_at=draft.created_at,
    )


def _no_draft(request: PersonRequest, token: uuid.UUID) -> HttpResponse:
    """A composition that was sent leads to its delivery; one that is gone, to a page that says so."""
    delivery = Delivery.objects.filter(form_token=token, by=request.user).first()
    if delivery is None:
        return render(request, "events/compose_gone.html", status=404)
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware sets it
    if htmx and htmx.target == PANE:
        # The last pause in typing, overtaken by the send: the page is leaving already.
        return HttpResponse(status=204)
    messages.info(request, _("This event was sent already, and only once. To send another, duplicate it."))
    address = reverse("delivery", args=(delivery.pk,))
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def _laid_out(found: Kept) -> ComposeForm:
    built = build(found.composition)
    return ComposeForm(found.composition, built, review(Payload(built.tree)))


def _drawn(request: HttpRequest, draft: Draft, found: Kept, status: int = 200) -> HttpResponse:
    """The page, the whole form, or after a pause only what the pause changes."""
    form = _laid_out(found)
    stores = Store.objects.current()
    context = {
        "draft": draft,
        "form": form,
        "notice": found.notice,
        "stores": stores,
        "store": next((store for store in stores if store.pk == found.store_pk), None),
        "standard_events": STANDARD_EVENTS,
        "known_parameters": PARAMETERS,
        "currencies": CURRENCIES,
        "kinds": KINDS.items(),
        "deadline_s": settings.SCALEV_DEADLINE_SECONDS,
    }
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware sets it
    template = "events/compose.html"
    if htmx and not htmx.history_restore_request:
        template = "events/_pause.html" if htmx.target == PANE else "events/_composer.html"
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request, HX-Target"
    return response
