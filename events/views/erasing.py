"""Erasing a buyer: who is meant, what that reaches, and then the deed. All by POST: she stands in no address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from events.domain.rights import Action
from events.forms.erasing import BuyerForm, EraseForm
from events.models import erasure
from events.models.erasure import Erasure, Preview
from events.views.access import PersonRequest, needs

# More takes longer than a page may.
MOST = 2_000


@needs(Action.MANAGE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def data_erase(request: PersonRequest) -> HttpResponse:
    """`do=erase` erases what `do=look` showed; where it is no longer the same, it is shown again."""
    if request.method != "POST":
        return _page(request, BuyerForm())
    form = BuyerForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = erasure.preview(form.buyer, MOST)
    if not found or found.open or found.count > MOST:
        return _page(request, form, found=found)
    if request.POST.get("do") != "erase":
        return _page(request, _asked(request, form, found), found=found)
    form = EraseForm(request.POST, without_her=found.without_her)
    if form.is_valid() and form.cleaned_data["seen"] == found.count:
        return _erased(request, form)
    if form.is_valid():
        form = EraseForm({**request.POST.dict(), "seen": str(found.count)}, without_her=found.without_her)
        form.add_error(None, _("Something was sent or removed meanwhile. Look again at what is found now."))
    return _page(request, form, found=found, status=422)


def _asked(request: PersonRequest, form: BuyerForm, found: Preview) -> EraseForm:
    """The same values again, with the questions of the second step."""
    initial = {**form.cleaned_data, "seen": found.count, "reason": request.POST.get("reason", "")}
    return EraseForm(initial=initial, without_her=found.without_her)


def _erased(request: PersonRequest, form: EraseForm) -> HttpResponse:
    deed = Erasure(form.buyer, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
    for _step in deed.run():
        pass
    done = ngettext(
        "She was erased from %(number)d delivery.", "She was erased from %(number)d deliveries.", deed.count
    )
    note = _("The database's file is being rewritten: see below.")
    messages.success(request, f"{done % {'number': deed.count}} {note}")
    return redirect("data")


def _page(request: PersonRequest, form: BuyerForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "most": MOST, "is_asked": isinstance(form, EraseForm), **more}
    response = render(request, "events/data_erase.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
