"""Counts and timeline of a search: a page of its own, and the fragment that the log fetches once its rows are there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from events.domain.rights import Action
from events.forms.log import Address
from events.models import Delivery
from events.views.access import PersonRequest, needs
from events.views.fragment import wants_fragment
from events.views.log import SeeOther
from events.views.overview_page import overview_of


@needs(Action.SEE_LOG)
@require_safe
def log_overview(request: PersonRequest) -> HttpResponse:
    """For the address of a search. One that holds a buyer's value in clear leads to the one that hides it."""
    address = Address.of(request.GET)
    if address.hidden() != address:
        return SeeOther(f"{reverse('log_overview')}?{address.hidden().encoded()}")
    Delivery.objects.close_expired(timezone.now())
    is_part = wants_fragment(request)
    context = {"overview": overview_of(address), "is_part": is_part}
    response = render(request, f"events/{'_log_overview' if is_part else 'log_overview'}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
