"""The log while somebody watches it: what has come to a search since she last asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.domain.rights import Action
from events.forms.log import Address, number
from events.models import Delivery, search
from events.models.delivery import OPEN_OUTCOMES, DeliveryQuerySet
from events.views.access import PersonRequest, needs
from events.views.fragment import wants_fragment
from events.views.log_page import PAGE_SIZE, drawn, seen_as

# Where the next question goes on from, told with every answer, an empty one too.
SINCE = "Log-Since"
# No page holds more rows than these; an address that names more was not written by one.
_MOST_NAMED = 4 * PAGE_SIZE


@needs(Action.SEE_LOG)
@require_safe
def log_live(request: PersonRequest) -> HttpResponse:
    """`?<search>&since=88213&seen=88214.88215&open=88215`: the rows above `since` that are not among `seen`, and those
    of `open` that have their ending; 204 where there are none.

    One row more than a page holds says that there are more still.
    """
    if not wants_fragment(request):
        return redirect("log")
    address, now = Address.of(request.GET).at_newest(), timezone.now()
    Delivery.objects.close_expired(now)
    settled = Delivery.objects.settled(now)
    since = number(request.GET.get("since", ""))
    since = settled if since is None else since
    columns = request.user.columns
    found = seen_as(columns)
    rows = _arrived(found, address, since, _named(request, "seen")) + _ended(found, _named(request, "open"))
    response = HttpResponse(status=204)
    if rows:
        response = render(request, "events/_log_rows.html", {"page": drawn(address, columns, rows)})
    response.headers[SINCE] = str(max(since, settled))
    return response


def _arrived(found: DeliveryQuerySet, address: Address, since: int, seen: set[int]) -> list[Delivery]:
    newest = search.matching(found, address.query, above=since)[: PAGE_SIZE + 1 + len(seen)]
    return [delivery for delivery in newest if delivery.pk not in seen][: PAGE_SIZE + 1]


def _ended(found: DeliveryQuerySet, were_open: set[int]) -> list[Delivery]:
    return list(found.filter(pk__in=were_open).exclude(outcome__in=OPEN_OUTCOMES)) if were_open else []


def _named(request: HttpRequest, name: str) -> set[int]:
    found = (number(written) for written in request.GET.get(name, "").split(".")[:_MOST_NAMED])
    return {pk for pk in found if pk is not None}
