"""What is wrong with the database is told by the engines' own codes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg.errors
import pytest
from django.db import DataError, Error, IntegrityError, InterfaceError, OperationalError

from events.models.storage import StorageTrouble, trouble_of


def wrapped(cause: Exception | None, kind: type[Error] = OperationalError) -> Error:
    """As Django hands on an engine's error."""
    error = kind("…")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("53100", StorageTrouble.FULL),
        ("53300", StorageTrouble.BUSY),
        ("25006", StorageTrouble.READ_ONLY),
        ("55P03", StorageTrouble.BUSY),
        ("40P01", StorageTrouble.BUSY),
        ("57P01", StorageTrouble.AWAY),
        ("58030", StorageTrouble.FAILING),
        ("XX001", StorageTrouble.DAMAGED),
        ("23505", None),
        ("42P01", None),
    ],
)
def test_postgresql_tells_by_its_state(state: str, trouble: StorageTrouble | None) -> None:
    assert trouble_of(wrapped(psycopg.errors.lookup(state)("…"))) is trouble


def test_postgresql_that_is_gone_has_no_state() -> None:
    assert trouble_of(wrapped(psycopg.OperationalError("server closed the connection"))) is StorageTrouble.AWAY
    assert trouble_of(wrapped(psycopg.InterfaceError("closed"), InterfaceError)) is StorageTrouble.AWAY


def test_sqlite_tells_a_full_database_and_one_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "none").write_text("Toko Batik Nusantara " * 500)
    with closing(sqlite3.connect(tmp_path / "none")) as none, closing(sqlite3.connect(tmp_path / "full")) as full:
        with pytest.raises(sqlite3.DatabaseError) as not_one:
            none.execute("SELECT * FROM sqlite_master")
        full.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as no_room:
            full.execute("CREATE TABLE event AS SELECT randomblob(100000)")

    assert trouble_of(wrapped(not_one.value)) is StorageTrouble.DAMAGED
    assert trouble_of(wrapped(no_room.value)) is StorageTrouble.FULL


def test_a_mistake_of_ours_is_no_trouble_of_the_storage() -> None:
    with closing(sqlite3.connect(":memory:")) as memory, pytest.raises(sqlite3.OperationalError) as no_table:
        memory.execute("SELECT * FROM nothing")

    assert trouble_of(wrapped(no_table.value)) is None
    assert trouble_of(IntegrityError()) is trouble_of(DataError()) is trouble_of(ValueError()) is None
