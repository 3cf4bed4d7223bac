"""A database file that is locked, full, read-only or damaged: nothing goes out unwritten, and nothing typed is lost."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.faults.console import Web, web_of
from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation

pytestmark = pytest.mark.skipif("CONSOLE_DATABASE_URL" in os.environ, reason="these are faults of a SQLite file")

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "FAULTS_BUSY_SECONDS": "0.3"}
TYPED = {"First name": "Wulan", "E-mail": "wulan.pertiwi@contoh.id"}
AFTER_THE_LEASE_S = 120
needs_limits = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux starves a running process")


@contextmanager
def locked(installation: Installation) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    with closing(sqlite3.connect(file_of(installation), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def without_room(web: Web) -> Iterator[None]:
    """No file of the web process can grow, or be written over, as on a disk that is full or breaks."""
    starve(web)
    yield
    feed(web)


def starve(web: Web) -> None:
    resource.prlimit(web.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def feed(web: Web) -> None:
    resource.prlimit(web.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def file_of(installation: Installation) -> str:
    return str(installation.folder / "console.sqlite3")


def test_while_the_database_is_locked_nothing_goes_out_and_the_form_stays(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, **SETTINGS) as web:
        page = web.compose()
        with locked(prepared):
            refused = web.visitor.press(page, "Send event", TYPED)

        assert refused.status == 503
        assert "could not be saved, and nothing was sent" in refused.text
        assert refused.value("First name") == "Wulan"
        assert receiver.requests == []

        accepted = web.visitor.press(refused, "Send event")
        assert accepted.heading.startswith("Accepted")
        assert receiver.event_ids == [page.value("Event ID")]


def test_a_small_button_under_a_locked_database_keeps_what_was_typed(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, **SETTINGS) as web:
        page = web.compose()
        with locked(prepared):
            drawn = web.visitor.press(page, "Variant", TYPED)

        assert (drawn.status, drawn.value("First name")) == (503, "Wulan")
        assert "Line 1: unique ID" in drawn.html or "variants.0" in drawn.html


def test_a_locked_database_turns_no_page_into_an_error_that_only_reads(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, **SETTINGS) as web:
        web.visitor.press(web.compose(), "Send event")
        with closing(sqlite3.connect(file_of(prepared))) as other:
            # A call whose lease has passed asks whoever looks for a write.
            other.execute("UPDATE events_delivery SET outcome = 'pending', lease_until = '2020-01-01 00:00:00'")
            other.commit()
        with locked(prepared):
            assert web.visitor.open("/log/").status == 200
            assert web.visitor.open("/log/1/").status == 200


@needs_limits
def test_on_a_full_disk_nothing_goes_out_and_the_form_stays(prepared: Installation, receiver: Receiver) -> None:
    with web_of(prepared, **SETTINGS) as web:
        page = web.compose()
        with without_room(web):
            refused = web.visitor.press(page, "Send event", TYPED)

        assert (refused.status, refused.value("First name")) == (503, "Wulan")
        assert "nothing was sent" in refused.text
        assert receiver.requests == []
        assert web.visitor.press(refused, "Send event").heading.startswith("Accepted")


def test_a_database_at_its_largest_takes_no_row_so_nothing_goes_out(prepared: Installation, receiver: Receiver) -> None:
    with closing(sqlite3.connect(file_of(prepared))) as other:
        pages = other.execute("PRAGMA page_count").fetchone()[0]
    full = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "FAULTS_PAGES": str(pages)}
    with worker_of(prepared, **full) as worker:
        answer = worker.send("ord-1", padding=400_000)

        assert "nothing was sent" in answer["refused"]
        assert worker.look() == []
        assert receiver.requests == []


@needs_limits
def test_when_the_disk_fills_up_during_the_call_the_page_says_that_the_ending_is_lost(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, **SETTINGS) as web, worker_of(prepared) as other:
        page = web.compose()
        receiver.before_answer = lambda: starve(web)
        sent = web.visitor.press(page, "Send event")
        feed(web)

        assert sent.status == 200
        assert "how it ended could not be written down" in sent.text
        assert [row["outcome"] for row in other.look(AFTER_THE_LEASE_S)] == ["interrupted"]
        # The draft could not be dropped either: it must not be sent as a new one.
        again = web.visitor.press(page, "Send event", TYPED)
        assert "sent already, and only once" in again.text
        assert len(receiver.requests) == 1


@needs_limits
def test_when_the_disk_has_room_again_soon_the_answer_is_recorded(prepared: Installation, receiver: Receiver) -> None:
    with web_of(prepared, **SETTINGS) as web:
        page = web.compose()
        receiver.before_answer = lambda: starve(web)
        receiver.after_answer = lambda: feed(web)
        sent = web.visitor.press(page, "Send event")

        assert sent.heading.startswith("Accepted")
        assert "could not be written down" not in sent.text


def test_a_read_only_database_refuses_the_send_and_says_what_to_restore(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, **SETTINGS) as web:
        page = web.compose()
        with web_of(prepared, web, **SETTINGS, FAULTS_READ_ONLY="1") as later:
            refused = later.visitor.press(later.at_hand(page), "Send event", TYPED)
            lost = later.visitor.open("/compose/")

    assert (refused.status, refused.value("First name")) == (503, "Wulan")
    assert "nothing was sent" in refused.text
    assert lost.status == 503
    assert "give its file and folder back" in lost.text
    assert receiver.requests == []


def test_a_damaged_database_gets_a_page_with_restore_steps_and_keeps_the_form(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, **SETTINGS) as web:
        page = web.compose()
        damage(prepared)
        refused = web.visitor.press(page, "Send event", TYPED)
        log = web.visitor.open("/log/")

    assert refused.heading == log.heading == "The console cannot use its database now"
    assert refused.status == log.status == 503
    assert "Put the newest backup of the database in place" in log.text
    assert re.search(r'<textarea name="user_data.fn" hidden>\s*Wulan</textarea>', refused.html)
    assert "textarea" not in log.html
    assert receiver.requests == []
    assert "wulan" not in prepared.output.lower()


def damage(installation: Installation) -> None:
    """Everything but the first page becomes nonsense, on the disk and in the log before it."""
    file = file_of(installation)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = other.execute("PRAGMA page_count").fetchone()[0]
    with open(file, "r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xee" * 4096 * (pages - 1))
