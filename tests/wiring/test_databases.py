"""Which database is used, and how SQLite is set up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from scalev_console import databases

NAME = "CONSOLE_DATABASE_URL"


def test_without_a_url_it_is_a_file_among_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)

    chosen = databases.chosen(tmp_path)

    assert chosen["NAME"] == tmp_path / "console.sqlite3"
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_pragmas_take_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    chosen = databases.chosen(tmp_path)

    with closing(sqlite3.connect(chosen["NAME"])) as opened:
        opened.executescript(chosen["OPTIONS"]["init_command"])
        found = {
            name: opened.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "cache_size", "temp_store")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "cache_size": -4096, "temp_store": 2}


def test_a_postgresql_url_is_used_with_a_pool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "postgres://console:secret@db.contoh.id:5432/console?sslmode=require")

    chosen = databases.chosen(tmp_path)

    assert (chosen["HOST"], chosen["NAME"], chosen["USER"]) == ("db.contoh.id", "console", "console")
    assert chosen["OPTIONS"]["pool"]
    assert chosen["OPTIONS"]["sslmode"] == "require"
    assert chosen["CONN_HEALTH_CHECKS"] is True


def test_the_settings_of_a_postgresql_url_come_after_ours_and_win(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(NAME, "postgres://db.contoh.id/console?options=-c%20random_page_cost%3D4")

    options = databases.chosen(tmp_path)["OPTIONS"]["options"]

    assert options == "-c lock_timeout=20000 -c random_page_cost=1.1 -c random_page_cost=4"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a setting of its planner")
@pytest.mark.django_db
def test_the_planner_takes_no_page_for_dear_because_of_where_it_lies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)


@pytest.mark.parametrize("url", ["mysql://console:hush@db/console", "hush", "postgres://console:hush@[/console"])
def test_any_other_url_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv(NAME, url)

    with pytest.raises(ImproperlyConfigured, match="must be postgres://") as caught:
        databases.chosen(tmp_path)

    assert "hush" not in str(caught.value)
