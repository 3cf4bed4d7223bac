"""A chore is done when it is due, and by one process only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.models import Chore

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOURLY = timedelta(hours=1)


def test_it_is_due_at_first_and_then_after_its_time() -> None:
    assert Chore.claim("tidy", NOW, HOURLY)
    assert not Chore.claim("tidy", NOW + timedelta(minutes=59), HOURLY)
    assert Chore.claim("tidy", NOW + timedelta(minutes=60), HOURLY)


def test_of_two_that_see_it_due_one_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Chore.claim("tidy", NOW, HOURLY)
    seen = Chore.objects.get()

    def as_seen_before(**asked: Any) -> tuple[Chore, bool]:
        return seen, False

    assert Chore.claim("tidy", NOW + HOURLY, HOURLY)
    monkeypatch.setattr(Chore.objects, "get_or_create", as_seen_before)
    assert not Chore.claim("tidy", NOW + HOURLY, HOURLY)


def test_a_clock_that_was_set_back_does_not_put_it_off_for_years() -> None:
    assert Chore.claim("tidy", NOW + timedelta(days=700), HOURLY)
    assert Chore.claim("tidy", NOW, HOURLY)


def test_how_far_it_got_is_kept() -> None:
    Chore.claim("tidy", NOW, HOURLY)
    Chore.objects.update(done_until=NOW)

    Chore.claim("tidy", NOW + HOURLY, HOURLY)

    assert Chore.objects.get().done_until == NOW
