"""Error groups that tests start from, with deliveries that failed at known times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from events.models import Delivery, ErrorGroup, Store
from events.models.group import group_of
from tests.factories import make_delivery, make_store

QUANTITY = "line 1, `quantity` “must be greater than 0”"


def make_group(
    store: Store | None = None, error: str = QUANTITY, *, outcome: str = "rejected", status: int | None = 400
) -> ErrorGroup:
    """A group without deliveries, first seen a day ago."""
    day_ago = timezone.now() - timedelta(days=1)
    return ErrorGroup.objects.get(pk=group_of((store or make_store()).pk, outcome, status, error, day_ago))


def make_failure(group: ErrorGroup, ago: timedelta = timedelta(minutes=5), **fields: Any) -> Delivery:
    """One more delivery of a group, sent so long ago."""
    at: datetime = timezone.now() - ago
    values = {
        "group": group,
        "outcome": group.outcome,
        "status_code": group.status_code,
        "error": group.sentence,
        "created_at": at,
        "finished_at": at + timedelta(milliseconds=182),
    }
    return make_delivery(group.store, **{**values, **fields})
