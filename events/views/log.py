"""The log: every delivery, newest first, as far as a search and filters narrow it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from events.domain.query import Field, parse
from events.domain.rights import Action
from events.forms.log import Address, FilterForm, number
from events.forms.log_columns import ColumnMenu
from events.models import Delivery, search
from events.views.access import PersonRequest, needs
from events.views.fragment import wants_fragment
from events.views.log_page import LogPage, page_beside, page_with
from events.views.log_pane import pane, pane_alone, wants_pane
from events.views.overview_page import overview_ahead
from events.views.saved_menu import saved_menu


class SeeOther(HttpResponseRedirect):
    """To be got, whatever the request was: the answer to a search is an address."""

    status_code = 303


@needs(Action.SEE_LOG)
@require_safe
def log(request: PersonRequest) -> HttpResponse:
    """The page for an address. One that holds a buyer's value in clear leads to the one that hides it.

    So does one with empty filters, as a menu that is sent without JavaScript writes them.
    """
    address = Address.of(request.GET)
    if address.hidden() != address or "" in request.GET.dict().values():
        return _to(address)
    pk = number(request.GET.get("open", ""))
    if pk and wants_pane(request):
        return pane_alone(request, pk, address)
    Delivery.objects.close_expired(timezone.now())
    page = _page(request, address, pk)
    context = _context(request, page) | {"pane": pane(request, pk, page, page.known.tags) if pk else ""}
    response = render(request, "events/_log.html" if wants_fragment(request) else "events/log.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _page(request: PersonRequest, address: Address, opened: int | None) -> LogPage:
    columns = request.user.columns
    if opened:
        return page_beside(address, columns, opened)
    return page_with(address, columns, number(request.GET.get("row", "")))


def _context(request: PersonRequest, page: LogPage) -> dict[str, Any]:
    return {
        "page": page,
        "overview": overview_ahead(page.address),
        "notes": page.address.query.notes,
        "filters": FilterForm(page.address, page.known),
        "column_menu": ColumnMenu(page.columns),
        "saved_menu": saved_menu(request.user, page.address),
        "open_menu": request.GET.get("menu", ""),
        "is_untouched": not page.rows and not Delivery.objects.exists(),
    }


@needs(Action.SEE_LOG)
@require_POST
def log_search(request: PersonRequest) -> HttpResponse:
    """Turn what was typed into an address: it comes by POST, so that a buyer's e-mail enters no log on the way."""
    asked = Address.of(request.POST)
    hidden = parse(" ".join(request.POST.getlist("hidden"))).of(Field.HASH)
    return _to(Address(search.recognised(asked.query).adding(*hidden)))


def _to(address: Address) -> HttpResponse:
    query = address.hidden().encoded()
    return SeeOther(reverse("log") + (f"?{query}" if query else ""))
