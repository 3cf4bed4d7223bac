"""One run of pruning from its first row to its record: what the command and the schedule have in common."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from events.models import Chore, pruning
from events.models.audit import Act, record
from events.models.delivery import in_words
from events.models.pruning import CHORE
from events.models.retention import Limits

EVERY = timedelta(days=1)
# By schedule, others get as long as a transaction took before the next one begins; who types the command is in a hurry.
CALMLY, QUICKLY = 1.0, 0.4
# The other chores wait meanwhile: a long run is done in pieces, one each round.
SHARE_S = 20.0


class Pruning:
    """Removes what is too old at `now`. `str` of it says what was done, and how quickly."""

    def __init__(self, limits: Limits, now: datetime) -> None:
        self.limits = limits
        self.now = now
        self.removed = 0
        self.last_batch = 0
        self.slowest_ms = 0.0
        self.seconds = 0.0

    def run(self, *, rest: float) -> Iterator[int]:
        """Walk it to its end; yields how many are gone so far. Also a run that is broken off is written down."""
        began = time.monotonic()
        try:
            for batch in pruning.prune(self.limits, self.now, rest=rest):
                self.removed += batch.rows
                self.last_batch = batch.rows
                self.slowest_ms = max(self.slowest_ms, batch.took_ms)
                self.seconds = time.monotonic() - began
                yield self.removed
            pruning.tidy(self.limits, self.now)
        finally:
            if self.removed:
                record(Act.PRUNED, by=None, target=in_words(self.removed))

    def __str__(self) -> str:
        speed = self.removed / max(self.seconds, 0.001)
        return (
            f"{in_words(self.removed)} removed in {self.seconds:.1f} s: {speed:.0f} rows/s, "
            f"no transaction over {self.slowest_ms:.0f} ms"
        )


def by_schedule(now: datetime) -> Iterator[object]:
    """Go by what is set. What its share of time does not suffice for goes on in the next round."""
    run = Pruning(Limits.kept(), now)
    for removed in run.run(rest=CALMLY) if run.limits else ():
        yield removed
        if run.seconds > SHARE_S:
            Chore.objects.filter(name=CHORE).update(due_at=now)
            return
    Chore.objects.filter(name=CHORE).update(done_until=now)
