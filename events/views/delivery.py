"""One delivery: what happened, what it means, and the exchange itself, word for word."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain.redaction import hide_keys
from events.domain.rights import Action
from events.models import Delivery
from events.views.access import PersonRequest, needs
from events.views.delivery_page import evidence_of, show
from events.views.files import as_file
from events.views.on_delivery import by_post, on_delivery
from events.views.sight import ReasonMissing, Sight, clear_sight, keep_record

# What a button of the form "show them" asks for, and how the audit calls it.
_DOWNLOADS = {"request": "request bytes", "response": "response bytes"}


@needs(Action.SEE_LOG)
@on_delivery
def delivery(request: PersonRequest, found: Delivery) -> HttpResponse:
    """The page of one delivery, the buyer's values masked."""
    return show(request, found, timezone.now())


@needs(Action.SEE_LOG)
@on_delivery
@by_post
def delivery_reveal(request: PersonRequest, found: Delivery) -> HttpResponse:
    """The same page in clear for this one view, or one side's exact bytes as a file; a reload shows it masked."""
    try:
        sight = clear_sight(request, found)
    except ReasonMissing:
        error = _("Write down why you need to see them.")
        return show(request, found, timezone.now(), status=422, reason_error=error)
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
    """Exact bytes, whatever they hold."""
    side = found.body.read_request() if what == "request" else found.body.read_response()
    # An answer that repeats the storefront key is the one thing that is not handed out as it came.
    text = hide_keys((side.body if side else b"").decode("utf-8", "surrogateescape"))
    response = HttpResponse(text.encode("utf-8", "surrogateescape"), content_type="text/plain")
    return as_file(response, f"delivery-{found.pk}-{what}.txt")
