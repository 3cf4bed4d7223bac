"""What each database does with disk and room: the one module that knows when it syncs, and takes back what is free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

# SQLite's own, in pages.
_USUAL_CHECKPOINT = 1_000


def many(column: str) -> str:
    """A condition on a column for any number of row IDs, which are one parameter: see `as_many`."""
    if _is_postgresql():
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"  # nosec B608  # names out of the models


def as_many(ids: list[int]) -> list[int] | str:
    return ids if _is_postgresql() else f"[{','.join(map(str, ids))}]"


@contextmanager
def own_checkpoints() -> Iterator[None]:
    """Within, no commit of this connection copies its pages into the file: `checkpoint` does, between transactions."""
    if _is_postgresql():
        yield
        return
    _run("PRAGMA wal_autocheckpoint=0")
    try:
        yield
    finally:
        checkpoint()
        _run(f"PRAGMA wal_autocheckpoint={_USUAL_CHECKPOINT}")


@contextmanager
def unhurried() -> Iterator[None]:
    """A transaction whose commit does not wait for the disk. A power cut may undo it, a killed program cannot.

    The next one that waits brings it along: what was committed first never goes before what was committed later.
    Inside another transaction that one decides.
    """
    if connection.in_atomic_block:
        yield
    elif _is_postgresql():
        with transaction.atomic():
            _run("SET LOCAL synchronous_commit = off")
            yield
    else:
        _run("PRAGMA synchronous=NORMAL")
        try:
            with transaction.atomic():
                yield
        finally:
            _run("PRAGMA synchronous=FULL")


def checkpoint() -> None:
    """Copy what was committed into the file, as far as no reader needs the old pages; nobody waits for it.

    Within a transaction nothing is done: its own pages stand in the way.
    """
    if not _is_postgresql() and not connection.in_atomic_block:
        _run("PRAGMA wal_checkpoint(PASSIVE)")


def writers_wait() -> bool:
    """Whether a transaction that writes keeps every other one waiting."""
    return not _is_postgresql()


def count_through(table: str) -> None:
    """Let PostgreSQL know a table as it is now: of a column that is nearly empty it would else read far too much."""
    if _is_postgresql():
        _run(f"ANALYZE {table}")


def rewrite() -> None:
    """Write the whole database anew, so that nothing of what was removed lies anywhere in its files.

    Who wants to write waits meanwhile, on PostgreSQL also who wants to read. Not within a transaction. Backups, and
    the log files that PostgreSQL keeps for its replicas, stay as they are.
    """
    if _is_postgresql():
        _run("VACUUM FULL")
        _run("CHECKPOINT")
        return
    _run("PRAGMA wal_checkpoint(TRUNCATE)")
    # Its copy would else be made in memory. The file it takes has no name, and holds what is still kept.
    _run("PRAGMA temp_store=FILE")
    try:
        _run("VACUUM")
    finally:
        _run("PRAGMA temp_store=MEMORY")
    _run("PRAGMA wal_checkpoint(TRUNCATE)")


def size() -> int:
    """Bytes of the whole database."""
    if not _is_postgresql():
        file = Path(str(connection.settings_dict["NAME"]))
        return sum(part.stat().st_size for part in (file, file.with_name(f"{file.name}-wal")) if part.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        if cursor.description:
            cursor.fetchall()
