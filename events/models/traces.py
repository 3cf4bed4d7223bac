"""What Scalev answered to a store's other requests, before and after one of them: a bounded part of the log is read."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Max, Q

from events.models.delivery import Delivery, OutcomeChoices
from events.models.key import StorefrontKey

# So many of a store's deliveries are looked at in each direction, however long the log is.
LOOKED_AT = 500
# Of a key that other stores keep, too.
_OF_A_TWIN = 100
_MOST_TWINS = 3


class Newest(NamedTuple):
    """The newest of a store's requests with one key that ended in one way."""

    key: int | None
    outcome: str
    pk: int
    at: datetime


def newest_before(delivery: Delivery) -> list[Newest]:
    """What was accepted before a delivery: one for each key."""
    return _newest(delivery, Q(pk__lt=delivery.pk), [OutcomeChoices.ACCEPTED])


def newest_after(delivery: Delivery) -> list[Newest]:
    """What was accepted or not found after a delivery: one for each key and outcome."""
    return _newest(delivery, Q(pk__gt=delivery.pk), [OutcomeChoices.ACCEPTED, OutcomeChoices.NOT_FOUND])


def taken_elsewhere(key: StorefrontKey, environment: str) -> list[str]:
    """The names of other stores of an environment for which Scalev lately took the same key."""
    twins = StorefrontKey.objects.filter(fingerprint=key.fingerprint, store__environment=environment)
    others = twins.exclude(store=key.store_id).select_related("store")[:_MOST_TWINS]
    return [twin.store.name for twin in others if _was_taken(twin)]


def _was_taken(key: StorefrontKey) -> bool:
    lately = Delivery.objects.filter(storefront_key=key).order_by("-pk").values_list("outcome", flat=True)
    return OutcomeChoices.ACCEPTED in lately[:_OF_A_TWIN]


def _newest(delivery: Delivery, side: Q, outcomes: list[OutcomeChoices]) -> list[Newest]:
    near = Delivery.objects.filter(side, store=delivery.store_id).order_by("-pk").values("pk")[:LOOKED_AT]
    found = Delivery.objects.filter(pk__in=near, outcome__in=outcomes, environment=delivery.environment).order_by()
    rows = found.values_list("storefront_key", "outcome").annotate(Max("pk"), Max("created_at"))
    return [Newest(*row) for row in rows]
