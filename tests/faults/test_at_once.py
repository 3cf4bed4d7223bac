"""One form, sent by many at the same moment: one row, one request, and everybody is led to it."""

from __future__ import annotations

import time
import uuid
from contextlib import ExitStack

from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation

PROCESSES, THREADS, ROUNDS = 3, 8, 5


def test_processes_with_one_token_send_once(prepared: Installation, receiver: Receiver) -> None:
    with ExitStack() as stack:
        workers = [stack.enter_context(worker_of(prepared)) for _ in range(PROCESSES)]
        for number in range(ROUNDS):
            token = str(uuid.uuid4())
            for worker in workers:
                worker.begin("send", token=token, event_id=f"ord-{number}", at=time.time() + 0.1)
            answers = [worker.answer() for worker in workers]
            assert len({answer["id"] for answer in answers}) == 1
        rows = workers[0].look()

    assert [row["outcome"] for row in rows] == ["accepted"] * ROUNDS
    assert receiver.event_ids == [f"ord-{number}" for number in range(ROUNDS)]


def test_threads_with_one_token_send_once(prepared: Installation, receiver: Receiver) -> None:
    with worker_of(prepared) as worker:
        for number in range(ROUNDS):
            answers = worker.do("crowd", token=str(uuid.uuid4()), event_id=f"ord-{number}", threads=THREADS)
            assert len({answer["id"] for answer in answers}) == 1
        rows = worker.look()

    assert [row["outcome"] for row in rows] == ["accepted"] * ROUNDS
    assert receiver.event_ids == [f"ord-{number}" for number in range(ROUNDS)]
