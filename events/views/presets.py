"""The presets of a store: saved from a composition, shared by all who compose for it, renamed and removed."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.domain.presets import kept as kept_of
from events.domain.presets import unknown
from events.domain.rights import Action
from events.domain.tree import Object
from events.domain.usual import USUAL
from events.forms.compose.building import build
from events.forms.presets import PresetForm
from events.models import Draft, Preset, Store
from events.models.audit import Act, record
from events.views.access import PersonRequest, demand, needs
from events.views.drafts import keeps_typing, kept, opens_draft
from events.views.on_draft import on_draft, on_typed_draft

_METHODS = ["GET", "HEAD", "POST"]


@keeps_typing
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
@on_typed_draft
def composition_preset(request: PersonRequest, draft: Draft) -> HttpResponse:
    """What a preset would keep of the composition; a POST is the composer's own form, which is kept first."""
    return redirect("composition_preset", token=draft.token) if request.method == "POST" else _ask(request, draft)


# Not `keeps_typing`: the form of this page is not the composer's, and must not be written over it.
@opens_draft
@needs(Action.COMPOSE)
@require_http_methods(["GET", "POST"])
@on_draft
def composition_preset_save(request: PersonRequest, draft: Draft) -> HttpResponse:
    """Save it under a name, and go on composing."""
    return _ask(request, draft) if request.method == "POST" else redirect("composition_preset", token=draft.token)


def _ask(request: PersonRequest, draft: Draft) -> HttpResponse:
    found = kept(draft)
    store, built = Store.objects.current().filter(pk=found.store_pk).first(), build(found.composition)
    if store is None or built.problems:
        messages.error(request, _("Something in the form cannot be read. Mend it first, then save the preset."))
        return redirect("composition", token=draft.token)
    now = timezone.now()
    tree, form = kept_of(built.tree, now), PresetForm(request.POST or None, store=store)
    if form.is_bound and form.is_valid():
        preset = Preset.of(store, form.cleaned_data["name"], tree, by=request.user, now=now)
        if _is_saved(request, form, preset, Act.PRESET_SAVED):
            messages.success(request, _("%(name)s is saved. It stands under Start from.") % {"name": preset.name})
            return redirect("composition", token=draft.token)
    context = {"draft": draft, "store": store, "environment": store.environment, "form": form, "tree": tree}
    context["remark"] = _of_unknown(tree)
    return render(request, "events/composition_preset.html", context, status=422 if form.errors else 200)


def _of_unknown(tree: Object) -> str:
    """A word on placeholders that stay as they are, "" for none."""
    names = ", ".join(unknown(tree))
    text = _("This console does not fill in %(names)s: whoever starts from the preset has to write a value there.")
    return text % {"names": names} if names else ""


def _is_saved(request: PersonRequest, form: PresetForm, preset: Preset, act: Act) -> bool:
    """Save and write it down; False, with the reason in the form, where another tab took the name meanwhile."""
    try:
        with transaction.atomic():
            preset.save()
            _record(request, act, preset)
    except IntegrityError:
        form.add_error("name", _("The store has a preset of this name. Choose another name."))
        return False
    return True


@needs(Action.COMPOSE)
@require_safe
def store_presets(request: PersonRequest, pk: int) -> HttpResponse:
    """All that a composition for this store can start from."""
    shown = get_object_or_404(Store, pk=pk)
    rows = [
        (preset, request.user.may(Action.CHANGE_PRESET, own=preset.is_of(request.user)))
        for preset in shown.presets.select_related("by").defer("envelope")
    ]
    context = {"store": shown, "environment": shown.environment, "rows": rows, "usual": USUAL}
    return render(request, "events/store_presets.html", context)


@needs(Action.COMPOSE)
@require_http_methods(_METHODS)
def store_preset(request: PersonRequest, pk: int, preset_pk: int) -> HttpResponse:
    """Another name."""
    preset = _changeable(request, pk, preset_pk)
    form = PresetForm(request.POST or None, store=preset.store, preset=preset)
    if form.is_bound and form.is_valid():
        preset.name = form.cleaned_data["name"]
        if _is_saved(request, form, preset, Act.PRESET_CHANGED):
            messages.success(request, _("It is called %(name)s now.") % {"name": preset.name})
            return redirect("store_presets", pk)
    context = {"store": preset.store, "environment": preset.store.environment, "form": form}
    return render(request, "events/store_preset.html", context, status=422 if form.errors else 200)


@needs(Action.COMPOSE)
@require_POST
def store_preset_remove(request: PersonRequest, pk: int, preset_pk: int) -> HttpResponse:
    """What was started from it stays."""
    preset = _changeable(request, pk, preset_pk)
    with transaction.atomic():
        _record(request, Act.PRESET_REMOVED, preset)
        preset.delete()
    messages.success(request, _("%(name)s was removed.") % {"name": preset.name})
    return redirect("store_presets", pk)


def _changeable(request: PersonRequest, pk: int, preset_pk: int) -> Preset:
    preset = get_object_or_404(Preset.objects.select_related("store"), store_id=pk, pk=preset_pk)
    demand(request, Action.CHANGE_PRESET, own=preset.is_of(request.user))
    return preset


def _record(request: PersonRequest, act: Act, preset: Preset) -> None:
    address = reverse("store_presets", args=[preset.store_id])
    record(act, by=request.user, target=f"{preset.store.name} · {preset.name}", url=address)
