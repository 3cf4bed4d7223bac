"""Deliveries counted by the hour: what a timeline draws, and would take too long to count each time."""

from __future__ import annotations

from django.db import models

from events.models.group import ErrorGroup
from events.models.store import Store


class HourTally(models.Model):
    """How many deliveries of one store ended one way in one hour.

    Made from the rows once an hour is over and its calls are closed (see `Chore.done_until`), never by a send.
    """

    hour = models.DateTimeField()
    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="+", db_index=False)
    outcome = models.CharField(max_length=16)
    group = models.ForeignKey(ErrorGroup, null=True, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    count = models.PositiveIntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("hour",), name="tally_hour"),
            models.Index(fields=("store", "hour"), name="tally_store"),
            models.Index(fields=("group", "hour"), name="tally_group", condition=models.Q(group__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.outcome}: {self.count}"
