"""One error group to hand over: a page that stands on its own, for Scalev, for Meta or for a client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.domain.rights import Action
from events.forms.export import PAGE, ClearGroupExportForm
from events.models import Delivery, ErrorGroup, frequency
from events.models.audit import Act, record
from events.views.access import PersonRequest, needs
from events.views.delivery_page import evidence_of
from events.views.error_group import on_group
from events.views.evidence import Evidence
from events.views.files import as_file
from events.views.group_page import GroupPage, page_of
from events.views.lifeline import Step, steps_of
from events.views.timeline import Sending, family_of, sendings_of


@dataclass(frozen=True)
class Sample:
    """One delivery of the group; `evidence` is None where its exchange can no longer be read."""

    title: str
    delivery: Delivery
    evidence: Evidence | None
    steps: tuple[Step, ...]
    sendings: list[Sending]


@needs(Action.SEE_LOG)
@require_safe
@on_group
def error_group_export(request: PersonRequest, found: ErrorGroup) -> HttpResponse:
    """The page, buyers' values masked."""
    return _file(request, found, reason="")


@needs(Action.EXPORT_CLEAR)
@require_http_methods(["GET", "HEAD", "POST"])
@on_group
def error_group_export_clear(request: PersonRequest, found: ErrorGroup) -> HttpResponse:
    """The form that asks for a reason, and with one the file."""
    form = ClearGroupExportForm(request.POST or None, initial={"format": PAGE})
    if form.is_valid():
        return _file(request, found, reason=form.cleaned_data["reason"])
    context = {
        "form": form,
        "title": _("Export buyers' values in clear"),
        "what": _("Error %(number)s of %(store)s") % {"number": found.pk, "store": found.store},
        "back": reverse("error_group", args=[found.pk]),
        "environment": found.store.environment,
    }
    return render(request, "events/export_clear.html", context, status=422 if form.is_bound else 200)


def _file(request: PersonRequest, found: ErrorGroup, *, reason: str) -> HttpResponse:
    now, address = timezone.now(), reverse("error_group", args=[found.pk])
    page = page_of(found, request.user, now)
    samples = _samples(page, is_clear=bool(reason))
    record(
        Act.EXPORTED_CLEAR if reason else Act.EXPORTED,
        by=request.user,
        target=_("error %(number)s") % {"number": found.pk},
        url=address,
        fields=[PAGE, *(f"#{sample.delivery.pk}" for sample in samples)],
        reason=reason,
    )
    context = {"page": page, "group": found, "samples": samples, "is_clear": bool(reason), "now": now}
    context |= {"by": request.user, "url": request.build_absolute_uri(address)}
    response = HttpResponse(render_to_string("events/error_group_export.html", context))
    return as_file(response, _name(found, now, is_clear=bool(reason)))


def _samples(page: GroupPage, *, is_clear: bool) -> list[Sample]:
    """The newest delivery, and the first one where that is another."""
    if not page.newest:
        return []
    chosen = [(_("The newest one"), page.newest[0])]
    first = frequency.first_of(page.group)
    if first and first != page.newest[0]:
        chosen.append((_("The first one"), first))
    return [_sample(title, delivery, is_clear=is_clear) for title, delivery in chosen]


def _sample(title: str, delivery: Delivery, *, is_clear: bool) -> Sample:
    evidence, _trouble = evidence_of(delivery, is_clear=is_clear)
    steps = steps_of(delivery, evidence.answer if evidence else None)
    return Sample(title, delivery, evidence, steps, sendings_of(family_of(delivery).whole, delivery))


def _name(found: ErrorGroup, now: datetime, *, is_clear: bool) -> str:
    return f"error-{found.pk}-{timezone.localtime(now):%Y-%m-%d}{'-in-clear' if is_clear else ''}.{PAGE}"
