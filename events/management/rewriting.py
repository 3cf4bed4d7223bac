"""Rewriting the database's files after an erasure, by schedule: at a moment when it keeps few waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from events.models import Delivery, engine, erasure

EVERY = timedelta(minutes=1)
# Rewritten within seconds.
SMALL_BYTES = 256 * 1024 * 1024
QUIET = timedelta(minutes=10)
AT_THE_LATEST = timedelta(days=1)


def by_schedule(now: datetime) -> Iterator[object]:
    """Small files at once; large ones once nobody has sent for a while, and after a day in any case."""
    erased_at = erasure.pending_since()
    if erased_at is None:
        return
    if engine.size() <= SMALL_BYTES or erased_at < now - AT_THE_LATEST or _is_quiet(now):
        yield from erasure.rewrite(now)


def _is_quiet(now: datetime) -> bool:
    return not Delivery.objects.filter(created_at__gt=now - QUIET).exists()
