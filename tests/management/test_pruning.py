"""Pruning as a chore."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.management import pruning
from events.models import AuditEntry, Chore, Delivery, Retention
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chore() -> Chore:
    return Chore.objects.create(name="prune", due_at=timezone.now() + pruning.EVERY)


def sent(days_ago: int) -> Delivery:
    return make_delivery(created_at=timezone.now() - timedelta(days=days_ago))


def test_it_goes_by_what_is_set_and_notes_when_it_was_done(chore: Chore) -> None:
    now = timezone.now()
    Retention.objects.create(days=30, changed_at=now)
    sent(31)
    list(pruning.by_schedule(now))
    chore.refresh_from_db()
    assert not Delivery.objects.exists()
    assert chore.done_until == now
    assert AuditEntry.objects.get().target == "1 delivery"


def test_where_everything_is_kept_nothing_is_removed() -> None:
    sent(9_000)
    assert list(pruning.by_schedule(timezone.now())) == []
    assert Delivery.objects.exists()


def test_a_long_run_goes_on_in_the_next_round(chore: Chore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "SHARE_S", 0)
    monkeypatch.setattr("events.models.pruning.FIRST", 1)
    Retention.objects.create(days=30, changed_at=timezone.now())
    for _ in range(2):
        sent(31)
    now = timezone.now()
    assert list(pruning.by_schedule(now)) == [1]
    chore.refresh_from_db()
    assert (Delivery.objects.count(), chore.due_at, chore.done_until) == (1, now, None)


def test_what_a_broken_off_run_removed_is_written_down_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.models.pruning.FIRST", 1)
    Retention.objects.create(days=30, changed_at=timezone.now())
    for _ in range(2):
        sent(31)
    run = pruning.by_schedule(timezone.now())
    next(iter(run))
    run.close()  # type: ignore[attr-defined]
    assert AuditEntry.objects.get().target == "1 delivery"
