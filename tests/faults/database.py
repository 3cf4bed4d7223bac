"""An installation's database from outside of its processes, whichever engine it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from tests.installation import Installation


def file_of(installation: Installation) -> str:
    """SQLite only."""
    return str(installation.folder / "console.sqlite3")


def run(installation: Installation, statement: str) -> None:
    """One statement, committed."""
    url = installation.environment.get("CONSOLE_DATABASE_URL")
    if url:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(statement.encode())
    else:
        with closing(sqlite3.connect(file_of(installation), isolation_level=None)) as other:
            other.execute(statement)


@contextmanager
def locked(installation: Installation) -> Iterator[None]:
    """For the length of the block somebody else writes, so that others can only read."""
    url = installation.environment.get("CONSOLE_DATABASE_URL")
    if url:
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE events_draft, events_delivery IN EXCLUSIVE MODE")
            yield
            other.rollback()
    else:
        with closing(sqlite3.connect(file_of(installation), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
