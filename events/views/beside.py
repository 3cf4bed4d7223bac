"""Two deliveries side by side: what each channel showed of its caller, and what came back to each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from events.domain.rights import Action
from events.views.access import PersonRequest, needs
from events.views.comparison import Side, compare, verdict
from events.views.delivery_page import evidence_of, find, missing
from events.views.fragment import wants_fragment


@needs(Action.SEE_LOG)
def delivery_beside(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Any two deliveries as two columns, the buyer's values masked; it looks again while one is under way."""
    if pk == other:
        return redirect("delivery", pk)
    now = timezone.now()
    first, second = find(pk, now), find(other, now)
    if first is None or second is None:
        return missing(request)
    is_open = first.is_open or second.is_open
    if is_open and wants_fragment(request):
        return HttpResponse(status=204)
    sides = [Side(each, evidence_of(each, is_clear=False)[0]) for each in (first, second)]
    context = {
        "sides": sides,
        "groups": compare(*sides),
        "sentence": verdict(first, second),
        "is_open": is_open,
        "environment": first.environment,
    }
    template = "events/_beside.html" if wants_fragment(request) else "events/delivery_beside.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
