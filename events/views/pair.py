"""The browser's half beside a payload: of a composition, or of what was sent. What is pasted is read and never kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.domain.payload import Payload
from events.domain.rights import Action
from events.domain.tree import Object
from events.domain.veil import Veil
from events.forms.compose.building import build
from events.models import Delivery, Draft
from events.models.body import payload_of
from events.views.access import PersonRequest, needs
from events.views.drafts import environment_of, keep_payload, keeps_typing, kept, opens_draft
from events.views.on_delivery import on_delivery
from events.views.on_draft import on_draft, on_typed_draft
from events.views.pair_page import chosen, context_of, taken_over
from events.views.whereabouts import address, came_from

PASTED = "pasted"
METHODS = ["GET", "POST"]


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(METHODS)
@on_typed_draft
def composition_pair(request: PersonRequest, draft: Draft) -> HttpResponse:
    """Where the browser's half is pasted; a POST is the composer's own form, which is kept first."""
    return redirect("composition_pair", token=draft.token) if request.method == "POST" else _composed(request, draft)


# Not `keeps_typing`: the form of this page is not the composer's, and must not be written over it.
@opens_draft
@needs(Action.COMPOSE)
@require_http_methods(METHODS)
@on_draft
def composition_pair_check(request: PersonRequest, draft: Draft) -> HttpResponse:
    """Compare what was pasted with the composition."""
    return _composed(request, draft) if request.method == "POST" else redirect("composition_pair", token=draft.token)


@opens_draft
@needs(Action.COMPOSE)
@require_http_methods(METHODS)
@on_draft
def composition_pair_take(request: PersonRequest, draft: Draft) -> HttpResponse:
    """Take one of the browser's values over into the composition, and compare again."""
    if request.method != "POST":
        return redirect("composition_pair", token=draft.token)
    built = build(kept(draft).composition)
    point = chosen(request.POST.get(PASTED, ""), Payload(built.tree), request.POST.get("take", ""))
    if point and not built.problems:
        keep_payload(draft, taken_over(built.tree, point), timezone.now())
        messages.success(request, _("Taken over into the draft. Nothing was sent."))
    return _composed(request, draft)


def _composed(request: PersonRequest, draft: Draft) -> HttpResponse:
    built = build(kept(draft).composition)
    veil = Veil.over(built.tree, is_lifted=True)
    # What cannot be read stands in the form alone: a value taken over would replace it.
    is_readable = not built.problems
    context = context_of(request.POST.get(PASTED, ""), Payload(built.tree), veil, may_take=is_readable)
    context |= {"draft": draft, "environment": environment_of(draft), "is_readable": is_readable}
    return _drawn(request, "events/composition_pair.html", context)


@needs(Action.SEE_LOG)
@require_http_methods(METHODS)
@on_delivery
def delivery_pair(request: PersonRequest, found: Delivery) -> HttpResponse:
    """The same for what was sent. The payload is compared as it is, and shown with the buyer's values masked."""
    sent = payload_of(found)
    if not isinstance(sent, Object):
        messages.error(request, _("What was sent cannot be read any more, so there is nothing to compare with."))
        return redirect(address(request, found))
    context = context_of(request.POST.get(PASTED, ""), Payload(sent), Veil.over(sent))
    where = {"delivery": found, "here": address(request, found), "came_from": came_from(request)}
    return _drawn(request, "events/delivery_pair.html", context | where)


def _drawn(request: PersonRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, status=422 if context["error"] else 200)
