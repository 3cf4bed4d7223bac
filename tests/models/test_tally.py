"""Tallies say what counting the rows of each closed hour says."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Chore, Delivery, ErrorGroup, HourTally, Store, tally
from events.models.delivery import LONGEST_LEASE
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _catch_up(now: datetime) -> list[datetime]:
    return list(tally.catch_up(now))


def _tallied() -> Counter[tuple[datetime, int, str, int | None]]:
    return Counter({(row.hour, row.store_id, row.outcome, row.group_id): row.count for row in HourTally.objects.all()})


def _group(store: Store, digest: str) -> ErrorGroup:
    return ErrorGroup.objects.create(store=store, digest=digest, outcome="rejected", first_seen_at=NOON)


def _counted(until: datetime) -> Counter[tuple[datetime, int, str, int | None]]:
    return Counter(
        (row.created_at.replace(minute=0, second=0, microsecond=0), row.store_id, row.outcome, row.group_id)
        for row in Delivery.objects.all()
        if row.created_at < until
    )


def test_random_rows_are_tallied_as_a_scan_counts_them() -> None:
    chance = random.Random(23)
    stores = [make_store(), make_store()]
    groups = {store.pk: [None, _group(store, "a"), _group(store, "b")] for store in stores}
    moments = sorted(NOON - timedelta(seconds=chance.uniform(0, 30 * 3600)) for _ in range(300))
    for number, moment in enumerate(moments):
        store, outcome = chance.choice(stores), chance.choice(["accepted", "accepted", "rejected", "timed_out"])
        group = chance.choice(groups[store.pk]) if outcome != "accepted" else None
        make_delivery(store, outcome=outcome, created_at=moment, group=group)
        if number % 50 == 0:  # in the middle of the day, too, as `serve` does
            _catch_up(moment)

    _catch_up(NOON)

    assert tally.tallied_until() == NOON - HOUR
    assert _tallied() == _counted(NOON - HOUR)


def test_an_hour_waits_until_its_last_lease_is_over() -> None:
    make_delivery(created_at=NOON - timedelta(seconds=1))

    assert _catch_up(NOON + LONGEST_LEASE - timedelta(seconds=1)) == []
    assert _catch_up(NOON + LONGEST_LEASE) == [NOON - HOUR]


def test_a_call_that_broke_off_is_tallied_as_interrupted() -> None:
    make_delivery(outcome="pending", created_at=NOON, lease_until=NOON + timedelta(seconds=25))

    _catch_up(NOON + 2 * HOUR)

    assert HourTally.objects.get().outcome == "interrupted"


def test_a_second_time_nothing_is_left_to_do() -> None:
    make_delivery(created_at=NOON)
    assert _catch_up(NOON + 3 * HOUR) == [NOON]

    assert _catch_up(NOON + 3 * HOUR) == []
    assert HourTally.objects.get().count == 1


def test_hours_without_rows_cost_nothing() -> None:
    store = make_store()
    make_delivery(store, created_at=NOON - timedelta(days=700))
    make_delivery(store, created_at=NOON)

    assert _catch_up(NOON + 3 * HOUR) == [NOON - timedelta(days=700), NOON]


def test_rows_written_into_the_past_are_counted_once_somebody_says_so() -> None:
    store = make_store()
    make_delivery(store, created_at=NOON)
    make_delivery(store, created_at=NOON - 2 * HOUR)
    _catch_up(NOON + 3 * HOUR)
    make_delivery(store, created_at=NOON - HOUR + timedelta(minutes=20))

    tally.tally_again_from(NOON - HOUR + timedelta(minutes=20))

    assert tally.tallied_until() == NOON - HOUR
    assert _catch_up(NOON + 3 * HOUR) == [NOON - HOUR, NOON]
    assert _tallied() == _counted(NOON + HOUR)


def test_what_is_gone_from_the_rows_is_gone_from_the_hours_counted_anew() -> None:
    store = make_store()
    for hour in range(3):
        make_delivery(store, created_at=NOON + hour * HOUR)
    _catch_up(NOON + 5 * HOUR)
    Delivery.objects.filter(created_at__lt=NOON + 2 * HOUR).delete()

    tally.tally_again_from(NOON)
    _catch_up(NOON + 5 * HOUR)

    assert _tallied() == _counted(NOON + 5 * HOUR)


def test_where_another_process_was_quicker_nothing_is_written_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    make_delivery(created_at=NOON)
    _catch_up(NOON + 3 * HOUR)
    written = HourTally.objects.get()
    # As seen before the other one wrote.
    asked = iter([None, NOON + HOUR])
    monkeypatch.setattr(tally, "tallied_until", lambda: next(asked))

    _catch_up(NOON + 3 * HOUR)

    assert HourTally.objects.get().pk == written.pk
    assert Chore.objects.get().done_until == NOON + HOUR


def test_the_rows_of_an_hour_are_counted_before_its_transaction() -> None:
    make_delivery(created_at=NOON)

    with CaptureQueriesContext(connection) as queries:
        _catch_up(NOON + 3 * HOUR)

    made = [query["sql"] for query in queries]
    counted = next(number for number, sql in enumerate(made) if "COUNT(" in sql)
    claimed = next(number for number, sql in enumerate(made) if 'SET "done_until"' in sql)
    assert counted < claimed
    assert any("SAVEPOINT" in sql or sql == "BEGIN" for sql in made[counted:claimed])
