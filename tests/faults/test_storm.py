"""kill -9 at random moments of a process that sends without a pause: nothing is lost, and nothing goes out twice.

CONSOLE_TEST_KILLS sets how often (25 by default: a few seconds; 200 kills are about 1,000 sends).
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter

from tests.faults.receivers import Receiver
from tests.faults.storms import begin_life, end_life, senders
from tests.faults.workers import worker_of
from tests.installation import Installation

KILLS = int(os.environ.get("CONSOLE_TEST_KILLS", "25"))
LIFE_S = (0.0, 0.25)
AFTER_THE_LEASE_S = 120


def test_kills_at_any_moment_lose_nothing_and_double_nothing(prepared: Installation, receiver: Receiver) -> None:
    with senders(prepared) as mother:
        for _ in range(KILLS):
            child = begin_life(mother)
            time.sleep(random.uniform(*LIFE_S))
            end_life(mother, child)
    with worker_of(prepared) as worker:
        rows = {row["token"]: row["outcome"] for row in worker.look(AFTER_THE_LEASE_S)}

    # Each event's ID is its form's token.
    arrived = Counter(receiver.event_ids)
    assert rows, "somebody lived long enough"
    assert max(arrived.values()) == 1, "doubled"
    assert arrived.keys() <= rows.keys(), "lost: it went out and no row tells of it"
    assert set(rows.values()) <= {"accepted", "interrupted"}
    assert {token for token, outcome in rows.items() if outcome == "accepted"} <= arrived.keys()
    assert Counter(rows.values())["interrupted"] <= KILLS
    sys.stdout.write(f"{KILLS} kills, {len(arrived)} arrived, rows: {dict(Counter(rows.values()))}\n")
