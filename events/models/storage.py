"""What is wrong with the database when it refuses: told apart by the engines' own codes, not by their words."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from django.db import Error, InterfaceError, OperationalError


class StorageTrouble(StrEnum):
    """What whoever runs the console has to look at."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    FAILING = "failing"
    AWAY = "away"


# The primary result codes of SQLite.
_SQLITE = {
    sqlite3.SQLITE_BUSY: StorageTrouble.BUSY,
    sqlite3.SQLITE_LOCKED: StorageTrouble.BUSY,
    sqlite3.SQLITE_READONLY: StorageTrouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: StorageTrouble.FAILING,
    sqlite3.SQLITE_CORRUPT: StorageTrouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageTrouble.DAMAGED,
    sqlite3.SQLITE_FULL: StorageTrouble.FULL,
    sqlite3.SQLITE_CANTOPEN: StorageTrouble.AWAY,
}
# The beginnings of PostgreSQL's SQLSTATE, longer ones first.
_POSTGRESQL = {
    "53100": StorageTrouble.FULL,
    "25006": StorageTrouble.READ_ONLY,
    "55P03": StorageTrouble.BUSY,
    "57014": StorageTrouble.BUSY,
    "58030": StorageTrouble.FAILING,
    "XX001": StorageTrouble.DAMAGED,
    "XX002": StorageTrouble.DAMAGED,
    "57P": StorageTrouble.AWAY,
    "08": StorageTrouble.AWAY,
    "40": StorageTrouble.BUSY,
    "53": StorageTrouble.BUSY,
}


def trouble_of(error: BaseException | None) -> StorageTrouble | None:
    """What is wrong with the storage; None where the error is of another kind, such as a mistake in a query."""
    if not isinstance(error, Error):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((trouble for begin, trouble in _POSTGRESQL.items() if state.startswith(begin)), None)
    # PostgreSQL that never answered, or left in the middle, has no code to give.
    return StorageTrouble.AWAY if isinstance(error, OperationalError | InterfaceError) else None
