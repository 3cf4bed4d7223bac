"""Requests from anywhere on their way into the composer. What is pasted is read and never kept; what was read is."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from events.domain.reading import read_pasted
from events.domain.reading.cleaning import cleaned
from events.domain.rights import Action
from events.forms.snippet import OpenForm, SnippetForm
from events.models import Draft, Store
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.compose import chosen_store
from events.views.drafts import environment_of, keeps_typing, start_draft, start_raw_draft, store_of
from events.views.on_draft import on_typed_draft
from events.views.paste_page import report_of


@needs(Action.COMPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def compose_paste(request: PersonRequest) -> HttpResponse:
    """The field for a request in whatever form; a POST says what is in it, and keeps nothing."""
    if not Store.objects.current().exists():
        return render(request, "events/compose_nothing.html")
    if request.method != "POST":
        return _page(request, SnippetForm())
    return _read(request, SnippetForm(request.POST, files=request.FILES))


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
@on_typed_draft
def composition_paste(request: PersonRequest, draft: Draft) -> HttpResponse:
    """The same from a composition, whose form is kept first; `do=read` reads what stands in its JSON field."""
    if request.method == "POST" and request.POST.get("do") == "read":
        return _read(request, SnippetForm({"text": request.POST.get("raw", "")}), draft)
    return redirect(f"{reverse('compose_paste')}?from={draft.token}")


@needs(Action.COMPOSE)
@require_POST
@sensitive_post_parameters()
def compose_paste_open(request: PersonRequest) -> HttpResponse:
    """A new composition of what was read."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("What was read got lost on the way. Paste it once more."))
        return redirect("compose_paste")
    store, now = form.cleaned_data["store"], timezone.now()
    notice = _notice(form.cleaned_data["named"], store)
    if form.cleaned_data["payload"] is None:
        draft = start_raw_draft(request.user, store, form.cleaned_data["text"], now, notice=notice)
    else:
        draft = start_draft(request.user, store, cleaned(form.cleaned_data["payload"])[0], now, notice=notice)
    return redirect("composition", token=draft.token)


def _read(request: PersonRequest, form: SnippetForm, draft: Draft | None = None) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, draft)
    reading = read_pasted(form.source)
    if reading.problem:
        form.add_error(form.given, words(reading.problem))
        return _page(request, form, draft, not_read=reading.not_read)
    back = _back(request, draft)
    context = report_of(reading, _usual_store(request, back["back"]))
    return render(request, "events/compose_paste_read.html", {**context, "form": form.masked(), **back})


def _page(request: PersonRequest, form: SnippetForm, draft: Draft | None = None, **more: object) -> HttpResponse:
    shown = form.masked() if form.is_bound else form
    for name in list(shown.errors)[:1]:
        shown.fields[name].widget.attrs["autofocus"] = True
    context = {"form": shown, **_back(request, draft), **more}
    return render(request, "events/compose_paste.html", context, status=422 if shown.errors else 200)


def _usual_store(request: PersonRequest, back: Draft | None) -> Store | None:
    """That of the composition this was opened from, before the one that was sent to last."""
    store = store_of(back) if back else None
    return store if store and store.archived_at is None else chosen_store(request)


def _back(request: PersonRequest, draft: Draft | None) -> dict[str, Any]:
    """The composition that this page was opened from, if it is still there."""
    try:
        token = draft.token if draft else uuid.UUID(request.POST.get("from") or request.GET.get("from", ""))
    except ValueError:
        return {"back": None}
    back = draft or Draft.objects.filter(token=token, person=request.user).first()
    return {"back": back, "environment": environment_of(back) if back else ""}


def _notice(named: str, store: Store) -> str:
    """What is said above a composition whose request was made for another store."""
    if not named or named == store.store_id:
        return ""
    return _("The request was made for the store %(named)s. Here it goes to %(store)s.") % {
        "named": named,
        "store": store.name,
    }
