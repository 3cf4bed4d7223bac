"""Logs of many rows: filled once, and kept between runs in `var/bench` or the folder that BENCH_DIR names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.bench.installing import asked
from tests.installation import ROOT, Installation, new_installation
from tests.postgres import kept_cluster

FOLDER = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench").resolve()


@contextmanager
def on_sqlite() -> Iterator[str]:
    """In place of a server's address: each installation has a file of its own."""
    yield ""


@contextmanager
def on_postgres() -> Iterator[str | None]:
    """The address of the server, up to the name of a database; None where there is no PostgreSQL."""
    with kept_cluster(FOLDER / "postgresql-data") as url:
        yield url and url.rpartition("/")[0]


ENGINES = {"SQLite": on_sqlite, "PostgreSQL": on_postgres}


@contextmanager
def log_of(rows: int, server: str) -> Iterator[Installation]:
    """An installation whose log holds so many rows: as it was left, with what is missing added."""
    folder = FOLDER / f"{'postgresql' if server else 'sqlite'}-{rows}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with new_installation(folder) as made:
        if server:
            made.environment["CONSOLE_DATABASE_URL"] = f"{server}/{_database(server, rows)}"
        prepared = made.manage("prepare")
        if prepared.returncode:
            raise SystemExit(prepared.stderr)
        asked("filled", rows, made)
        yield made


def _database(server: str, rows: int) -> str:
    name = f"rows_{rows}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"CREATE DATABASE {name}".encode())
    return name
