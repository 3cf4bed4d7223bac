"""Views on one delivery: it is there before they are called, or a page says that it is not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from events.models import Delivery
from events.views.access import PersonRequest
from events.views.looked_up import looked_up
from events.views.whereabouts import Whereabouts, address, came_from

P = ParamSpec("P")
DeliveryView = Callable[Concatenate[PersonRequest, Delivery, P], HttpResponse]

# One row each beside the delivery: the page and its acts ask for all of them.
_WITH = ("store", "by", "storefront_key", "run", "pin__by", "group__owner", "resend_of", "body")


def find(pk: int, now: datetime) -> Delivery | None:
    """The delivery, with every call whose lease has passed closed before anybody looks."""
    Delivery.objects.close_expired(now)
    return kept(pk)


def kept(pk: int) -> Delivery | None:
    """The same, where that has been done."""
    return Delivery.objects.select_related(*_WITH).filter(pk=pk).first()


def missing(request: HttpRequest) -> HttpResponse:
    """The page for a delivery that is not there, with the way back."""
    return render(request, "events/delivery_missing.html", {"back": Whereabouts(came_from(request)).log}, status=404)


def _delivery_or_page(request: PersonRequest, pk: int) -> Delivery | HttpResponse:
    return find(pk, timezone.now()) or missing(request)


on_delivery = looked_up(_delivery_or_page, "pk")


def by_post(view: DeliveryView[P]) -> DeliveryView[P]:
    """For acts on a delivery: whoever comes by the address alone, as after signing in, meant the delivery's page."""

    @functools.wraps(view)
    def posted(request: PersonRequest, found: Delivery, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, found, *args, **kwargs) if request.method == "POST" else redirect(address(request, found))

    return posted
