"""Stopped processes and clocks that jump: the row ends as INTERRUPTED, and a late result still reaches its own row."""

from __future__ import annotations

import time
import uuid

import pytest

from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation

HOUR_S = 3600
# The deadline below, the five seconds beyond it, and one for a busy machine.
DEADLINE_S, LEASE_S = 0.5, 6.5


def test_a_process_that_was_stopped_beyond_its_lease_writes_its_answer_to_its_own_row(
    prepared: Installation, receiver: Receiver
) -> None:
    receiver.may_answer.clear()
    with worker_of(prepared) as sender, worker_of(prepared) as other:
        sender.begin("send", token=str(uuid.uuid4()), event_id="ord-1")
        receiver.wait()
        sender.stop()
        assert [row["outcome"] for row in other.look(HOUR_S)] == ["interrupted"]
        receiver.may_answer.set()
        sender.cont()

        assert sender.answer()["outcome"] == "accepted"
        assert [(row["outcome"], row["response"]) for row in other.look(HOUR_S)] == [("accepted", "")]
    assert receiver.event_ids == ["ord-1"]


def test_a_process_that_slept_through_deadline_and_lease_ends_its_row_as_timed_out(
    prepared: Installation, receiver: Receiver
) -> None:
    with (
        worker_of(prepared, SCALEV_DEADLINE_SECONDS=str(DEADLINE_S)) as sender,
        worker_of(prepared) as other,
    ):
        receiver.may_answer.clear()
        sender.begin("send", token=str(uuid.uuid4()), event_id="ord-1")
        receiver.wait()
        sender.stop()
        time.sleep(LEASE_S)
        assert [row["outcome"] for row in other.look()] == ["interrupted"], "by the real clock"
        sender.cont()

        # It never read an answer in time: what it knows is that its own time was over.
        assert sender.answer()["outcome"] == "timed_out"
        assert [row["outcome"] for row in other.look()] == ["timed_out"]
    assert receiver.event_ids == ["ord-1"]


def test_a_result_never_reaches_the_row_of_another_send(prepared: Installation, receiver: Receiver) -> None:
    receiver.may_answer.clear()
    with worker_of(prepared) as first, worker_of(prepared, "before the call") as second:
        first.begin("send", token=str(uuid.uuid4()), event_id="ord-1")
        receiver.wait()
        first.stop()
        second.begin("send", token=str(uuid.uuid4()), event_id="ord-2")
        assert second.answer() == {"at": "before the call"}
        receiver.may_answer.set()
        first.cont()
        assert first.answer()["event_id"] == "ord-1"

        assert [(row["event_id"], row["outcome"]) for row in first.look()] == [
            ("ord-1", "accepted"),
            ("ord-2", "pending"),
        ]


@pytest.mark.parametrize("ahead_s", [HOUR_S, -HOUR_S])
def test_a_clock_that_jumps_by_an_hour_ends_a_dead_send_and_spares_the_answer_of_a_living_one(
    prepared: Installation, receiver: Receiver, ahead_s: int
) -> None:
    receiver.may_answer.clear()
    with worker_of(prepared) as living, worker_of(prepared, "before the call") as dead, worker_of(prepared) as other:
        dead.begin("send", token=str(uuid.uuid4()), event_id="ord-1")
        assert dead.answer() == {"at": "before the call"}
        dead.kill()
        living.begin("send", token=str(uuid.uuid4()), event_id="ord-2")
        receiver.wait()

        assert [row["outcome"] for row in other.look(ahead_s)] == ["interrupted", "interrupted"]
        receiver.may_answer.set()
        living.answer()
        assert [row["outcome"] for row in other.look(ahead_s)] == ["interrupted", "accepted"]


@pytest.mark.parametrize("ahead_s", [3, -240])
def test_a_clock_that_is_a_little_off_ends_no_call_that_still_runs(
    prepared: Installation, receiver: Receiver, ahead_s: int
) -> None:
    receiver.may_answer.clear()
    with worker_of(prepared) as living, worker_of(prepared) as other:
        living.begin("send", token=str(uuid.uuid4()), event_id="ord-1")
        receiver.wait()

        assert [row["outcome"] for row in other.look(ahead_s)] == ["pending"]
