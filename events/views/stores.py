"""All stores at a glance, each with a button that tests it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.domain.rights import Action
from events.domain.text import NO_TEXT, Text
from events.forms.stores import StoreForm
from events.models import Store, StorefrontKey, encryption
from events.models.audit import Act, record
from events.models.delivery import with_last_use
from events.views.access import PersonRequest, needs


@dataclass(frozen=True)
class KeyRow:
    """A storefront key as a page shows it. `token` makes one click on *Test* one test, however often it arrives."""

    key: StorefrontKey
    trouble: Text
    twins: tuple[str, ...] = ()
    token: UUID = field(default_factory=uuid4)

    @property
    def may_be_tested(self) -> bool:
        return not self.trouble and self.key.store.archived_at is None and self.key.store.origin is not None


@dataclass(frozen=True)
class StoreRow:
    store: Store
    active: KeyRow | None


@needs(Action.MANAGE_STORES)
@require_safe
def stores(request: PersonRequest) -> HttpResponse:
    """Production first, as the ones where a mistake counts; archived stores folded away."""
    active = with_last_use(StorefrontKey.objects.filter(is_active=True).select_related("store"))
    found = Store.objects.prefetch_related(Prefetch("storefront_keys", queryset=active, to_attr="active_keys"))
    # Then the oldest first: the shop that a team began with, and the sandbox's scenarios in the sandbox's order.
    rows = [_row(store) for store in sorted(found, key=lambda store: (not store.is_production, store.pk))]
    context = {
        "rows": [row for row in rows if row.store.archived_at is None],
        "archived": [row for row in rows if row.store.archived_at],
    }
    return render(request, "events/stores.html", context)


def _row(store: Store) -> StoreRow:
    keys: list[StorefrontKey] = store.active_keys  # type: ignore[attr-defined]  # prefetched
    return StoreRow(store, KeyRow(keys[0], trouble_with(keys[0])) if keys else None)


def trouble_with(key: StorefrontKey) -> Text:
    """Why a storefront key cannot be used, "" where it can."""
    try:
        key.reveal()
    except encryption.Unreadable as error:
        return error.words
    return NO_TEXT


@needs(Action.MANAGE_STORES)
@require_http_methods(["GET", "HEAD", "POST"])
def store_add(request: PersonRequest) -> HttpResponse:
    """A new store; its page then asks for the storefront key."""
    form = StoreForm(request.POST or None)
    if form.is_bound and form.is_valid() and saved(form, Act.STORE_ADDED, request):
        added = form.instance
        messages.success(request, _("%(name)s was added. Now its storefront key.") % {"name": added.name})
        return redirect("store", added.pk)
    return render(request, "events/store_form.html", {"form": form}, status=422 if form.errors else 200)


def saved(form: StoreForm, act: Act, request: PersonRequest) -> bool:
    """Save the store and write down which fields changed. False, with the reason in the form, if beaten to it."""
    try:
        with transaction.atomic():
            store = form.save()
            address = reverse("store", args=[store.pk])
            record(act, by=request.user, target=store, url=address, fields=form.changed_data)
    except IntegrityError:
        form.add_error(None, _("Somebody saved a store with this name or ID at the same moment. Look again."))
        return False
    return True
