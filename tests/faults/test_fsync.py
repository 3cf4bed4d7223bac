"""The disk says that it could not keep what was written: before the call nothing goes out, after it nothing again."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation
from tests.programs import found

COMPILER = found("cc")
AFTER_THE_LEASE_S = 120

pytestmark = [
    pytest.mark.skipif("CONSOLE_DATABASE_URL" in os.environ, reason="a fault of the SQLite file's disk"),
    pytest.mark.skipif(COMPILER is None or sys.platform != "linux", reason="needs a C compiler on Linux"),
]


@pytest.fixture
def flag(prepared: Installation, tmp_path: Path) -> Path:
    """While this file exists, syncing fails in the workers."""
    library = tmp_path / "fsync.so"
    source = Path(__file__).with_name("fsync.c")
    subprocess.run([str(COMPILER), "-shared", "-fPIC", "-o", library, source], check=True)
    found = tmp_path / "fsync-fails"
    prepared.environment |= {"LD_PRELOAD": str(library), "FSYNC_FAILS": str(found)}
    return found


def test_a_row_that_the_disk_may_not_have_kept_is_not_sent(
    prepared: Installation, receiver: Receiver, flag: Path
) -> None:
    token = str(uuid.uuid4())
    with worker_of(prepared) as worker:
        flag.touch()
        assert "nothing was sent" in worker.send("ord-1", token)["refused"]
        flag.unlink()
        assert receiver.requests == []
        assert worker.send("ord-1", token)["outcome"] == "accepted"
    assert receiver.event_ids == ["ord-1"]


def test_an_answer_that_the_disk_may_not_have_kept_is_never_asked_for_again(
    prepared: Installation, receiver: Receiver, flag: Path
) -> None:
    token = str(uuid.uuid4())
    receiver.before_answer = flag.touch
    with worker_of(prepared) as worker:
        worker.send("ord-1", token)
        flag.unlink()
        (row,) = worker.look(AFTER_THE_LEASE_S)

        # SQLite recovers what stands in its log whole, synced or not; without that the lease ends the row.
        assert row["outcome"] in ("accepted", "interrupted")
        assert worker.send("ord-1", token)["outcome"] == row["outcome"]
    assert receiver.event_ids == ["ord-1"]
