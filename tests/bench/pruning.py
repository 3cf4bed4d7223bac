"""How quickly old deliveries are removed, for how long at most it locks, and what a send feels of it meanwhile."""

from __future__ import annotations

import io
import threading
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from events.management.pruning import QUICKLY, Pruning
from events.models import Person, Store
from events.models.retention import Limits
from tests.bench.outside import percentiles
from tests.bench.purchase import admin, purchase, sent, shop
from tests.bench.sends import database

# So often somebody presses Send.
EVERY_S = 0.05


def answer(rows: int) -> dict[str, Any]:
    """Fills a log with so many and prunes half of them: rows/s, the longest transaction, and sends alone and beside."""
    # First: the log is filled up to its newest delivery.
    call_command("fill_log", str(rows), "--environment=far_away", stdout=io.StringIO())
    store, by = shop("at_once"), admin()
    alone = _sends(store, by, until=time.monotonic() + 3)
    pruning = Pruning(Limits(rest=30), timezone.now() + timedelta(seconds=1))
    done = threading.Event()
    beside: list[float] = []
    sender = threading.Thread(target=lambda: beside.extend(_sends(store, by, done=done)))
    sender.start()
    for _removed in pruning.run(rest=QUICKLY):
        pass
    done.set()
    sender.join()
    return {
        "database": database(),
        "rows": pruning.removed,
        "rows_per_s": pruning.removed / pruning.seconds,
        "slowest_ms": pruning.slowest_ms,
        "alone_ms": percentiles(alone),
        "beside_ms": percentiles(beside),
    }


def _sends(
    store: Store, by: Person, *, until: float = float("inf"), done: threading.Event | None = None
) -> list[float]:
    """The milliseconds of each send, one after the other."""
    taken = []
    while time.monotonic() < until and not (done and done.wait(EVERY_S)):
        begun = time.perf_counter()
        sent(store, by, purchase())
        taken.append((time.perf_counter() - begun) * 1_000)
    connection.close()
    return taken
