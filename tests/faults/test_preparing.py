"""`prepare` is killed while it makes the database: the next one goes on where that ended."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import psycopg

from tests.faults.database import file_of
from tests.faults.receivers import receiver_for
from tests.faults.workers import worker_of
from tests.installation import ROOT, Installation

# About half of the tables stand by then.
MIGRATIONS = 15
COUNT = "SELECT count(*) FROM django_migrations"


def test_a_migration_that_was_killed_is_taken_up_again(installation: Installation) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=installation.environment, stdout=subprocess.DEVNULL
    )
    while process.poll() is None and applied(installation) < MIGRATIONS:
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert process.returncode != 0, "it was quicker than the kill"

    again = installation.manage("prepare")
    assert again.returncode == 0, again.stderr
    assert installation.manage("migrate", "--check").returncode == 0
    with receiver_for(installation), worker_of(installation) as worker:
        assert worker.send()["outcome"] == "accepted"


def applied(installation: Installation) -> int:
    """How many migrations are committed."""
    url = installation.environment.get("CONSOLE_DATABASE_URL")
    if url:
        with suppress(psycopg.Error), psycopg.connect(url) as other:
            return int((other.execute(COUNT).fetchone() or (0,))[0])
        return 0
    if not (installation.folder / "console.sqlite3").exists():
        return 0
    with suppress(sqlite3.Error), closing(sqlite3.connect(file_of(installation))) as other:
        return int(other.execute(COUNT).fetchone()[0])
    return 0
