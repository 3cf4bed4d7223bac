"""What failed without an error group is given one, once nothing can come of it any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.domain.query import parse
from events.models import Chore, Delivery, ErrorGroup, HourTally, Store, late_groups, search
from events.models.group import group_of
from events.models.late_groups import give_groups
from events.models.tally import catch_up
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make_ungrouped(store: Store, ago: timedelta = DAY, **fields: Any) -> Delivery:
    """A refused delivery as an older version left it, in the index."""
    at = timezone.now() - ago
    values = {"outcome": "rejected", "status_code": 400, "error": "line 1 has quantity 0", "created_at": at}
    delivery = make_delivery(store, **{**values, "finished_at": at, **fields})
    search.index(delivery, None, delivery.error)
    return delivery


def work(now: Any = None) -> list[int]:
    return list(give_groups(now or timezone.now()))


def test_failures_of_an_older_version_get_their_groups() -> None:
    store = make_store()
    first, second = make_ungrouped(store, 2 * DAY), make_ungrouped(store, error="line 7 has quantity 0")
    other = make_ungrouped(store, error="No events")
    accepted = make_delivery(store, created_at=timezone.now() - DAY)

    work()

    for row in (first, second, other, accepted):
        row.refresh_from_db()
    assert first.group == second.group != other.group
    assert first.group
    assert first.group.first_seen_at == first.created_at
    assert other.group
    assert accepted.group is None


def test_they_are_found_by_their_group() -> None:
    rows = {make_ungrouped(make_store()) for _ in range(2)}

    work()

    for row in rows:
        row.refresh_from_db()
        found = search.matching(Delivery.objects.all(), parse(f"group:{row.group_id} quantity"))
        assert list(found) == [row]


def test_a_long_log_is_done_in_short_steps_and_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_groups, "BATCH", 2)
    store = make_store()
    for number in range(5):
        make_ungrouped(store, (6 - number) * HOUR)

    steps = give_groups(timezone.now())
    assert next(steps) == 2

    assert Delivery.objects.filter(group=None).count() == 3
    assert work() == [2, 1]
    assert ErrorGroup.objects.count() == 1
    assert work() == []


def test_rows_of_one_moment_are_all_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_groups, "BATCH", 2)
    store, at = make_store(), timezone.now() - DAY
    for _ in range(5):
        make_ungrouped(store, created_at=at)

    work()

    assert not Delivery.objects.filter(group=None).exists()


def test_a_call_that_its_lease_closed_waits_until_no_answer_can_come() -> None:
    row = make_ungrouped(make_store(), timedelta(minutes=12), outcome="interrupted", status_code=None, error="")

    work()
    assert not Delivery.objects.filter(group__isnull=False).exists()
    work(timezone.now() + timedelta(minutes=12))

    row.refresh_from_db()
    assert row.group
    assert row.group.outcome == "interrupted"


def test_what_is_grouped_late_is_counted_by_its_group() -> None:
    row, now = make_ungrouped(make_store()), timezone.now()
    list(catch_up(now))
    assert not HourTally.objects.filter(group__isnull=False).exists()

    work(now)
    list(catch_up(now))

    row.refresh_from_db()
    assert HourTally.objects.get().group == row.group


def test_an_earlier_failure_moves_the_first_time_back() -> None:
    store = make_store()
    group = ErrorGroup.objects.get(pk=group_of(store.pk, "rejected", 400, "line 3 has quantity 0", timezone.now()))
    row = make_ungrouped(store)

    work()

    group.refresh_from_db()
    assert group.first_seen_at == row.created_at


def test_what_was_looked_at_is_not_looked_at_again() -> None:
    make_ungrouped(make_store())
    now = timezone.now()
    work(now)

    assert Chore.objects.get(name=late_groups.CHORE).done_until == now - late_groups.SETTLED
