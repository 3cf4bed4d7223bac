"""The rows of a log in the clear, in the one wide table that a plain model would give: what peers are filled from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from events.models import Delivery

# The narrow row as it is, and beside it, uncompressed, what the console keeps of an exchange and what it searches.
_KEPT = [str(field.column) for field in Delivery._meta.concrete_fields if field.column != "buyer"]
_BESIDE = ("url", "request_facts", "request_body", "response_facts", "response_body", "search_text")
COLUMNS = (*_KEPT, *_BESIDE)
INDEXED = ("store_id", "outcome", "status_code", "by_id", "created_at")
BATCH = 2_000


def answer(rows: int) -> dict[str, Any]:
    """The file, its bytes before any search index was added, and those of the console's own file with all of them."""
    ours = Path(connection.settings_dict["NAME"])
    file = settings.CONSOLE_DATA_DIR / "wide.sqlite3"
    wide = sqlite3.connect(file)
    if not wide.execute("PRAGMA user_version").fetchone()[0]:
        _fill(wide)
    (plain,) = wide.execute("PRAGMA user_version").fetchone()
    return {"file": str(file), "kilobytes": plain, "ours_kilobytes": ours.stat().st_size // 1024}


def _fill(wide: sqlite3.Connection) -> None:
    wide.execute("DROP TABLE IF EXISTS wide")
    wide.execute(f"CREATE TABLE wide (id integer PRIMARY KEY, {', '.join(name for name in COLUMNS if name != 'id')})")
    for column in INDEXED:
        wide.execute(f"CREATE INDEX wide_{column} ON wide ({column}, id)")
    places = ", ".join("?" * len(COLUMNS))
    for batch in _batches():
        with wide:
            wide.executemany(f"INSERT INTO wide ({', '.join(COLUMNS)}) VALUES ({places})", map(_columns, batch))
    (pages,) = wide.execute("PRAGMA page_count").fetchone()
    (size,) = wide.execute("PRAGMA page_size").fetchone()
    wide.execute("CREATE VIRTUAL TABLE wide_fts USING fts5(search_text, content='wide', content_rowid='id')")
    with wide:
        wide.execute("INSERT INTO wide_fts(wide_fts) VALUES ('rebuild')")
    wide.execute(f"PRAGMA user_version = {pages * size // 1024}")


def _batches() -> Iterator[list[Delivery]]:
    last = 0
    found = Delivery.objects.select_related("store", "body", "document").order_by("id")
    while batch := list(found.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield batch


def _columns(row: Delivery) -> tuple[Any, ...]:
    asked, came = row.body.read_request(), row.body.read_response()
    kept = (getattr(row, field.attname) for field in Delivery._meta.concrete_fields if field.column != "buyer")
    plain = (value if isinstance(value, int | str | None) else _written(value) for value in kept)
    answer = (json.dumps(came.facts), came.body.decode()) if came else ("", "")
    return (*plain, asked.facts["url"], json.dumps(asked.facts), asked.body.decode(), *answer, row.document.text)


def _written(value: Any) -> str:
    return json.dumps(value) if isinstance(value, list) else str(value)
