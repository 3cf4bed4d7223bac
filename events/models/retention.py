"""How long deliveries are kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from events.models.store import Store


class Retention(models.Model):
    """A number of days; of the row without a store for every store that has none of its own. No row keeps for ever."""

    store = models.OneToOneField(Store, null=True, on_delete=models.CASCADE, related_name="retention")
    days = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.Value(1), name="one_retention_for_the_rest", condition=models.Q(store__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.days} days"
