"""Removing deliveries that were kept long enough: in transactions so short that no send has to wait for one."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q, QuerySet

from events.domain.outcome import WAITING
from events.models import engine, search
from events.models.delivery import Delivery
from events.models.group import ErrorGroup
from events.models.retention import Limits
from events.models.run import Run
from events.models.tally import HourTally

CHORE = "prune"
# What a transaction should take; on a busy machine it takes longer.
AIM_MS = 40.0
# SQLite's writers look every 1, 2, 5, 10, 15, 20 ms whether they may go on: one that has waited for as long as we aim
# at looks within this time, and so gets through at the first opportunity.
WINDOW_MS = 15.0
FEWEST, MOST, FIRST = 20, 2_000, 300
# Pages that are written again by the next batch need not be copied into the file in between.
BATCHES_A_CHECKPOINT = 8
# Rows are numbered in the order of their times, but for a clock that was wrong; by more than this it never is.
CLOCK_SLACK = timedelta(days=1)
# Rows of the small tables that go at once.
SMALL_BATCH = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """How many deliveries one transaction removed, and for how long it held its locks."""

    rows: int
    took_ms: float


def removable(limits: Limits, now: datetime) -> QuerySet[Delivery]:
    """What is too old and not under way."""
    found = Delivery.objects.filter(limits.passed(now)).exclude(outcome__in=sorted(WAITING)).order_by("id")
    end = _end(limits, now)
    return found if end is None else found.filter(pk__lt=end)


def prune(limits: Limits, now: datetime, *, rest: float) -> Iterator[Batch]:
    """Remove it, oldest first. After each transaction others get `rest` times as long as it took; where they
    never waited for it, a tenth of that.

    May be left at any time: what is gone is gone whole, and the next call goes on.
    """
    Delivery.objects.close_expired(now)
    found, last, size = removable(limits, now).values_list("pk", flat=True), 0, FIRST
    if not found.exists():
        return
    # Each row that goes is looked for among the resends and twins of others.
    engine.count_through("events_delivery")
    with engine.own_checkpoints():
        number = 0
        while ids := list(found.filter(pk__gt=last)[:size]):
            batch = _removed(ids)
            over = time.perf_counter()
            number, last = number + 1, ids[-1]
            if number % BATCHES_A_CHECKPOINT == 0:
                engine.checkpoint()
            yield batch
            yield from _merged()
            size = _next_size(size, batch.took_ms)
            time.sleep(max(0.0, over + _rest_ms(batch.took_ms, rest) / 1_000 - time.perf_counter()))


def _removed(ids: list[int]) -> Batch:
    with transaction.atomic():
        began = time.perf_counter()  # until then the lock was somebody else's
        _remove(ids)
    return Batch(len(ids), (time.perf_counter() - began) * 1_000)


def _merged() -> Iterator[Batch]:
    """What the removed rows leave to be done in the index; each step is a transaction that removes none."""
    began = time.perf_counter()
    for _step in search.merge():
        yield Batch(0, (time.perf_counter() - began) * 1_000)
        began = time.perf_counter()


def tidy(limits: Limits, now: datetime) -> None:
    """Remove what only made sense beside deliveries that are gone: hours counted, groups and runs without any."""
    hours = HourTally.objects.filter(limits.passed(now - timedelta(hours=1), "hour"))
    _remove_small(hours)
    none_left = ~Exists(Delivery.objects.filter(group=OuterRef("pk")))
    untouched = Q(changed_at=None) | limits.passed(now, "changed_at")
    _remove_small(ErrorGroup.objects.filter(limits.passed(now, "first_seen_at"), untouched, none_left))
    if latest := limits.latest(now):
        none_left = ~Exists(Delivery.objects.filter(run=OuterRef("pk")))
        _remove_small(Run.objects.filter(none_left, started_at__lt=latest))


def _end(limits: Limits, now: datetime) -> int | None:
    """A row ID behind which nothing is too old, so that nobody looks there; None where there is none yet."""
    latest = limits.latest(now)
    if latest is None:
        return None
    later = Delivery.objects.filter(created_at__gte=latest + CLOCK_SLACK).order_by("created_at", "id")
    return later.values_list("pk", flat=True).first()


def _rest_ms(took_ms: float, rest: float) -> float:
    return max(took_ms * rest, WINDOW_MS) if engine.writers_wait() else took_ms * rest / 10


def _next_size(size: int, took_ms: float) -> int:
    """Towards what the aim allows, at most doubled: one quick batch says little about the next."""
    fitting = size * AIM_MS / max(took_ms, 1.0)
    return int(min(max(fitting, FEWEST), MOST, size * 2))


def _remove(ids: list[int]) -> None:
    """The rows and all that hangs on them; what points to them from outside points nowhere then."""
    chosen = engine.as_many(ids)
    with connection.cursor() as cursor:
        for table, column in _dependents(outlive=False):
            cursor.execute(f"DELETE FROM {table} WHERE {engine.many(column)}", [chosen])  # nosec B608
        cursor.execute(f"DELETE FROM events_delivery WHERE {engine.many('id')}", [chosen])  # nosec B608
        search.without_origin(Delivery.objects.filter(resend_of__in=ids))
        for table, column in _dependents(outlive=True):
            cursor.execute(f"UPDATE {table} SET {column} = NULL WHERE {engine.many(column)}", [chosen])  # nosec B608


@functools.cache
def _dependents(*, outlive: bool) -> tuple[tuple[str, str], ...]:
    """(table, column) of every foreign key to a delivery; whether its row is kept without the delivery."""
    indexes = (search.Words, search.Fragments)
    relations = [each for each in Delivery._meta.get_fields(include_hidden=True) if isinstance(each, ForeignObjectRel)]
    return tuple(
        (each.related_model._meta.db_table, str(each.field.column))
        for each in relations
        if each.related_model not in indexes and each.field.null is outlive
    )


def _remove_small(rows: QuerySet[Any]) -> None:
    while pks := list(rows.values_list("pk", flat=True)[:SMALL_BATCH]):
        rows.model._default_manager.filter(pk__in=pks).delete()
