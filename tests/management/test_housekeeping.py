"""What the console does by itself: every chore when it is due, whatever happens to the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from events.management import housekeeping
from events.management.housekeeping import Task
from events.models import Chore, Delivery, Draft, HourTally
from tests.factories import make_delivery, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "PAUSE_S", 0)


def _use(monkeypatch: pytest.MonkeyPatch, *tasks: Task) -> None:
    monkeypatch.setattr(housekeeping, "CHORES", tasks)


def test_what_is_over_is_closed_counted_and_dropped() -> None:
    now, yesterday = timezone.now(), timezone.now() - timedelta(days=2)
    make_delivery(outcome="pending", created_at=yesterday, lease_until=yesterday)
    Draft.objects.create(person=make_person(), envelope=b"", created_at=yesterday, updated_at=yesterday)
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="b" * 32, session_data="", expire_date=now + timedelta(hours=1))

    housekeeping.keep_house(threading.Event())

    assert Delivery.objects.get().outcome == "interrupted"
    assert HourTally.objects.get().outcome == "interrupted"
    assert not Draft.objects.exists()
    assert Session.objects.get().session_key == "b" * 32


def test_a_chore_waits_until_it_is_due_again(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[datetime] = []

    def work(now: datetime) -> Iterator[None]:
        done.append(now)
        yield

    _use(monkeypatch, Task("tidy", timedelta(minutes=5), work))
    housekeeping.keep_house(threading.Event())
    housekeeping.keep_house(threading.Event())
    assert len(done) == 1

    Chore.objects.update(due_at=timezone.now())
    housekeeping.keep_house(threading.Event())
    assert len(done) == 2


def test_a_chore_that_fails_stops_no_other_and_tells_its_class_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fails(now: datetime) -> Iterator[None]:
        yield
        raise ValueError("wulan.pertiwi@contoh.id")

    def works(now: datetime) -> Iterator[None]:
        done.append("works")
        yield

    _use(monkeypatch, Task("fails", timedelta(minutes=1), fails), Task("works", timedelta(minutes=1), works))
    housekeeping.keep_house(threading.Event())

    assert done == ["works"]
    assert [record.getMessage() for record in caplog.records] == ["The chore fails failed: ValueError"]
    assert "wulan" not in caplog.text


def test_whoever_is_told_to_stop_begins_no_further_step(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, steps = threading.Event(), 0

    def work(now: datetime) -> Iterator[None]:
        nonlocal steps
        for _ in range(10):
            steps += 1
            if steps == 3:
                stopped.set()
            yield

    _use(monkeypatch, Task("long", timedelta(minutes=1), work), Task("next", timedelta(minutes=1), work))
    housekeeping.keep_house(stopped)

    assert steps == 3


def test_names_of_chores_are_their_own() -> None:
    names = [task.name for task in housekeeping.CHORES]
    assert len(set(names)) == len(names)
