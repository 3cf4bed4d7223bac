"""Two deliveries side by side: what each channel showed of its caller, and what came back to each."""

from __future__ import annotations

from django.http import HttpResponse

from events.domain.rights import Action
from events.views.access import PersonRequest, needs
from events.views.delivery_page import missing


@needs(Action.SEE_LOG)
def delivery_beside(request: PersonRequest, pk: int, other: int) -> HttpResponse:
    """Two columns, the buyer's values masked."""
    return missing(request)
