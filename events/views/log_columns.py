"""Which columns of the log a person sees, and in which order."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from events.domain.rights import Action
from events.forms.log_columns import asked_columns
from events.models import Person
from events.models.log_column import FIRST_COLUMNS
from events.views.access import PersonRequest, needs
from events.views.log import SeeOther
from events.views.whereabouts import came_from

# In the log's address: this menu stands open, for the next tick.
OPEN_MENU = "menu=columns"


@needs(Action.OWN_ACCOUNT)
@require_POST
def log_columns(request: PersonRequest) -> HttpResponse:
    """Keep the choice, and lead back to the search from which it was made."""
    columns = asked_columns(request.POST)
    kept = [] if columns == FIRST_COLUMNS else [column.value for column in columns]
    Person.objects.filter(pk=request.user.pk).update(log_columns=kept)
    return SeeOther(f"{reverse('log')}?{'&'.join(filter(None, [came_from(request), OPEN_MENU]))}")
