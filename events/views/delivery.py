"""One delivery: what happened, what it means, and the exchange itself, word for word."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain.redaction import hide_keys
from events.domain.rights import Action
from events.models import Delivery
from events.views.access import PersonRequest, needs
from events.views.delivery_page import address, evidence_of, find, missing, show
from events.views.sight import ReasonMissing, Sight, clear_sight, keep_record

# What a button of the form "show them" asks for, and how the audit calls it.
_DOWNLOADS = {"request": "request bytes", "response": "response bytes"}


@needs(Action.SEE_LOG)
def delivery(request: PersonRequest, pk: int) -> HttpResponse:
    """The page of one delivery, the buyer's values masked."""
    now = timezone.now()
    found = find(pk, now)
    return show(request, found, now) if found else missing(request)


@needs(Action.SEE_LOG)
def delivery_reveal(request: PersonRequest, pk: int) -> HttpResponse:
    """The same page in clear for this one view, or one side's exact bytes as a file; a reload shows it masked."""
    now = timezone.now()
    found = find(pk, now)
    if found is None:
        return missing(request)
    if request.method != "POST":
        return redirect(address(request, found))
    try:
        sight = clear_sight(request, found)
    except ReasonMissing:
        return show(request, found, now, status=422, reason_error=_("Write down why you need to see them."))
    return _revealed(request, found, sight)


def _revealed(request: PersonRequest, found: Delivery, sight: Sight) -> HttpResponse:
    evidence, _trouble = evidence_of(found, is_clear=True)
    if evidence is None:
        return show(request, found, timezone.now())
    what = request.POST.get("what", "")
    if what in _DOWNLOADS:
        keep_record(request, found, sight, _DOWNLOADS[what])
        return _file(found, what)
    keep_record(request, found, sight, "page")
    return show(request, found, timezone.now(), sight=sight, evidence=evidence)


def _file(found: Delivery, what: str) -> HttpResponse:
    """Exact bytes, in the safest wrapping a browser knows: never shown, never run, never guessed at."""
    side = found.body.read_request() if what == "request" else found.body.read_response()
    # An answer that repeats the storefront key is the one thing that is not handed out as it came.
    text = hide_keys((side.body if side else b"").decode("utf-8", "surrogateescape"))
    response = HttpResponse(text.encode("utf-8", "surrogateescape"), content_type="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="delivery-{found.pk}-{what}.txt"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    # Set here, so that the middleware's wider policy leaves it alone.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
