"""Where a count of a search has nothing to go by, it says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from events.domain.query import parse
from events.models import counting, tally
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEW = 40


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", FEW)


def test_before_anything_is_tallied_nothing_is_made_up() -> None:
    store = make_store()
    for minutes in range(FEW + 1):
        make_delivery(store, created_at=NOW - timedelta(minutes=minutes))

    assert counting.found_by(parse("")).is_capped


def test_an_hour_busier_than_the_cap_is_not_told_in_part() -> None:
    store = make_store()
    for number in range(2 * FEW + 2):
        make_delivery(store, created_at=NOW - 5 * HOUR + timedelta(seconds=number))
    for number in range(2):
        make_delivery(store, created_at=NOW + timedelta(seconds=number))
    list(tally.catch_up(NOW + 3 * HOUR))

    found = counting.found_by(parse(f'after:"{(NOW - 5 * HOUR).isoformat()}"'))

    assert found.is_capped


def test_nothing_found_is_nothing() -> None:
    found = counting.found_by(parse('store:"Hijab Sari"'))
    assert (found.outcomes.total(), found.oldest_at, found.more) == (0, None, False)
    assert counting.found_by(parse("")).outcomes.total() == 0
