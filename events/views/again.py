"""Sending once more: *resend* the same bytes, *correct* under the same event ID, *duplicate* under a new one."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import TypedDict
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.delivery import sender
from events.delivery.browser import forbidden, hand_over
from events.domain import diagnosis
from events.domain.finding import Finding
from events.domain.outcome import Outcome, may_be_resent_by_person
from events.domain.payload import Payload, with_event_ids
from events.domain.resending import may_be_corrected
from events.domain.rights import Action
from events.domain.text import Text
from events.domain.tree import Json, Object
from events.domain.veil import names_buyer, without_buyer
from events.forms.compose.composition import listed
from events.forms.compose.starting import new_event_id
from events.models import Body, Delivery, Person, Store
from events.models.body import payload_of
from events.models.circumstances import circumstances_of
from events.models.encryption import Unreadable
from events.templatetags.console import words
from events.views.access import PersonRequest, demand, needs
from events.views.by_browser import handed_over, landing, leads_to
from events.views.delivery_page import resend_token
from events.views.drafts import start_draft
from events.views.foresight import foresight_of, warnings_of
from events.views.lost import warn_if_lost
from events.views.on_delivery import by_post, on_delivery
from events.views.policy import may_call_scalev
from events.views.sight import Sight, keep_record, sight_at_hand, terms_of
from events.views.timeline import tries_of
from events.views.whereabouts import address, came_from

# Where in the form to begin; the rest of the address is the console's own.
_INPUT_ID = re.compile(r"in-[A-Za-z0-9_-]{1,200}\Z")


class Again(TypedDict):
    """What sending once more takes, whoever makes the call."""

    store: Store
    payload: bytes
    by: Person
    now: datetime
    findings: tuple[Finding, ...]
    composed_at: datetime
    resend_of: Delivery


@needs(Action.COMPOSE)
@on_delivery
def delivery_resend(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Send the stored bytes once more; a second press of the same button finds the first one's delivery.

    A GET says what that would mean, and sends nothing.
    """
    demand(request, Action.RESEND, own=found.was_sent_by(request.user))
    if request.method != "POST":
        return _explain(request, found)
    token = _token(request)
    if token is None:
        return redirect(address(request, found))
    sent = Delivery.objects.filter(form_token=token).first()
    return redirect(address(request, sent)) if sent else _send_again(request, found, token)


def _explain(request: PersonRequest, found: Delivery) -> HttpResponse:
    obstacle = _obstacle(found)
    if obstacle:
        return _refuse(request, found, obstacle)
    return _ask(request, found, warnings_of(found, timezone.now()), resend_token(found, tries_of(found)))


def _send_again(request: PersonRequest, found: Delivery, token: uuid.UUID) -> HttpResponse:
    now, obstacle = timezone.now(), _obstacle(found)
    if obstacle:
        return _refuse(request, found, obstacle)
    warnings = warnings_of(found, now)
    if warnings and "confirmed" not in request.POST:
        return _ask(request, found, warnings, token)
    try:
        again = sender.send(token=token, **_again(request, found, now))
    except sender.NotSendable as error:
        return _refuse(request, found, words(error.text))
    warn_if_lost(request, again)
    return redirect(address(request, again))


@needs(Action.COMPOSE)
@on_delivery
def delivery_resend_browser(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Hand the stored bytes to the page that asks, to be sent once more from the person's browser.

    A GET is that page sent here to ask first: everything else is answered in JSON.
    """
    now = timezone.now()
    demand(request, Action.RESEND, own=found.was_sent_by(request.user))
    token = _token(request)
    if request.method != "POST":
        warnings = warnings_of(found, now)
        is_asked = token is not None and bool(warnings) and found.store.browser_sends
        return _ask(request, found, warnings, token, by_browser=True) if is_asked else redirect(address(request, found))
    if token is None:
        return leads_to(address(request, found))
    sent = Delivery.objects.filter(form_token=token).first()
    return leads_to(landing(request, sent)) if sent else _hand_over(request, found, token, now)


def _hand_over(request: PersonRequest, found: Delivery, token: uuid.UUID, now: datetime) -> HttpResponse:
    obstacle = words(forbidden(found.store)) or _obstacle(found)
    if not obstacle and warnings_of(found, now) and "confirmed" not in request.POST:
        query = urlencode({"token": str(token), "from": came_from(request)})
        return leads_to(f"{reverse('delivery_resend_browser', args=[found.pk])}?{query}")
    sight = sight_at_hand(request, found)
    if not obstacle and not sight.is_clear:
        obstacle = _("These bytes would pass through your browser, the buyer's values among them. Show them first.")
    try:
        if not obstacle:
            keep_record(request, found, sight, "resend from the browser")
            return handed_over(request, hand_over(token=token, **_again(request, found, now)))
    except sender.NotSendable as error:
        obstacle = words(error.text)
    messages.error(request, obstacle)
    return leads_to(address(request, found))


@needs(Action.COMPOSE)
@on_delivery
@by_post
def delivery_correct(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Open what Scalev did not take in the form, under the same event ID."""
    return _to_form(request, found, corrects=True)


@needs(Action.COMPOSE)
@on_delivery
@by_post
def delivery_duplicate(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Open any delivery in the form as a new event, under a new event ID."""
    return _to_form(request, found, corrects=False)


def _ask(
    request: PersonRequest,
    found: Delivery,
    warnings: list[Text],
    token: uuid.UUID | None,
    *,
    by_browser: bool = False,
) -> HttpResponse:
    """The second step: the same token goes on, so that it is still one send."""
    terms = terms_of(request.user, found)
    # Where a reason is due, the form asks for it.
    may_hand_over = found.store.browser_sends and bool(terms)
    context = {
        "delivery": found,
        "environment": found.environment,
        "warnings": warnings,
        "foresight": foresight_of(found, tries_of(found), timezone.now()),
        "token": token,
        "here": address(request, found),
        "came_from": came_from(request),
        "by_browser": by_browser,
        "is_browser_first": by_browser or found.is_by_browser,
        "may_hand_over": may_hand_over,
        "terms": terms,
    }
    response = render(request, "events/delivery_resend.html", context, status=422 if request.method == "POST" else 200)
    return may_call_scalev(response) if may_hand_over else response


def _token(request: PersonRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("token", "") or request.GET.get("token", ""))
    except ValueError:
        return None


def _obstacle(found: Delivery) -> str:
    """Why these bytes cannot go out now, or ""."""
    if not may_be_resent_by_person(Outcome(found.outcome)):
        return _("This one is still under way. Wait for its answer before you resend it.")
    if found.environment != found.store.environment:
        return _("Its store belongs to another environment now. Duplicate it there instead.")
    if _stored_bytes(found) is None:
        return _("What was sent cannot be read any more, so it cannot be resent.")
    return ""


def _again(request: PersonRequest, found: Delivery, now: datetime) -> Again:
    tree = payload_of(found)
    return {
        "store": found.store,
        "payload": _stored_bytes(found) or b"",
        "by": request.user,
        "now": now,
        "findings": _findings(found.store, Payload.of(tree), now) if tree is not None else (),
        "composed_at": found.composed_at or found.created_at,
        # Every resend points to the first one, so that the whole family is one look-up.
        "resend_of": found.resend_of or found,
    }


def _findings(store: Store, payload: Payload, now: datetime) -> tuple[Finding, ...]:
    return diagnosis.review(payload, circumstances_of(store, payload, now))


def _stored_bytes(found: Delivery) -> bytes | None:
    try:
        return found.body.read_request().body
    except (Body.DoesNotExist, Unreadable):
        return None


def _refuse(request: PersonRequest, found: Delivery, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect(address(request, found))


def _to_form(request: PersonRequest, found: Delivery, *, corrects: bool) -> HttpResponse:
    sight = sight_at_hand(request, found)
    tree = payload_of(found)
    obstacle = _form_obstacle(found, tree, sight, corrects=corrects)
    if obstacle or not isinstance(tree, Object):
        return _refuse(request, found, obstacle)
    keep_record(request, found, sight, "correct" if corrects else "duplicate")
    return _start_draft(request, found, tree, sight=sight, corrects=corrects)


def _form_obstacle(found: Delivery, tree: Json, sight: Sight, *, corrects: bool) -> str:
    if not isinstance(tree, Object):
        return _("What was sent cannot be opened in the form.")
    if corrects and not may_be_corrected(Outcome(found.outcome)):
        return _("This event may have counted, so a changed one needs a new event ID: duplicate it instead.")
    if corrects and not sight.is_clear and names_buyer(tree, "event_id"):
        return _("Its event ID holds one of the buyer's values. Show them first, then correct it.")
    return ""


def _start_draft(
    request: PersonRequest, found: Delivery, tree: Object, *, sight: Sight, corrects: bool
) -> HttpResponse:
    kept = tree if sight.is_clear else without_buyer(tree)
    payload = kept if isinstance(kept, Object) else tree
    if not corrects:
        payload = with_event_ids(payload, tuple(new_event_id() for _event in listed(payload, "events")))
    notice = _notice(found, sight, corrects=corrects)
    draft = start_draft(request.user, found.store, payload, timezone.now(), notice=notice)
    field = request.POST.get("at", "")
    return redirect(reverse("composition", args=[draft.token]) + (f"#{field}" if _INPUT_ID.match(field) else ""))


def _notice(found: Delivery, sight: Sight, *, corrects: bool) -> str:
    if corrects:
        said = _("You are correcting delivery %(number)d. The event ID stays the same: the first one never counted.")
    else:
        said = _("This is a duplicate of delivery %(number)d with a new event ID: Meta will count it as a new event.")
    left_out = "" if sight.is_clear else _("The buyer's values were left out: fill them in again.")
    return f"{said % {'number': found.pk}} {left_out}".strip()
