"""The columns of the log, and which of them a person sees in which order."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

# Side by side on the widest page, more could not be read.
MOST_COLUMNS = 12


class LogColumn(models.TextChoices):
    TIME = "time", _("Time")
    OUTCOME = "outcome", _("Outcome")
    STATUS = "status", _("Status")
    STORE = "store", _("Store")
    EVENT = "event", _("Event")
    EVENT_ID = "id", _("Event ID")
    BUYER = "buyer", _("Buyer")
    TOOK = "took", _("Took")
    CHANNEL = "channel", _("Channel")
    BY = "by", _("By")
    NUMBER = "number", _("Number")
    WRITTEN = "written", _("Date and time")
    ENVIRONMENT = "environment", _("Environment")
    EVENTS = "events", _("Events")
    FINDINGS = "findings", _("Findings")
    ERROR = "error", _("Error")
    SIZE = "size", _("Request size")
    TAGS = "tags", _("Tags")
    RUN = "run", _("Run")


FIRST_COLUMNS = tuple(LogColumn)[:10]


def log_columns(names: Iterable[object]) -> tuple[LogColumn, ...]:
    """The columns of these names in this order, the first ten for none.

    The time leads to the delivery, so it stays. A name that another version wrote says nothing.
    """
    known = {column.value: column for column in LogColumn}
    chosen = [known[str(name)] for name in dict.fromkeys(map(str, names)) if str(name) in known]
    if not chosen:
        return FIRST_COLUMNS
    return tuple(chosen if LogColumn.TIME in chosen else [LogColumn.TIME, *chosen])
