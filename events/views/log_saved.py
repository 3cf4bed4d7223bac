"""Saved searches: to name one, to hand it on by a link that follows its changes, and to change or delete it."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.domain.rights import Action
from events.forms.log import Address
from events.forms.saved_search import SavedSearchForm, kept_query
from events.models import SavedSearch, search
from events.views.access import PersonRequest, demand, needs
from events.views.fragment import wants_fragment
from events.views.saved_menu import SavedEntry, address_of


@needs(Action.SEE_LOG)
@require_safe
def log_saved(request: PersonRequest) -> HttpResponse:
    """All that this person may open, each with the link to hand on."""
    seen = SavedSearch.objects.seen_by(request.user)
    entries = [SavedEntry.of(saved, request.user, request.build_absolute_uri) for saved in seen]
    return render(request, "events/log_saved.html", {"entries": entries, "query": _query(request)})


@needs(Action.SEE_LOG)
@require_safe
def log_saved_open(request: PersonRequest, pk: int) -> HttpResponse:
    """The search as it is saved by now: what this address leads to follows every change."""
    saved = SavedSearch.objects.seen_by(request.user).filter(pk=pk).first()
    return redirect(address_of(saved.query)) if saved else _missing(request)


@needs(Action.SEE_LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def log_saved_add(request: PersonRequest) -> HttpResponse:
    """The form for the search in the address; for htmx that alone, to stand under the search box."""
    form = SavedSearchForm(request.POST or None, by=request.user, query=_query(request))
    if form.is_bound and form.is_valid() and _is_kept(form):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect(address_of(form.query))
    return _form(request, form)


@needs(Action.SEE_LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def log_saved_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Another name, other readers, or what is looked at now in place of what was saved."""
    saved = SavedSearch.objects.seen_by(request.user).filter(pk=pk).first()
    if saved is None:
        return _missing(request)
    demand(request, Action.CHANGE_SEARCH, own=saved.is_of(request.user))
    form = SavedSearchForm(request.POST or None, by=request.user, query=_query(request), saved=saved)
    if form.is_bound and form.is_valid() and _is_kept(form):
        messages.success(request, _("%(name)s was changed.") % {"name": form.cleaned_data["name"]})
        return redirect("log_saved")
    return _form(request, form)


@needs(Action.SEE_LOG)
@require_POST
def log_saved_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete one's own; an admin also what somebody else shares."""
    saved = SavedSearch.objects.seen_by(request.user).filter(pk=pk).first()
    if saved is None:
        return _missing(request)
    demand(request, Action.REMOVE_SEARCH, own=saved.is_of(request.user))
    saved.delete()
    messages.success(request, _("%(name)s was deleted.") % {"name": saved.name})
    return redirect("log_saved")


def _query(request: PersonRequest) -> str:
    return kept_query(Address(search.recognised(Address.of(request.GET).query)))


def _is_kept(form: SavedSearchForm) -> bool:
    """Whether it is stored now; else the form says what came between."""
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error("name", _("You have a search of this name. Choose another one, or change that one."))
        return False
    return True


def _form(request: PersonRequest, form: SavedSearchForm) -> HttpResponse:
    context = {
        "form": form,
        "saved": form.saved,
        "query": form.query,
        "words": SavedEntry.words_of(form.query),
        "saved_words": SavedEntry.words_of(form.saved.query) if form.saved else "",
        "back": reverse("log_saved") if form.saved else address_of(form.query),
    }
    template = "events/_log_saved_form.html" if wants_fragment(request) else "events/log_saved_form.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _missing(request: PersonRequest) -> HttpResponse:
    return render(request, "events/log_saved_missing.html", status=404)
