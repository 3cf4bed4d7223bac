"""kill -9 at every step of a send: the row tells what is known, and nothing goes out a second time."""

from __future__ import annotations

import uuid

import pytest

from tests.faults.receivers import receiver_for
from tests.faults.workers import worker_of
from tests.installation import Installation

# Longer than any lease, and shorter than the clock may be wrong.
AFTER_THE_LEASE_S = 120
# More than the sockets of either side take in while nobody reads.
LARGE = 6_000_000


def test_killed_before_the_row_is_committed_it_leaves_no_row_and_nothing_was_sent(prepared: Installation) -> None:
    token = str(uuid.uuid4())
    with receiver_for(prepared) as receiver, worker_of(prepared) as other:
        with worker_of(prepared, "before the commit") as worker:
            worker.begin("send", token=token, event_id="ord-1")
            assert worker.answer() == {"at": "before the commit"}
            worker.kill()

        assert other.look() == []
        assert receiver.requests == []
        # The form is as good as new: the same token sends now, for the first time.
        assert other.send("ord-1", token)["outcome"] == "accepted"
        assert receiver.event_ids == ["ord-1"]


@pytest.mark.parametrize(("place", "requests"), [("before the call", 0), ("after the answer", 1)])
def test_killed_once_the_row_stands_it_ends_interrupted_and_is_never_sent_again(
    prepared: Installation, place: str, requests: int
) -> None:
    token = str(uuid.uuid4())
    with receiver_for(prepared) as receiver, worker_of(prepared) as other:
        with worker_of(prepared, place) as worker:
            worker.begin("send", token=token, event_id="ord-1")
            assert worker.answer() == {"at": place}
            worker.kill()

        assert [row["outcome"] for row in other.look()] == ["pending"]
        assert [row["outcome"] for row in other.look(AFTER_THE_LEASE_S)] == ["interrupted"]
        assert other.send("ord-1", token)["outcome"] == "interrupted"
        assert len(receiver.requests) == requests


def test_killed_in_the_middle_of_the_body_it_ends_interrupted_and_is_never_sent_again(prepared: Installation) -> None:
    token = str(uuid.uuid4())
    with receiver_for(prepared, reads=False) as receiver, worker_of(prepared) as other:
        with worker_of(prepared) as worker:
            worker.begin("send", token=token, event_id="ord-1", blanks=LARGE)
            receiver.wait()
            worker.kill()

        (row,) = other.look(AFTER_THE_LEASE_S)
        assert (row["outcome"], row["request"] > LARGE) == ("interrupted", True)
        assert other.send("ord-1", token, blanks=LARGE)["outcome"] == "interrupted"
        assert receiver.connections == 1


def test_killed_while_it_waits_for_the_answer_it_ends_interrupted(prepared: Installation) -> None:
    with receiver_for(prepared) as receiver, worker_of(prepared) as other:
        receiver.may_answer.clear()
        with worker_of(prepared) as worker:
            worker.begin("send", token=str(uuid.uuid4()), event_id="ord-1")
            receiver.wait()
            worker.kill()

        assert [row["outcome"] for row in other.look(AFTER_THE_LEASE_S)] == ["interrupted"]
        assert receiver.event_ids == ["ord-1"]
