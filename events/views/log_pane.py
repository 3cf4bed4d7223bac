"""A delivery beside the list that it was found in, within the same address."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from events.forms.log import Address
from events.models import Delivery
from events.views.access import PersonRequest
from events.views.delivery_page import NOTHING, AtHand, context_of
from events.views.fragment import wants_fragment
from events.views.log_page import LogPage
from events.views.on_delivery import find, kept
from events.views.whereabouts import Whereabouts

# The element's ID, by which htmx names what it asks for.
PANE = "log-pane"
# The element in it that asks again while a call is open.
_POLLING = "delivery"


def wants_pane(request: PersonRequest) -> bool:
    """Whether htmx asks for the pane alone: the list beside it stays as it is."""
    return wants_fragment(request) and request.headers.get("HX-Target") == PANE


def pane(request: PersonRequest, pk: int, page: LogPage, words: tuple[str, ...]) -> str:
    """The pane of this delivery, for a page that holds the list too, and has closed what was to be closed.

    `words` are the tags in use.
    """
    at_hand = AtHand(words=words, neighbours=page.around(pk))
    return _drawn(request, kept(pk), timezone.now(), page.address, at_hand)


def pane_alone(request: PersonRequest, pk: int, address: Address) -> HttpResponse:
    """The pane for htmx. The window's address follows, so that it can be handed on."""
    now = timezone.now()
    found = find(pk, now)
    is_asking_again = request.headers.get("HX-Trigger") == _POLLING
    if is_asking_again and found and found.is_open:
        return HttpResponse(status=204)
    response = HttpResponse(_drawn(request, found, now, address))
    if not is_asking_again:
        response.headers["HX-Push-Url"] = Whereabouts(address.hidden().encoded()).beside(pk)
    return response


def _drawn(
    request: PersonRequest, found: Delivery | None, now: datetime, address: Address, at_hand: AtHand = NOTHING
) -> str:
    where = Whereabouts(address.hidden().encoded(), is_beside=True)
    context = context_of(request, found, now, where, at_hand=at_hand) if found else {"back": where.log}
    return render_to_string("events/_log_pane.html", context, request)
