"""How long deliveries are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from events.models.store import Store

FEWEST_DAYS, MOST_DAYS = 1, 3650


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


@dataclass(frozen=True)
class Limits:
    """How many days: `own` by the store's row ID, `rest` for every other store; None keeps for ever."""

    rest: int | None = None
    own: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def kept(cls) -> Limits:
        """As they are set now."""
        days: dict[int | None, int] = dict(Retention.objects.values_list("store_id", "days"))
        return cls(days.get(None), {store: number for store, number in days.items() if store is not None})

    def __bool__(self) -> bool:
        return self.rest is not None or bool(self.own)

    def latest(self, now: datetime) -> datetime | None:
        """The moment that every row which may be too old lies before; None where all is kept for ever."""
        return max((moment for _stores, moment in self._moments(now)), default=None)

    def passed(self, now: datetime, time: str = "created_at", store: str = "store") -> models.Q:
        """The rows that are too old, by the names of their columns; none where all is kept for ever."""
        passed = models.Q(pk__in=())
        for stores, moment in self._moments(now):
            whose = models.Q(**{f"{store}_id": stores}) if stores else ~models.Q(**{f"{store}_id__in": list(self.own)})
            passed |= whose & models.Q(**{f"{time}__lt": moment})
        return passed

    def _moments(self, now: datetime) -> Iterator[tuple[int | None, datetime]]:
        """(a store, or None for the rest, and what its rows are too old before)."""
        yield from ((store, now - timedelta(days=days)) for store, days in self.own.items())
        if self.rest is not None:
            yield None, now - timedelta(days=self.rest)
