"""When the database's files are written anew after an erasure."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from events.management import rewriting
from events.models import AuditEntry, Chore, erasure
from events.models.audit import Act, record
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rewritten(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """SQLite rewrites nothing within a transaction, and every test is one: the journey does it in earnest."""
    done: list[str] = []
    monkeypatch.setattr("events.models.engine.rewrite", lambda: done.append("rewritten"))
    return done


def erase(now: datetime, *, ago: timedelta = timedelta()) -> None:
    entry = record(Act.BUYER_ERASED, by=None, target="1 delivery")
    AuditEntry.objects.filter(pk=entry.pk).update(at=now - ago)


def keep_house(now: datetime) -> None:
    for _step in rewriting.by_schedule(now):
        pass


def test_without_an_erasure_nothing_is_rewritten(rewritten: list[str]) -> None:
    keep_house(timezone.now())
    assert rewritten == []


def test_after_an_erasure_it_is_done_once(rewritten: list[str]) -> None:
    now = timezone.now()
    erase(now)
    for minutes in range(3):
        keep_house(now + timedelta(minutes=minutes))
    assert rewritten == ["rewritten"]
    assert erasure.done_until() == now


def test_an_erasure_after_the_last_time_is_one_more(rewritten: list[str]) -> None:
    now = timezone.now()
    Chore.objects.create(name="rewrite", due_at=now, done_until=now - timedelta(minutes=1))
    erase(now)
    keep_house(now)
    assert rewritten == ["rewritten"]


@pytest.mark.parametrize(
    ("sent_ago", "erased_ago", "is_done"),
    [
        (timedelta(minutes=1), timedelta(hours=1), False),
        (timedelta(minutes=11), timedelta(hours=1), True),
        (timedelta(minutes=1), timedelta(hours=25), True),
    ],
)
def test_large_files_wait_until_nobody_sends_but_no_longer_than_a_day(
    rewritten: list[str], monkeypatch: pytest.MonkeyPatch, sent_ago: timedelta, erased_ago: timedelta, is_done: bool
) -> None:
    monkeypatch.setattr(rewriting, "SMALL_BYTES", -1)
    now = timezone.now()
    make_delivery(created_at=now - sent_ago)
    erase(now, ago=erased_ago)
    keep_house(now)
    assert bool(rewritten) is is_done
