"""Two deliveries side by side: what each channel showed of its caller, what was sent, and what came back to each."""

from __future__ import annotations

from codecs import BOM_UTF8

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from events.domain.difference import Veiled
from events.domain.rights import Action
from events.domain.tree import Json, NotJson, read
from events.forms.comparing import CompareForm
from events.models import Delivery
from events.models.body import Record
from events.views.access import PersonRequest, needs
from events.views.comparison import Side, compare, verdict
from events.views.delivery_page import evidence_of, show
from events.views.fragment import wants_fragment
from events.views.on_delivery import by_post, find, missing, on_delivery


@needs(Action.SEE_LOG)
@on_delivery
@by_post
def delivery_compare(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Another one is chosen by its number or link, from the delivery's own page."""
    form = CompareForm(request.POST, here=found.pk)
    if not form.is_valid():
        return show(request, found, timezone.now(), status=422, compare=form)
    return redirect("delivery_beside", found.pk, form.cleaned_data["other"])


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
    sides = [_side(each) for each in (first, second)]
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


def _side(delivery: Delivery) -> Side:
    """A delivery under the masks, and its bodies to compare by where they can be read."""
    evidence, _trouble = evidence_of(delivery, is_clear=False)
    if evidence is None:
        return Side(delivery)
    payload, response = _tree(delivery.body.read_request()), delivery.body.read_response()
    said = (_tree(response) or response.body.decode("utf-8", "backslashreplace")) if response else ""
    return Side(
        delivery,
        evidence,
        Veiled.request(payload) if payload is not None else None,
        Veiled.answer(said, payload) if said != "" else None,
    )


def _tree(record: Record) -> Json:
    try:
        return read(record.body.removeprefix(BOM_UTF8))
    except NotJson:
        return None
