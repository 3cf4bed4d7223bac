"""Failures without an error group get theirs: those of an older version, and those that were closed in a hurry.

Whoever closes a row gives it its group, but an answer is written down also where the group cannot be had. Documents of
the search learn of it, too, and the hours are tallied anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from events.domain.outcome import WAITING, Outcome
from events.models import search
from events.models.chore import Chore
from events.models.delivery import LONGEST_LEASE, Delivery
from events.models.group import ErrorGroup, group_of
from events.models.tally import tally_again_from

CHORE = "late-groups"
EVERY = timedelta(minutes=10)
# Until then an answer may still come to a call whose lease has passed.
SETTLED = 2 * LONGEST_LEASE
BATCH = 200
FAILED = sorted(set(Outcome) - WAITING - {Outcome.ACCEPTED})


class Kind(NamedTuple):
    """What failures of one kind share as their rows tell it."""

    store_id: int
    outcome: str
    status_code: int | None
    error: str


def give_groups(now: datetime) -> Iterator[int]:
    """From where the last call ended, oldest first; each step is one short transaction, given by its rows."""
    Chore.objects.get_or_create(name=CHORE, defaults={"due_at": now})
    end = now - SETTLED
    while rows := list(_without(end)[:BATCH]):
        with transaction.atomic():
            for kind, found in _by_kind(rows).items():
                _give(kind, found)
            tally_again_from(rows[0].created_at)
            # Of equal times the rest is found again: it has no group yet.
            Chore.objects.filter(name=CHORE).update(done_until=rows[-1].created_at)
        yield len(rows)
    Chore.objects.filter(name=CHORE).update(done_until=end)


def _without(end: datetime) -> QuerySet[Delivery]:
    done_until = Chore.objects.filter(name=CHORE).values_list("done_until", flat=True).first()
    rows = Delivery.objects.filter(created_at__lt=end, outcome__in=FAILED, group=None).order_by("created_at")
    if done_until is not None:
        # A clock that was set back leaves it in a future that nobody meant.
        rows = rows.filter(created_at__gte=min(done_until, end - EVERY))
    return rows.only("store_id", "outcome", "status_code", "error", "created_at")


def _by_kind(rows: list[Delivery]) -> dict[Kind, list[Delivery]]:
    found: dict[Kind, list[Delivery]] = defaultdict(list)
    for row in rows:
        found[Kind(row.store_id, row.outcome, row.status_code, row.error)].append(row)
    return found


def _give(kind: Kind, rows: list[Delivery]) -> None:
    """Only to those that are still as they were seen: an answer may have come meanwhile."""
    group, first_seen_at = group_of(*kind, rows[0].created_at), rows[0].created_at
    ErrorGroup.objects.filter(pk=group, first_seen_at__gt=first_seen_at).update(first_seen_at=first_seen_at)
    same = Delivery.objects.filter(pk__in=[row.pk for row in rows], outcome=kind.outcome, group=None)
    pks = list(same.select_for_update().values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=pks).update(group=group)
    search.join_group(pks, group)
