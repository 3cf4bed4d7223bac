"""One error group: what it is, how often, what to do about it, and who does."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.domain.rights import Action
from events.domain.triage import Step
from events.forms.groups import GroupForm
from events.models import Delivery, ErrorGroup
from events.views.access import NotAllowed, PersonRequest, needs
from events.views.group_list import may_work
from events.views.group_page import page_of
from events.views.looked_up import looked_up


def _group_or_page(request: PersonRequest, pk: int) -> ErrorGroup | HttpResponse:
    """The group, or the page that says that it is not there, with the way back."""
    found = ErrorGroup.objects.select_related("store", "owner").filter(pk=pk).first()
    return found or render(request, "events/error_group_missing.html", status=404)


on_group = looked_up(_group_or_page, "pk")


@needs(Action.SEE_LOG)
@require_safe
@on_group
def error_group(request: PersonRequest, found: ErrorGroup) -> HttpResponse:
    """Its page; close what has run out first, so that what is interrupted by now counts."""
    Delivery.objects.close_expired(timezone.now())
    return _show(request, found, GroupForm(None, now=timezone.now()))


@needs(Action.SEE_LOG)
@require_POST
@on_group
def error_group_work(request: PersonRequest, found: ErrorGroup) -> HttpResponse:
    """One step: `step`, and for a mute `span` or `day`. A step that changes nothing is none."""
    now = timezone.now()
    form = GroupForm(request.POST, now=now)
    is_valid = form.is_valid()
    step = form.cleaned_data.get("step", "")
    if step and not may_work(request.user, found, Step(step)):
        raise NotAllowed(Action.MARK)
    if not is_valid:
        return _show(request, found, form)
    if found.work(Step(step), by=request.user, now=now, until=form.cleaned_data["until"]):
        messages.success(request, _done(Step(step)))
    return redirect("error_group", found.pk)


def _show(request: PersonRequest, found: ErrorGroup, form: GroupForm) -> HttpResponse:
    page = page_of(found, request.user, timezone.now())
    context = {"page": page, "group": found, "form": form, "environment": found.store.environment}
    return render(request, "events/error_group.html", context, status=422 if form.errors else 200)


def _done(step: Step) -> str:
    words = {
        Step.TAKE: _("It is yours now."),
        Step.LET_GO: _("It is nobody's now."),
        Step.ACKNOWLEDGE: _("Acknowledged: others see that it is known."),
        Step.RESOLVE: _("Resolved. Should it fail again, it comes back by itself."),
        Step.IGNORE: _("Ignored: it stays out of the way until it is reopened."),
        Step.MUTE: _("Muted. It comes back to the top when the time is over."),
        Step.REOPEN: _("Open again."),
    }
    return words[step]
