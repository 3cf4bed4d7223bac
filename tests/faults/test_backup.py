"""A backup that is taken while events go out: whole, readable under the same master key, and never behind a promise."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.database import file_of
from tests.faults.receivers import Receiver
from tests.faults.storms import begin_life, senders
from tests.faults.workers import worker_of
from tests.installation import Installation

pytestmark = pytest.mark.skipif(
    "CONSOLE_DATABASE_URL" in os.environ, reason="PostgreSQL's own dump is a snapshot by its own word"
)

AFTER_THE_LEASE_S = 120


def test_a_backup_under_load_is_whole_and_opens_under_the_same_master_key(
    prepared: Installation, receiver: Receiver, tmp_path: Path
) -> None:
    copies = [tmp_path / f"copy-{number}" for number in range(3)]
    with senders(prepared) as mother:
        child = begin_life(mother)
        for copy in copies:
            back_up(prepared, copy)
            time.sleep(0.2)
        os.kill(child, 9)
    arrived = set(receiver.event_ids)

    sizes = [checked(prepared, copy, arrived) for copy in copies]

    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0], "nothing was sent meanwhile"


def back_up(installation: Installation, folder: Path) -> None:
    """SQLite's own backup, and the two files with secrets."""
    folder.mkdir()
    with (
        closing(sqlite3.connect(file_of(installation))) as source,
        closing(sqlite3.connect(folder / "console.sqlite3")) as target,
    ):
        source.backup(target, pages=16, sleep=0.001)
    for name in ("secret_key", "master_keys"):
        shutil.copy(installation.folder / name, folder)


def checked(installation: Installation, folder: Path, arrived: set[str]) -> int:
    """The number of deliveries in a copy, every one of them read."""
    with closing(sqlite3.connect(folder / "console.sqlite3")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    restored = Installation(folder, installation.environment | {"CONSOLE_DATA_DIR": str(folder)})
    started = restored.manage("check", "--deploy", "--database", "default", "--tag", "console")
    assert started.returncode == 0, started.stderr
    with worker_of(restored) as worker:
        rows = worker.look(AFTER_THE_LEASE_S)
    assert {row["outcome"] for row in rows} <= {"accepted", "interrupted"}
    assert {row["token"] for row in rows if row["outcome"] == "accepted"} <= arrived
    assert all(row["request"] for row in rows)
    return len(rows)
