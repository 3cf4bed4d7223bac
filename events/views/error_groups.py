"""Error groups: failures that differ only in IDs, numbers or addresses, whoever needs somebody first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.domain.rights import Action
from events.domain.triage import Step
from events.forms.groups import KindForm
from events.models import Delivery
from events.views.access import NotAllowed, PersonRequest, needs
from events.views.group_list import Asked, listed, may_work


@needs(Action.SEE_LOG)
@require_safe
def error_groups(request: PersonRequest) -> HttpResponse:
    """The list, narrowed by `show`, `store` and `page`; what of those cannot be read is left out."""
    now = timezone.now()
    Delivery.objects.close_expired(now)
    return render(request, "events/error_groups.html", {"found": listed(Asked.of(request.GET), request.user, now)})


@needs(Action.SEE_LOG)
@require_POST
def error_groups_work(request: PersonRequest) -> HttpResponse:
    """One step for all groups of a line, each with its own history. It leads back to the list as it was narrowed."""
    form, now = KindForm(request.POST), timezone.now()
    if form.is_valid():
        step, groups = Step(form.cleaned_data["step"]), form.cleaned_data["group"]
        if not all(may_work(request.user, group, step) for group in groups):
            raise NotAllowed(Action.MARK)
        if moved := sum(group.work(step, by=request.user, now=now) for group in groups):
            messages.success(request, f"{_done(step)} {_in_stores(moved)}")
    return redirect(Asked.of(request.POST).url())


def _done(step: Step) -> str:
    words = {
        Step.TAKE: _("Yours now"),
        Step.LET_GO: _("Nobody's now"),
        Step.ACKNOWLEDGE: _("Acknowledged"),
        Step.RESOLVE: _("Resolved"),
        Step.IGNORE: _("Ignored"),
        Step.REOPEN: _("Open again"),
    }
    return words[step]


def _in_stores(count: int) -> str:
    return ngettext("in %(n)d store.", "in %(n)d stores.", count) % {"n": count}
