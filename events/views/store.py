"""One store: its facts, its storefront keys, and what an admin may do with it."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.domain.destination import rule_words
from events.domain.rights import Action
from events.forms.keys import KeyForm
from events.forms.stores import StoreForm
from events.models import Store, StorefrontKey
from events.models.audit import Act, record
from events.models.delivery import with_last_use
from events.views.access import PersonRequest, needs
from events.views.stores import KeyRow, saved, trouble_with


@needs(Action.MANAGE_STORES)
@require_safe
def store(request: PersonRequest, pk: int) -> HttpResponse:
    """A store's page, with the field for one more storefront key."""
    shown = get_object_or_404(Store, pk=pk)
    return render_store(request, shown, KeyForm(store=shown))


def render_store(request: PersonRequest, shown: Store, form: KeyForm) -> HttpResponse:
    rows = _key_rows(shown)
    context = {
        "store": shown,
        "rows": rows,
        "active_key": next((row.key for row in rows if row.key.is_active), None),
        "form": form,
        "environment": shown.environment,
        "item_count": shown.items.count(),
        "rule": shown.proven and rule_words(shown.proven.rule),
    }
    return render(request, "events/store.html", context, status=422 if form.errors else 200)


def _key_rows(shown: Store) -> list[KeyRow]:
    keys = list(with_last_use(shown.storefront_keys.select_related("store", "created_by")))
    twins = defaultdict(set)
    others = StorefrontKey.objects.filter(fingerprint__in=[key.fingerprint for key in keys]).exclude(store=shown)
    for fingerprint, name in others.values_list("fingerprint", "store__name"):
        twins[fingerprint].add(name)
    return [KeyRow(key, trouble_with(key), tuple(sorted(twins[key.fingerprint]))) for key in keys]


@needs(Action.MANAGE_STORES)
@require_http_methods(["GET", "HEAD", "POST"])
def store_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what the console knows of a store; its keys and deliveries stay with it."""
    shown = get_object_or_404(Store, pk=pk)
    # A row of its own: a form writes what was typed into its instance before it is judged.
    form = StoreForm(request.POST or None, instance=get_object_or_404(Store, pk=pk))
    if form.is_bound and form.is_valid() and saved(form, Act.STORE_CHANGED, request):
        messages.success(request, _("%(name)s was changed.") % {"name": form.instance.name})
        return redirect("store", pk)
    context = {"store": shown, "form": form, "environment": shown.environment}
    return render(request, "events/store_form.html", context, status=422 if form.errors else 200)


@needs(Action.MANAGE_STORES)
@require_POST
def store_archive(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a store out of every choice; nothing of it is deleted."""
    shown = get_object_or_404(Store, pk=pk)
    if _moved(request, shown, Act.STORE_ARCHIVED):
        text = _("%(name)s is archived. Nothing can be sent to it until it is brought back.")
        messages.success(request, text % {"name": shown.name})
    return redirect("stores")


@needs(Action.MANAGE_STORES)
@require_POST
def store_restore(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring an archived store back, unless another one took its name meanwhile."""
    shown = get_object_or_404(Store, pk=pk)
    if Store.objects.current().filter(name__iexact=shown.name).exclude(pk=pk).exists():
        messages.error(
            request, _("Another store is called %(name)s by now. Rename one of them first.") % {"name": shown}
        )
        return redirect("store", pk)
    if _moved(request, shown, Act.STORE_RESTORED):
        messages.success(request, _("%(name)s is back.") % {"name": shown.name})
    return redirect("store", pk)


def _moved(request: PersonRequest, shown: Store, act: Act) -> bool:
    """Archive or bring back, and write it down; False where that was done already."""
    archived_at = timezone.now() if act == Act.STORE_ARCHIVED else None
    with transaction.atomic():
        others = Store.objects.filter(pk=shown.pk, archived_at__isnull=archived_at is not None)
        if not others.update(archived_at=archived_at):
            return False
        record(act, by=request.user, target=shown, url=reverse("store", args=[shown.pk]), fields=["archived_at"])
    return True
