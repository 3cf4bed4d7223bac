"""When a call was made and its ending could not be written down: said at once, since no row will tell."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.models import Delivery


def warn_if_lost(request: HttpRequest, delivery: Delivery) -> None:
    if delivery.answer_lost:
        text = _("This event went out, but how it ended could not be written down: the database took nothing.")
        messages.warning(request, f"{text} {_('Look whether it arrived before you send it again.')}")
