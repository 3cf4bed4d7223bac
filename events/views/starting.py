"""Beginning anew with a preset, from within a composition."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from events.domain.rights import Action
from events.models import Draft, Store
from events.views.access import PersonRequest, needs
from events.views.beginning import NoPreset, begin
from events.views.drafts import keeps_typing, kept
from events.views.on_draft import on_typed_draft


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
@on_typed_draft
def composition_start(request: PersonRequest, draft: Draft) -> HttpResponse:
    """A new composition from a preset; the one before stays as it is, and is one click away."""
    store = Store.objects.current().filter(pk=kept(draft).store_pk).first()
    if request.method != "POST" or store is None:
        return redirect("composition", token=draft.token)
    try:
        begun = begin(request.user, store, request.POST.get("do", "").removeprefix("start:"), before=str(draft.token))
    except NoPreset as none:
        messages.error(request, none.words)
        return redirect("composition", token=draft.token)
    return redirect("composition", token=begun.token)
