"""A database file that is full, read-only or damaged: nothing goes out unwritten, and nothing typed is lost."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.faults.console import IMPATIENT, Web, web_of
from tests.faults.database import file_of
from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation

pytestmark = pytest.mark.skipif("CONSOLE_DATABASE_URL" in os.environ, reason="these are faults of a SQLite file")

TYPED = {"First name": "Wulan", "E-mail": "wulan.pertiwi@contoh.id"}
AFTER_THE_LEASE_S = 120
needs_limits = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux starves a running process")


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


@needs_limits
def test_on_a_full_disk_nothing_goes_out_and_the_form_stays(prepared: Installation, receiver: Receiver) -> None:
    with web_of(prepared, IMPATIENT) as web:
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
    with worker_of(prepared, **IMPATIENT, FAULTS_PAGES=str(pages)) as worker:
        answer = worker.send("ord-1", padding=400_000)

        assert "nothing was sent" in answer["refused"]
        assert worker.look() == []
        assert receiver.requests == []


@needs_limits
def test_when_the_disk_fills_up_during_the_call_the_page_says_that_the_ending_is_lost(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, IMPATIENT) as web, worker_of(prepared) as other:
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
    with web_of(prepared, IMPATIENT) as web:
        page = web.compose()
        receiver.before_answer = lambda: starve(web)
        # After the first tries to record it, and before the last.
        receiver.after_answer = threading.Timer(1, feed, (web,)).start
        sent = web.visitor.press(page, "Send event")

        assert sent.heading.startswith("Accepted")
        assert "could not be written down" not in sent.text


def test_a_read_only_database_refuses_the_send_and_says_what_to_restore(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, IMPATIENT) as web:
        page = web.compose()
        with web_of(prepared, IMPATIENT | {"FAULTS_READ_ONLY": "1"}, web) as later:
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
    with web_of(prepared, IMPATIENT) as web:
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
