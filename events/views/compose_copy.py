"""A composition in the words of other tools: commands and programs, with a placeholder for the storefront key."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events.domain import contract
from events.domain.payload import Payload
from events.domain.rights import Action
from events.forms.compose.building import build
from events.models import Draft, Store
from events.views.access import PersonRequest, needs
from events.views.drafts import keeps_typing, kept
from events.views.evidence import Shown
from events.views.on_draft import on_typed_draft


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
@on_typed_draft
def composition_copy(request: PersonRequest, draft: Draft) -> HttpResponse:
    """Every form of the request; a POST is the composer's own form, which is kept first."""
    if request.method == "POST":
        return redirect("composition_copy", token=draft.token)
    found = kept(draft)
    store = Store.objects.filter(pk=found.store_pk).first()
    if store is None:
        return redirect("composition", token=draft.token)
    built = build(found.composition)
    body = Payload(built.tree).to_json()
    context = {
        "draft": draft,
        "store": store,
        "is_readable": not built.problems,
        "is_unread": built.is_unread,
        "url": contract.url(store.origin or "", store.store_id),
        "body": Shown(size=len(body), text=body.decode(), tree=built.tree, is_json=True),
    }
    return render(request, "events/composition_copy.html", context)
