"""One delivery to hand over: a page that stands on its own and can be mailed, or a browser's own record."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.domain.export.formats import Format, writer_of
from events.domain.rights import Action
from events.forms.export import PAGE, ClearDeliveryExportForm, DeliveryExportForm
from events.models import Delivery
from events.models.audit import Act, record
from events.views.access import PersonRequest, needs
from events.views.delivery_page import ending_of, evidence_of, explanation_of, show
from events.views.evidence import Evidence
from events.views.exporting import entry_of
from events.views.files import as_file
from events.views.lifeline import steps_of
from events.views.on_delivery import on_delivery
from events.views.timeline import family_of, sendings_of
from events.views.whereabouts import address


@needs(Action.SEE_LOG)
@require_safe
@on_delivery
def delivery_export(request: PersonRequest, found: Delivery) -> HttpResponse:
    """`?format=html` or `har`, the buyer's values masked; without it the menu that offers them."""
    if "format" not in request.GET:
        return redirect(f"{address(request, found)}#export-files")
    form = DeliveryExportForm(request.GET)
    if not form.is_valid():
        raise Http404
    return _file(request, found, form.cleaned_data["format"], reason="")


@needs(Action.EXPORT_CLEAR)
@require_http_methods(["GET", "HEAD", "POST"])
@on_delivery
def delivery_export_clear(request: PersonRequest, found: Delivery) -> HttpResponse:
    """The form that asks for a reason, and with one the file."""
    form = ClearDeliveryExportForm(request.POST or None, initial={"format": PAGE})
    if form.is_valid():
        return _file(request, found, form.cleaned_data["format"], reason=form.cleaned_data["reason"])
    context = {
        "form": form,
        "title": _("Export the buyer's values in clear"),
        "what": _("Delivery %(number)s of %(store)s") % {"number": found.pk, "store": found.store},
        "back": address(request, found),
        "environment": found.environment,
    }
    return render(request, "events/export_clear.html", context, status=422 if form.is_bound else 200)


def _file(request: PersonRequest, found: Delivery, kind: str, *, reason: str) -> HttpResponse:
    is_clear = bool(reason)
    evidence, _trouble = evidence_of(found, is_clear=is_clear)
    if evidence is None:
        # Its page says why there is nothing to hand over.
        return show(request, found, timezone.now(), status=409)
    record(
        Act.EXPORTED_CLEAR if is_clear else Act.EXPORTED,
        by=request.user,
        target=f"#{found.pk}",
        url=address(request, found).partition("?")[0],
        fields=[kind],
        reason=reason,
    )
    content = _page(request, found, evidence) if kind == PAGE else _har(request, found, evidence)
    response = HttpResponse(content, content_type="text/html; charset=utf-8" if kind == PAGE else "application/json")
    name = f"delivery-{found.pk}-{timezone.localtime():%Y-%m-%d}{'-in-clear' if is_clear else ''}.{kind}"
    return as_file(response, name)


def _page(request: PersonRequest, found: Delivery, evidence: Evidence) -> str:
    now, family = timezone.now(), family_of(found)
    context = {
        "delivery": found,
        "evidence": evidence,
        "explanation": explanation_of(found, evidence, ending_of(found, evidence, family.tries, now)),
        "steps": steps_of(found, evidence.answer),
        "sendings": sendings_of(family.whole, found),
        "url": request.build_absolute_uri(address(request, found).partition("?")[0]),
        "by": request.user,
        "now": now,
    }
    return render_to_string("events/delivery_export.html", context)


def _har(request: PersonRequest, found: Delivery, evidence: Evidence) -> bytes:
    writer = writer_of(Format.HAR, is_clear=evidence.is_clear)
    entry = entry_of(found, evidence, is_clear=evidence.is_clear, root=request.build_absolute_uri("/").rstrip("/"))
    return writer.head() + writer.piece(entry, is_first=True) + writer.tail(is_cut=False)
