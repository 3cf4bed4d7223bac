"""Sending from the person's own browser: what its page is handed, and what it reports afterwards.

Only scripts come here, so that everything but the composer's form is JSON; a word in `error` says what was wrong.
"""

from __future__ import annotations

import base64
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.delivery.browser import HandedOver, close_from_report, forbidden, hand_over
from events.delivery.sender import NotSendable
from events.domain.diagnosis import review
from events.domain.outcome import Outcome
from events.domain.payload import Payload, with_event_ids
from events.domain.report import REPORT_LIMIT_BYTES, Unfit, read_report
from events.domain.rights import Action
from events.forms.compose.composition import listed
from events.forms.compose.starting import new_event_id
from events.models import Delivery
from events.models.encryption import Unreadable
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.compose import Ready, drop, ready_to_send, send_composed
from events.views.delivery_page import beside_of
from events.views.drafts import keeps_typing
from events.views.judging import known_of
from events.views.on_delivery import find
from events.views.whereabouts import address, came_from

_TICKETS = "events.views.by_browser"


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
def composition_browser(request: PersonRequest, token: uuid.UUID) -> HttpResponse:
    """Hand a composition to the page that asks, once: its token is the delivery's, whatever is clicked."""
    if request.method == "GET":
        # Whoever comes by the address alone, after signing in or from a list of pages, meant the composition.
        return redirect("composition", token=token)
    sent = Delivery.objects.filter(form_token=token, by=request.user).first()
    if sent:
        return leads_to(landing(request, sent))
    ready = ready_to_send(request, token)
    if isinstance(ready, HttpResponse):
        return shown(ready)
    try:
        if refusal := forbidden(ready.store):
            raise NotSendable(refusal)
        handed = _both(request, ready) if request.POST.get("do") == "both" else _alone(request, ready)
    except NotSendable as refusal:
        # What was typed is kept, and the composition's own page says why it did not go out.
        messages.error(request, words(refusal.text))
        return leads_to(reverse("composition", args=[token]))
    drop(ready.draft)
    return handed_over(request, handed)


def shown(response: HttpResponse) -> HttpResponse:
    """A form that could not be kept is on its page alone: it must not be left, and no other status is drawn into it."""
    if response.status_code == 503:
        response.status_code = 422
    return response


def _alone(request: PersonRequest, ready: Ready) -> HandedOver:
    return hand_over(
        store=ready.store,
        payload=Payload(ready.form.tree).to_json(),
        by=request.user,
        now=timezone.now(),
        token=ready.draft.token,
        findings=ready.form.findings,
        composed_at=ready.draft.created_at,
    )


def _both(request: PersonRequest, ready: Ready) -> HandedOver:
    """First from this server, then from the browser: as another event, or on purpose as the same one."""
    first = send_composed(request, ready)
    if first.is_by_browser:
        # The same composition went out by itself a moment ago.
        return HandedOver(first, None)
    tree = ready.form.tree
    if request.POST.get("event_ids") != "same":
        tree = with_event_ids(tree, tuple(new_event_id() for _event in listed(tree, "events")))
    payload = Payload(tree)
    try:
        return hand_over(
            store=ready.store,
            payload=payload.to_json(),
            by=request.user,
            now=timezone.now(),
            token=uuid.uuid5(ready.draft.token, "browser"),
            findings=review(payload, known_of(ready.found, ready.store, payload)),
            composed_at=ready.draft.created_at,
            twin_of=first,
        )
    except NotSendable as refusal:
        messages.error(request, _("It was sent by the server only. %(reason)s") % {"reason": words(refusal.text)})
        return HandedOver(first, None)


def handed_over(request: PersonRequest, handed: HandedOver) -> HttpResponse:
    """What the page needs for its one call, or where the delivery stands that was made before."""
    delivery, call = handed.delivery, handed.call
    if call is None:
        return leads_to(landing(request, delivery))
    back = came_from(request)
    report = reverse("delivery_report", args=[delivery.pk])
    return JsonResponse(
        {
            "delivery": address(request, delivery),
            "report": f"{report}?{urlencode({'from': back})}" if back else report,
            "ticket": _ticket(request, delivery),
            "url": call.url,
            "headers": call.headers,
            "body_base64": base64.b64encode(call.body).decode(),
            "deadline_ms": round(call.deadline_s * 1000),
        }
    )


def leads_to(place: str) -> HttpResponse:
    """No key and no bytes: the page goes to `place`."""
    return JsonResponse({"delivery": place, "already": True})


def refusal_of(word: str, status: int) -> HttpResponse:
    return JsonResponse({"error": word}, status=status)


def landing(request: PersonRequest, delivery: Delivery) -> str:
    """Where a send leads: to its delivery, or to both where it went down both channels."""
    return beside_of(delivery) or address(request, delivery)


@needs(Action.COMPOSE)
@require_POST
def delivery_report(request: PersonRequest, pk: int) -> HttpResponse:
    """Close an open row with what its browser reports: only its own, once, within its lease, from its session."""
    if request.content_type != "application/json":
        return refusal_of("content_type", 415)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > REPORT_LIMIT_BYTES:
        return refusal_of("too_large", 413)
    found = find(pk, timezone.now())
    if found is None or not found.is_by_browser:
        return refusal_of("unknown", 404)
    try:
        report = read_report(request.body)
    except Unfit as unfit:
        return refusal_of(unfit.word, 400)
    if not constant_time_compare(report.ticket, _ticket(request, found)):
        return refusal_of("ticket", 403)
    try:
        is_closed = close_from_report(found, report)
    except Unreadable:
        return refusal_of("unreadable", 503)
    return JsonResponse({"delivery": landing(request, found)}) if is_closed else refusal_of(_lateness(found), 409)


def _lateness(found: Delivery) -> str:
    """Why an answer is not taken any more: the lease closed the row, or an earlier report did."""
    by_lease = found.outcome in (Outcome.PENDING, Outcome.INTERRUPTED) and found.duration_ms is None
    return "late" if by_lease else "closed"


def _ticket(request: PersonRequest, delivery: Delivery) -> str:
    """What only the session that was handed this delivery's call can show.

    Made from the session's own secret and never stored: two requests at once cannot write over each other's.
    """
    return salted_hmac(
        _TICKETS, f"{request.session.session_key}:{delivery.uuid}:{delivery.attempt}", algorithm="sha256"
    ).hexdigest()
