"""A form from before the last sign-in: its token is void, and what was typed into it is kept all the same."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django_htmx.http import HttpResponseClientRedirect

from events.models import Draft
from events.views.drafts import is_composers_form, keep_typed


def outdated(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Back to the composition with what was typed; for every other form the page that says that it is too old.

    Such a form may be a forged one. It can write over a draft whose token it knows, as after a session's end, and
    nothing goes out from here.
    """
    draft = _draft(request)
    if draft is None:
        return csrf_failure(request, reason)
    keep_typed(draft, request.POST, timezone.now())
    messages.warning(request, _("You signed in again. Nothing was sent: look it over, and press Send."))
    address = reverse("composition", args=(draft.token,))
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware sets it
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def _draft(request: HttpRequest) -> Draft | None:
    """The signed-in person's draft that the form is about, where it is the composer's own form."""
    match = request.resolver_match
    token = match.kwargs.get("token") if match and is_composers_form(match.func) else None
    if not isinstance(token, uuid.UUID) or not request.user.is_authenticated:
        return None
    return Draft.objects.filter(token=token, person=request.user).first()
