"""The storefront keys of a store: add, make active, test, remove. None is ever shown."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.delivery import sender
from events.domain.diagnosis import review
from events.domain.outcome import Outcome
from events.domain.payload import Payload
from events.domain.rights import Action
from events.domain.tree import Array, Object
from events.forms.keys import KeyForm
from events.models import Delivery, Person, Store, StorefrontKey
from events.models.audit import Act, record
from events.models.circumstances import circumstances_of
from events.models.delivery import OutcomeChoices
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.drafts import row_number
from events.views.lost import warn_if_lost
from events.views.store import render_store
from events.views.stores import KeyRow, trouble_with
from events.views.whereabouts import address, came_from


@needs(Action.MANAGE_STORES)
@require_http_methods(["GET", "HEAD", "POST"])
def key_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep one more storefront key; what was refused is not shown again."""
    shown = get_object_or_404(Store, pk=pk)
    if request.method != "POST":
        return redirect("store", pk)
    form = KeyForm(request.POST, store=shown)
    with transaction.atomic():
        key = form.keep(by=request.user) if form.is_valid() else None
        if key is not None:
            _record(request, Act.KEY_ADDED, key, fields=["storefront_key", "label"])
    if key is None:
        return render_store(request, shown, form)
    messages.success(request, _("The key %(key)s was added. Test it now.") % {"key": key.masked})
    return redirect("store", pk)


@needs(Action.MANAGE_STORES)
@require_POST
def key_activate(request: PersonRequest, pk: int, key_pk: int) -> HttpResponse:
    """Make a key the one that the store sends with."""
    with transaction.atomic():
        key = _key(pk, key_pk)
        if not key.is_active:
            key.activate()
            _record(request, Act.KEY_ACTIVATED, key, fields=["is_active"])
    text = _("%(store)s now sends with %(key)s.") % {"store": key.store.name, "key": key.masked}
    messages.success(request, text)
    return redirect("store", pk)


@needs(Action.MANAGE_STORES)
@require_http_methods(["GET", "HEAD", "POST"])
def key_remove(request: PersonRequest, pk: int, key_pk: int) -> HttpResponse:
    """Ask, then delete the console's copy of a key."""
    key = _key(pk, key_pk)
    if request.method != "POST":
        return render(request, "events/key_remove.html", {"key": key, "environment": key.store.environment})
    with transaction.atomic():
        _record(request, Act.KEY_REMOVED, key)
        key.delete()
    messages.success(request, _("The key %(key)s was removed.") % {"key": key.masked})
    return redirect("store", pk)


@needs(Action.MANAGE_STORES)
@require_http_methods(["GET", "HEAD", "POST"])
def key_test(request: PersonRequest, pk: int, key_pk: int) -> HttpResponse:
    """Send a PageView with this key; the page of its delivery then explains the answer.

    A test that a delivery's page asked for (`for`) leads back there, where its answer is weighed.
    """
    key = _key(pk, key_pk)
    token = _token(request.POST.get("token", ""))
    if token is None:
        return _ask(request, key)
    asking = _asking(request, key)
    try:
        delivery = _sent(key, token, by=request.user)
    except sender.NotSendable as reason:
        messages.error(request, words(reason.text))
        return redirect(address(request, asking) if asking else reverse("store", args=[pk]))
    warn_if_lost(request, delivery)
    if delivery.outcome == Outcome.ACCEPTED:
        messages.success(request, _("The test worked: Scalev accepts this storefront key for this store ID."))
    elif asking:
        messages.warning(request, _("The test was not accepted: %(answer)s.") % {"answer": _answer(delivery)})
    return redirect(address(request, asking or delivery))


def _asking(request: PersonRequest, key: StorefrontKey) -> Delivery | None:
    """The delivery of this store whose page asked for the test."""
    written = row_number(request.POST.get("for", "") or request.GET.get("for", ""))
    return Delivery.objects.filter(pk=written, store=key.store_id).first() if written else None


def _answer(delivery: Delivery) -> str:
    """How it ended, in two words."""
    label = OutcomeChoices(delivery.outcome).label
    return f"{label} ({delivery.status_code})" if delivery.status_code else str(label)


def _sent(key: StorefrontKey, token: UUID, *, by: Person) -> Delivery:
    payload, now = Payload(page_view(key.store, token)), timezone.now()
    return sender.send(
        store=key.store,
        payload=payload.to_json(),
        by=by,
        now=now,
        token=token,
        findings=review(payload, circumstances_of(key.store, payload, now)),
        storefront_key=key,
    )


def _ask(request: PersonRequest, key: StorefrontKey) -> HttpResponse:
    """What will be sent where, and whether it counts; a POST without a usable token ends here, too."""
    row = KeyRow(key, trouble_with(key), token=uuid4())
    context = {
        "row": row,
        "tree": page_view(key.store, row.token),
        "environment": key.store.environment,
        "asking": _asking(request, key),
        "came_from": came_from(request),
    }
    return render(request, "events/key_test.html", context, status=422 if request.method == "POST" else 200)


def page_view(store: Store, token: UUID) -> Object:
    """The least that tells whether store and key fit together: a look at the shop's first page, by nobody."""
    event = Object((("event_id", f"console-test-{token.hex[:12]}"), ("event_name", "PageView")))
    address = (("event_source_url", f"https://{store.hosts[0]}/"),) if store.hosts else ()
    return Object((*address, ("user_data", Object((("country", store.country),))), ("events", Array((event,)))))


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _key(store_pk: int, key_pk: int) -> StorefrontKey:
    return get_object_or_404(StorefrontKey.objects.select_related("store"), store_id=store_pk, pk=key_pk)


def _record(request: PersonRequest, act: Act, key: StorefrontKey, fields: list[str] | None = None) -> None:
    target = f"{key.store.name} · {key.masked}"
    record(act, by=request.user, target=target, url=reverse("store", args=[key.store_id]), fields=fields)
