"""What Scalev answered to a store's other requests, before and after one of them: a bounded part of the log is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import In

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


def newest_around(delivery: Delivery) -> tuple[list[Newest], list[Newest]]:
    """What was accepted before a delivery, and what was accepted or not found after it: one a key and outcome."""
    before = _newest(delivery, Q(pk__lt=delivery.pk), [OutcomeChoices.ACCEPTED])
    found = [Newest(*row) for row in before.union(_newest_after(delivery), all=True)]
    return [each for each in found if each.pk < delivery.pk], [each for each in found if each.pk > delivery.pk]


def newest_after(delivery: Delivery) -> list[Newest]:
    """What was accepted or not found after a delivery: one for each key and outcome."""
    return [Newest(*row) for row in _newest_after(delivery)]


def taken_elsewhere(key: StorefrontKey, environment: str) -> list[str]:
    """The names of other stores of an environment for which Scalev lately took the same key."""
    twins = StorefrontKey.objects.filter(fingerprint=key.fingerprint, store__environment=environment)
    lately = Delivery.objects.filter(storefront_key=OuterRef("pk")).order_by("-pk").values("outcome")[:_OF_A_TWIN]
    was_taken = In(Value(OutcomeChoices.ACCEPTED), lately.query)
    others = twins.exclude(store=key.store_id).values_list("store__name", was_taken)[:_MOST_TWINS]
    return [name for name, is_taken in others if is_taken]


def _newest_after(delivery: Delivery) -> QuerySet[Any]:
    return _newest(delivery, Q(pk__gt=delivery.pk), [OutcomeChoices.ACCEPTED, OutcomeChoices.NOT_FOUND])


def _newest(delivery: Delivery, side: Q, outcomes: list[OutcomeChoices]) -> QuerySet[Any]:
    near = Delivery.objects.filter(side, store=delivery.store_id).order_by("-pk").values("pk")[:LOOKED_AT]
    found = Delivery.objects.filter(pk__in=near, outcome__in=outcomes, environment=delivery.environment).order_by()
    return found.values_list("storefront_key", "outcome").annotate(Max("pk"), Max("created_at"))
