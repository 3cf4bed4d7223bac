"""A buyer asks to be forgotten: afterwards no byte of the database tells of her, and others are found as before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import psycopg
import pytest

from events.sandbox.scenarios import STORE_ID
from tests.installation import Installation
from tests.journeys.console import Console, console_of
from tests.journeys.test_stores_and_keys import new_key

EMAIL, EXTERNAL = "wulan.pertiwi@contoh.id", "cust-00931"
ECHO = "store_sandbox_rejected_echo"
HERS = (
    {"em": EMAIL, "ph": "6281290076543", "fn": "Wulan", "ln": "Pertiwi"},
    {"em": "Wulan.Pertiwi@Contoh.ID", "ph": "+62 812-9007-6543", "external_id": EXTERNAL},
    {"em": [EMAIL], "ph": ["0812 9007 6543"]},
)
# A reason in which somebody named her in other words than those that she is erased by.
RECORDED = f"""from events.models.audit import Act, record
record(Act.BUYER_SHOWN, by=None, target="#1", reason="Wulan Pertiwi, {EXTERNAL}, 081290076543, asks for an event")"""
BUDI = {"em": "budi.santoso@contoh.id", "ph": "6281355501234", "fn": "Budi", "external_id": "cust-00942"}


@pytest.fixture
def console(prepared: Installation) -> Iterator[Console]:
    with console_of(prepared) as running:
        yield running


def test_no_byte_of_the_database_tells_of_an_erased_buyer(console: Console) -> None:
    ids = [_send(console, {"user_data": known}, 88210 + at) for at, known in enumerate(HERS)]
    adding = ("add_store", "Toko Gema", ECHO, "--environment", "sandbox")
    assert console.installation.manage(*adding, stdin=new_key()).returncode == 0
    ids.append(_send(console, {"user_data": HERS[0]}, 88220, ECHO))
    ids.append(_send(console, {"user_data": {}, "event_source_url": f"https://toko.example/?m={EMAIL}"}, 88221))
    ids.append(_send(console, {"user_data": {}}, 88222, note=f"call {EMAIL}"))
    other = _send(console, {"user_data": BUDI}, 88230)
    assert console.installation.manage("export_log", EMAIL, "--format", "csv").returncode == 0
    assert console.installation.manage("shell", "-c", RECORDED).returncode == 0
    traces = [*_hashes(console, ids, other), *ids, *(f"INV-{each[4:9]}" for each in ids)]
    assert len(traces) > 20
    assert [trace for trace in (*traces, EXTERNAL) if trace.casefold() not in _kept(console)] == []

    erased = console.installation.manage("erase_buyer", "--email", "--reason=She asked", "--yes", stdin=f"{EMAIL}\n")

    assert erased.returncode == 0, erased.stderr
    assert "Erased from 6 deliveries" in erased.stdout
    left = _kept(console)
    assert [trace for trace in (*traces, EMAIL, EXTERNAL, "pertiwi", "81290076543") if trace.casefold() in left] == []
    assert _found(console, EMAIL) == []
    assert _found(console, "budi.santoso@contoh.id") == _found(console, "081355501234") == [other]
    page = console.visitor("admin").open("/data/")
    assert "6 deliveries" in page.text
    assert "She asked" in page.text


def _send(console: Console, payload: dict[str, object], number: int, store: str = "", note: str = "") -> str:
    """Sends a Purchase and gives its event ID."""
    event_id = f"ord-{number}-Purchase"
    parameters = {"currency": "IDR", "value": 378000, "order_id": f"INV-{number}", "catatan": note}
    event = {"event_id": event_id, "event_name": "Purchase", "parameters": parameters}
    text = json.dumps(payload | {"events": [event], "variants": [{"variant_unique_id": "variant_k3R9", "quantity": 1}]})
    sent = console.installation.manage("send_payload", store or STORE_ID, "-", "--json", "--force", stdin=text)
    assert sent.returncode in (0, 1), sent.stderr  # accepted, or refused by Scalev
    return event_id


def _found(console: Console, text: str) -> list[str]:
    found = console.installation.manage("search_log", text, "--json").stdout
    return [event_id for line in found.splitlines() for event_id in json.loads(line)["event_ids"]]


def _hashes(console: Console, ids: list[str], other: str) -> list[str]:
    """The keyed hashes that stand in her documents and not in the other buyer's."""
    documents = _rows(console, "SELECT text, words FROM events_searchdocument")
    words = {text: {word[1:] for word in held.split() if word[0] == ":"} for text, held in documents}
    others = {word for text, held in words.items() if other.casefold() in text for word in held}
    hers = {word for text, held in words.items() for each in ids if each.casefold() in text for word in held}
    return sorted(hers - others)


def _kept(console: Console) -> str:
    """All bytes of SQLite's files; of PostgreSQL every row of every table."""
    folder = console.installation.folder
    if "CONSOLE_DATABASE_URL" not in console.installation.environment:
        files = sorted(folder.glob("console.sqlite3*"))
        assert folder / "console.sqlite3-wal" in files
        return b"".join(file.read_bytes() for file in files).decode("latin-1").casefold()
    tables = _rows(console, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return repr([_rows(console, f'SELECT "{name}"::text FROM "{name}"') for (name,) in tables]).casefold()


def _rows(console: Console, query: str) -> list[tuple[str, ...]]:
    url = console.installation.environment.get("CONSOLE_DATABASE_URL")
    if url:
        with psycopg.connect(url) as connection:
            return connection.execute(query.encode()).fetchall()
    database = sqlite3.connect(console.installation.folder / "console.sqlite3")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()
