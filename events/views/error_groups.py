"""Error groups: failures that differ only in IDs, numbers or addresses, whoever needs somebody first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.domain.rights import Action
from events.models import Delivery
from events.views.access import PersonRequest, needs
from events.views.group_list import Asked, listed


@needs(Action.SEE_LOG)
@require_safe
def error_groups(request: PersonRequest) -> HttpResponse:
    """The list, narrowed by `show`, `store` and `page`; what of those cannot be read is left out."""
    now = timezone.now()
    Delivery.objects.close_expired(now)
    return render(request, "events/error_groups.html", {"found": listed(Asked.of(request.GET), request.user, now)})
