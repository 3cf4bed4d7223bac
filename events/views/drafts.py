"""Compositions on their way: started, kept while somebody types, and found again after sign-in."""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from events.domain.mending import Change
from events.domain.text import writable
from events.domain.tree import Object, read, write
from events.forms.compose.actions import after
from events.forms.compose.composition import JSON, Composition
from events.forms.compose.starting import fill_in, new_event_id
from events.models import Draft, Person, Store, encryption

DraftView = Callable[..., HttpResponse]
# What belongs to the browser's session and not to the composition.
_NOT_KEPT = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class Step:
    """A fix that was done in a draft and can be undone: what was said about it, and what it changed."""

    said: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Kept:
    """A draft as it is drawn again: the store that was chosen, the form's state, and a notice for its head.

    `channel` is the one that was chosen for this store, "" where none was. `steps` are its fixes, the last one last.
    `landing_url` is the page on which the buyer arrived: it stands beside the payload and is never sent.
    `before` is the draft that this one was begun in, "" for none.
    """

    store_pk: int
    composition: Composition
    notice: str = ""
    channel: str = ""
    steps: tuple[Step, ...] = ()
    landing_url: str = ""
    before: str = ""


def start_draft(
    person: Person, store: Store, tree: Object, now: datetime, *, notice: str = "", before: str = ""
) -> Draft:
    """A new composition that begins with a payload. `notice` stands above the form until it is sent.

    `before` is the token of the draft that a person comes from, and can go back to.
    """
    Draft.objects.drop_old(now)
    draft = Draft(token=uuid.uuid4(), person=person, created_at=now)
    content = {"store": store.pk, "payload": write(tree).decode(), "notice": notice, "before": before}
    draft.keep(json.dumps(content), now)
    return draft


def start_raw_draft(person: Person, store: Store, text: str, now: datetime, *, notice: str = "") -> Draft:
    """A new composition of text that is no JSON yet, in the field where it can be mended."""
    Draft.objects.drop_old(now)
    draft = Draft(token=uuid.uuid4(), person=person, created_at=now)
    form = urlencode({"mode": JSON, "base": "{}", "raw": text, "store": store.pk})
    draft.keep(json.dumps({"store": store.pk, "form": form, "notice": notice}), now)
    return draft


def keep_typed(draft: Draft, data: QueryDict, now: datetime, steps: tuple[Step, ...] | None = None) -> None:
    """Save a form as it came, so that neither a lost session nor an error loses what was typed.

    `steps` are the fixes in it, where they changed.
    """
    kept = data.copy()
    for name in _NOT_KEPT:
        kept.pop(name, None)
    before = json.loads(draft.content())
    undo = before.get("steps", []) if steps is None else [_as_json(step) for step in steps]
    carried = {"store": before["store"], "notice": before.get("notice", ""), "before": before.get("before", "")}
    draft.keep(json.dumps({**carried, "form": kept.urlencode(), "steps": undo}), now)


def keep_payload(draft: Draft, tree: Object, now: datetime) -> None:
    """Save a composition that something else than the form has changed."""
    found = kept(draft)
    content = {"store": found.store_pk, "payload": write(tree).decode(), "notice": found.notice, "before": found.before}
    draft.keep(json.dumps(content | {"channel": found.channel, "landing_url": found.landing_url}), now)


def kept(draft: Draft) -> Kept:
    """What a draft holds. Raises `encryption.Unreadable`."""
    content = json.loads(draft.content())
    if "payload" in content:
        tree = read(content["payload"])
        composition = Composition.of(tree if isinstance(tree, Object) else Object())
        carried = {name: content.get(name, "") for name in ("channel", "landing_url", "before")}
        return Kept(content["store"], composition, content["notice"], **carried)
    return typed(draft, QueryDict(content["form"]))


def store_of(draft: Draft) -> Store | None:
    """The store that a draft would go to; None where that cannot be told."""
    with suppress(encryption.Unreadable):
        return Store.objects.filter(pk=kept(draft).store_pk).first()
    return None


def environment_of(draft: Draft) -> str:
    """That of its store; "" where it cannot be told."""
    store = store_of(draft)
    return store.environment if store else ""


def typed(draft: Draft, data: QueryDict) -> Kept:
    """What a draft would hold with this form in it. Raises `encryption.Unreadable`."""
    content = json.loads(draft.content())
    composition = _acted(Composition.from_post(data), data.get("do", ""))
    store_pk = row_number(data.get("store", "")) or content["store"]
    steps = tuple(_step(each) for each in content.get("steps", []))
    notice, landing_url = content.get("notice", ""), writable(data.get("landing_url", "").strip())
    before = content.get("before", "")
    return Kept(store_pk, composition, notice, _channel(data, store_pk), steps, landing_url, before)


def _acted(composition: Composition, do: str) -> Composition:
    return fill_in(composition, timezone.now()) if do == "fill-in" else after(composition, do, new_event_id)


def _as_json(step: Step) -> dict[str, Any]:
    return {"said": step.said, "changes": [(list(each.path), each.before, each.after) for each in step.changes]}


def _step(kept: dict[str, Any]) -> Step:
    return Step(kept["said"], tuple(Change(tuple(path), before, after) for path, before, after in kept["changes"]))


def row_number(text: str) -> int:
    """The number of a row, or 0, which none has: `isdigit` alone takes “²”, and databases choke on 19 digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def _channel(data: QueryDict, store_pk: int) -> str:
    """The channel of the form; another store begins with its own."""
    shown_for = data.get("channel_store", "")
    return data.get("channel", "") if shown_for in ("", str(store_pk)) else ""


def opens_draft(view: DraftView) -> DraftView:
    """For views on a draft: one that no master key opens is said to be unreadable."""

    @functools.wraps(view)
    def opened(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
        try:
            return view(request, token=token)
        except encryption.Unreadable:
            return render(request, "events/compose_unreadable.html", status=503)

    return opened


def keeps_typing(view: DraftView) -> DraftView:
    """For views on a draft: a form that comes in after the session ended is kept, and sign-in returns to it.

    Whoever is not signed in may only write over a draft whose token she knows, and reads nothing.
    """

    @opens_draft
    @functools.wraps(view)
    def kept_first(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
        return view(request, token=token) if request.user.is_authenticated else _to_sign_in(request, token)

    kept_first.takes_composers_form = True  # type: ignore[attr-defined]
    return login_not_required(kept_first)


def is_composers_form(view: Callable[..., object]) -> bool:
    """Whether what is posted to a view is the composer's own form, which may be kept in its draft."""
    return getattr(view, "takes_composers_form", False)


def _to_sign_in(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    draft = Draft.objects.filter(token=token).first()
    if request.method == "POST" and draft:
        keep_typed(draft, request.POST, timezone.now())
    back = urlencode({"next": reverse("composition", args=(token,))})
    return redirect(f"{reverse(settings.LOGIN_URL)}?{back}")
