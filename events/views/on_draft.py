"""Views on one draft: it is there before they are called, what was typed kept in it; or an answer says why not."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import Error
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from events.models import Delivery, Draft
from events.models.storage import trouble_of
from events.views.access import PersonRequest
from events.views.compose_page import PANE, drawn
from events.views.drafts import keep_typed, kept
from events.views.looked_up import looked_up
from events.views.mending import Done


def draft_or_answer(request: PersonRequest, token: uuid.UUID) -> Draft | HttpResponse:
    """The draft; or, where it was sent, the way to its delivery, and where it is gone, a page that says so."""
    # In this order: a send writes its delivery before it drops the draft, so that one of the two is always found. And
    # the delivery counts for more: a process that died in between has left the draft behind.
    draft = Draft.objects.filter(token=token, person=request.user).first()
    delivery = Delivery.objects.filter(form_token=token, by=request.user).first()
    if delivery is not None:
        return _sent_already(request, delivery)
    return draft or render(request, "events/compose_gone.html", status=404)


def _sent_already(request: PersonRequest, delivery: Delivery) -> HttpResponse:
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware sets it
    if htmx and htmx.target == PANE:
        # The last pause in typing, overtaken by the send: the page is leaving already.
        return HttpResponse(status=204)
    messages.info(request, _("This event was sent already, and only once. To send another, duplicate it."))
    address = reverse("delivery", args=(delivery.pk,))
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def typed(request: PersonRequest, token: uuid.UUID) -> Draft | HttpResponse:
    """The draft, with the form of a POST kept in it; or the answer where it is gone or nothing can be written."""
    draft = draft_or_answer(request, token)
    if isinstance(draft, HttpResponse) or request.method != "POST" or keep(request, draft):
        return draft
    return drawn(request, draft, kept(draft), status=503)


def keep(request: PersonRequest, draft: Draft, mended: Done | None = None) -> bool:
    """Save what was typed. False, and a word about it, where nothing can be written: then it is on the page alone."""
    try:
        if mended:
            keep_typed(draft, mended.data, timezone.now(), mended.steps)
        else:
            keep_typed(draft, request.POST, timezone.now())
    except Error as error:
        if trouble_of(error) is None:
            raise
        text = _("What you typed could not be saved, and nothing was sent: the console’s database takes nothing now.")
        messages.error(request, f"{text} {_('It is still on this page. Try again in a moment.')}")
        return False
    return True


on_draft = looked_up(draft_or_answer, "token")
on_typed_draft = looked_up(typed, "token")
