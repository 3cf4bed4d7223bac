"""What a store sells: looked through, read in anew after a look at what would change, and removed."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from events.domain.catalogue import Difference
from events.domain.product_payload import NotProducts, Products
from events.domain.rights import Action
from events.domain.text import writable
from events.forms.products import ProductsForm, packed, unpacked
from events.models import CatalogueItem, Store
from events.models.audit import Act, record
from events.models.catalogue import compared, read_in
from events.templatetags.console import words
from events.views.access import PersonRequest, needs

# What a page can be looked through for; the rest is found by its name.
MOST_SHOWN = 200


@needs(Action.KEEP_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def store_products(request: PersonRequest, pk: int) -> HttpResponse:
    """The list, and the field for a payload; a POST says what that would change, and changes nothing."""
    shown = get_object_or_404(Store, pk=pk)
    form = ProductsForm(request.POST, files=request.FILES) if request.method == "POST" else ProductsForm()
    if form.is_bound and form.is_valid():
        try:
            return _ask(request, shown, form.read())
        except NotProducts as refused:
            form.add_error(form.given, words(refused.text))
    return _page(request, shown, form)


def _page(request: PersonRequest, shown: Store, form: ProductsForm) -> HttpResponse:
    for name in list(form.errors)[:1]:
        # It stands below a list that may be long.
        form.fields[name].widget.attrs["autofocus"] = True
    everything = CatalogueItem.objects.of(shown)
    asked = writable(request.GET.get("q", ""))[:200]
    found = everything.matching(asked)
    newest = everything.order_by("-read_at").select_related("read_by").first()
    context = {
        "store": shown,
        "environment": shown.environment,
        "form": form,
        "asked": asked,
        "items": found[:MOST_SHOWN],
        "found": found.count(),
        "count": everything.count(),
        "newest": newest,
    }
    return render(request, "events/store_products.html", context, status=422 if form.errors else 200)


def _ask(request: PersonRequest, shown: Store, read: Products) -> HttpResponse:
    """What the payload would change, in numbers and by a few examples."""
    context = {
        "store": shown,
        "environment": shown.environment,
        "read": read,
        "some": read.items[:10],
        "change": compared(shown, read.items),
        "packed": packed(read.items),
    }
    return render(request, "events/store_products_read.html", context)


@needs(Action.KEEP_CATALOGUE)
@require_POST
def store_products_read(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the items in that were looked at: beside the others, or in their place."""
    shown = get_object_or_404(Store, pk=pk)
    try:
        read = unpacked(request.POST.get("items", ""))
    except NotProducts as refused:
        messages.error(request, words(refused.text))
        return redirect("store_products", pk)
    keeps_others = request.POST.get("do") != "replace"
    with transaction.atomic():
        change = read_in(shown, read.items, by=request.user, now=timezone.now(), keeps_others=keeps_others)
        said = change.kept_words if keeps_others else change.words
        _record(request, Act.CATALOGUE_READ, shown, said)
    messages.success(request, _("The products were read in: %(change)s.") % {"change": words(said)})
    return redirect("store_products", pk)


@needs(Action.KEEP_CATALOGUE)
@require_POST
def store_products_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget what the store sells; its lines are typed by their IDs again."""
    shown = get_object_or_404(Store, pk=pk)
    with transaction.atomic():
        count, _by_model = CatalogueItem.objects.of(shown).delete()
        if count:
            _record(request, Act.CATALOGUE_REMOVED, shown, Difference(gone=count).words)
    text = ngettext("%(count)s product was removed.", "%(count)s products were removed.", count)
    messages.success(request, text % {"count": count})
    return redirect("store_products", pk)


def _record(request: PersonRequest, act: Act, shown: Store, said: str) -> None:
    address = reverse("store_products", args=[shown.pk])
    record(act, by=request.user, target=f"{shown.name} · {said}", url=address, fields=["items"])
