"""Which database an installation uses, and the one list of SQLite's pragmas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from scalev_console import environment

BUSY_SECONDS = 20
# How long a thread keeps its connection. To open one and read the schema takes as long as a send, and the last one that
# closes copies all that was written into the file. One that was put in its place is seen after this time.
CONNECTION_S = 60
# Every thread of the web process may hold one; who waits longer for a free one is told so.
# A lost server is asked for again and again, at first soon and then ever later: given up early, it is asked anew by
# the next page, which finds it as soon as it is back.
POOL = {"min_size": 1, "max_size": 16, "timeout": 5, "reconnect_timeout": 4}
SETTINGS = (
    f"lock_timeout={BUSY_SECONDS * 1000}",  # who waits for a lock is told so after the same time as on SQLite
    # A page that is not in memory costs as much wherever it lies on a disk without moving heads. Taken for four times
    # dearer, as is usual, the index of one outcome seems worse than every row of a week.
    "random_page_cost=1.1",
)
PRAGMAS = (
    "journal_mode=WAL",  # readers never wait for the writer
    "synchronous=FULL",  # a committed row outlives a power cut: the log comes before the call
    "secure_delete=ON",  # erased means overwritten
    "cache_size=-4096",  # KiB a connection, of which every thread keeps one
    "temp_store=MEMORY",  # no sorted copy of a buyer's data in a temporary file
)


def chosen(data_dir: Path) -> dict[str, Any]:
    """PostgreSQL where CONSOLE_DATABASE_URL names one, else a SQLite file among the data."""
    url = environment.text("CONSOLE_DATABASE_URL")
    return _postgresql(url) if url else _sqlite(data_dir / "console.sqlite3")


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": CONNECTION_S,
        "OPTIONS": {
            # A transaction that reads first and writes later fails under DEFERRED as soon as somebody else wrote.
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in PRAGMAS),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        found = dj_database_url.parse(url)
    except ValueError:  # its text may repeat the URL, and the URL holds a password
        found = {}
    if not str(found.get("ENGINE", "")).endswith("postgresql"):
        raise ImproperlyConfigured("CONSOLE_DATABASE_URL must be postgres://user:password@host:5432/database.")
    given = found.get("OPTIONS", {})
    # The URL's own settings come last, and win.
    settings = " ".join([*(f"-c {setting}" for setting in SETTINGS), given.get("options", "")]).strip()
    options = {**given, "options": settings, "pool": POOL}
    return {**found, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
