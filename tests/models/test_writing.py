"""Those who write at the same moment share one transaction, and neither one another's fate nor a word too early."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from events.models import Store, engine, writing
from events.models.writing import written

pytestmark = pytest.mark.django_db(transaction=True)

together = pytest.mark.skipif("connection.vendor == 'postgresql'", reason="many can write there at once")
Begun = Callable[..., Future[Any]]


def add(name: str) -> str:
    return Store.objects.create(name=name, store_id=name, environment="sandbox").name


def names() -> list[str]:
    return list(Store.objects.order_by("pk").values_list("name", flat=True))


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many jobs each transaction held."""
    held: list[int] = []
    real = writing._do_together

    def noted(jobs: list[Any]) -> None:
        held.append(len(jobs))
        real(jobs)

    monkeypatch.setattr(writing, "_do_together", noted)
    return held


@pytest.fixture
def begin(commits: list[int]) -> Iterator[Begun]:
    """Starts writing in a thread of its own behind one that is under way, which ends where `begin.go()` is called."""
    may_end, pool = threading.Event(), ThreadPoolExecutor(8)
    first = pool.submit(closing, lambda: may_end.wait(10))
    while not commits:
        pass

    def begun(write: Callable[[], Any], **how: Any) -> Future[Any]:
        waiting = len(writing._queue._waiting)
        future = pool.submit(closing, write, **how)
        while len(writing._queue._waiting) == waiting:
            pass
        return future

    begun.go = may_end.set  # type: ignore[attr-defined]
    with pool:
        yield begun
        may_end.set()
        first.result(10)


def closing(write: Callable[[], Any], **how: Any) -> Any:
    try:
        return written(write, **how)
    finally:
        connection.close()


def test_one_alone_gets_what_it_wrote_or_what_stopped_it() -> None:
    assert written(lambda: add("Batik")) == "Batik"
    with pytest.raises(IntegrityError):
        written(lambda: add("Batik"))
    assert names() == ["Batik"]


def test_within_another_transaction_that_one_decides() -> None:
    with transaction.atomic():
        assert written(lambda: add("Batik")) == "Batik"
        transaction.set_rollback(True)
    assert names() == []


@together
def test_those_who_come_meanwhile_share_the_next_transaction(begin: Any, commits: list[int]) -> None:
    found = [begin(lambda name=name: add(name)) for name in ("Batik", "Hijab", "Kopi")]
    assert names() == []
    begin.go()

    assert [each.result(10) for each in found] == ["Batik", "Hijab", "Kopi"]
    assert commits == [1, 3]
    assert names() == ["Batik", "Hijab", "Kopi"]


@together
def test_one_that_is_refused_spoils_nothing_of_the_others(begin: Any, commits: list[int]) -> None:
    first, refused, last = [begin(lambda name=name: add(name)) for name in ("Hijab", "Hijab", "Kopi")]
    begin.go()

    assert (first.result(10), last.result(10)) == ("Hijab", "Kopi")
    with pytest.raises(IntegrityError):
        refused.result(10)
    assert (names(), commits) == (["Hijab", "Kopi"], [1, 3, 1, 1, 1])


@together
def test_one_that_is_refused_at_the_commit_spoils_nothing_of_the_others(begin: Any, commits: list[int]) -> None:
    def orphan() -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO events_body (delivery_id, request) VALUES (4711, x'00')")

    first, refused = begin(lambda: add("Hijab")), begin(orphan)
    begin.go()

    assert first.result(10) == "Hijab"
    with pytest.raises(IntegrityError):
        refused.result(10)
    assert (names(), commits) == (["Hijab"], [1, 2, 1, 1])


@together
def test_where_the_database_gives_up_the_transaction_all_are_told_why(begin: Any, commits: list[int]) -> None:
    def full() -> None:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")  # as SQLite does by itself
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("database or disk is full") from cause

    found = [begin(lambda: add("Hijab")), begin(full), begin(lambda: add("Kopi"))]
    begin.go()

    for each in found:
        with pytest.raises(OperationalError, match="full"):
            each.result(10)
    assert (names(), commits) == ([], [1, 3])


@together
def test_a_transaction_waits_for_the_disk_where_any_of_its_writers_does(
    begin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    unhurried: list[int] = []
    real = engine.unhurried

    def noted() -> AbstractContextManager[None]:
        unhurried.append(1)
        return real()

    monkeypatch.setattr(engine, "unhurried", noted)

    mixed = [begin(lambda: add("Hijab"), waits=False), begin(lambda: add("Kopi"))]
    begin.go()

    assert [each.result(10) for each in mixed] == ["Hijab", "Kopi"]
    assert unhurried == []
    assert written(lambda: add("Batik"), waits=False) == "Batik"
    assert unhurried == [1]


@together
def test_who_is_interrupted_while_waiting_is_not_waited_for(begin: Any) -> None:
    class Interrupted:
        def acquire(self, blocking: bool = True) -> bool:
            if blocking:
                raise KeyboardInterrupt
            return False

    job: Any = writing._Job(lambda: add("Batik"), waits=True)
    job.turn = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        writing._queue.enter(job)
    other = begin(lambda: add("Hijab"))
    begin.go()

    assert other.result(10) == "Hijab"
    assert names() == ["Hijab"]
