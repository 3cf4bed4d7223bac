"""How often groups occur is told from tallies and rows, and no count goes on for ever."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Chore, ErrorGroup, HourTally, frequency
from events.models.tally import CHORE, catch_up, hour_of
from tests.factories import make_delivery, make_store
from tests.groups import make_failure, make_group

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_the_newest_delivery_tells_when_a_group_was_last_seen() -> None:
    group, empty = make_group(), make_group()
    make_failure(group, 3 * HOUR)
    newest = make_failure(group, HOUR)
    make_delivery(group.store)

    (glance,) = frequency.glances(ErrorGroup.objects.all())

    assert (glance.pk, glance.newest_at) == (group.pk, newest.created_at)
    assert empty.pk != group.pk


def test_a_count_ends_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequency, "MOST_COUNTED", 3)
    often, once = make_group(), make_group()
    for _ in range(5):
        make_failure(often)
    make_failure(once)

    assert frequency.counts([often.pk, once.pk]) == {often.pk: 4, once.pk: 1}


def test_hours_are_the_same_from_rows_and_from_tallies() -> None:
    group, other, now = make_group(), make_group(), timezone.now()
    failures = [make_failure(group, ago) for ago in (3 * DAY, 2 * DAY, 2 * DAY, 5 * HOUR, timedelta())]
    make_failure(other, 2 * DAY)
    expected = Counter(hour_of(each.created_at) for each in failures)

    by_rows = frequency.hours([group.pk], now - 14 * DAY)
    assert len(list(catch_up(now))) >= 3
    by_tallies = frequency.hours([group.pk], now - 14 * DAY)

    assert by_rows == by_tallies == {group.pk: expected}


def test_hours_that_are_tallied_are_not_counted_from_rows_again() -> None:
    group, now = make_group(), timezone.now()
    make_failure(group, 3 * HOUR)
    HourTally.objects.create(hour=hour_of(now - 3 * HOUR), store=group.store, outcome="rejected", group=group, count=17)
    Chore.objects.create(name=CHORE, due_at=now, done_until=hour_of(now))
    # Left over from before somebody had it counted anew.
    HourTally.objects.create(hour=hour_of(now), store=group.store, outcome="rejected", group=group, count=99)

    assert frequency.hours([group.pk], now - DAY)[group.pk] == {hour_of(now - 3 * HOUR): 17}


def test_a_page_of_groups_takes_as_many_queries_as_one_group() -> None:
    pks = [make_group(error=f"fault {word}").pk for word in ("of one kind", "of another", "of a third")]

    taken = []
    for chosen in (pks[:1], pks):
        with CaptureQueriesContext(connection) as queries:
            frequency.counts(chosen)
            frequency.hours(chosen, timezone.now() - DAY)
        taken.append(len(queries))

    assert taken[0] == taken[1]


def test_what_the_store_had_accepted_before_is_told() -> None:
    group = make_group()
    earlier = make_delivery(group.store)
    first = make_failure(group)
    make_delivery(group.store)

    assert frequency.first_of(group) == first
    assert frequency.extent_of(group).first == first
    assert frequency.extent_of(group).taken == (earlier,)


def test_how_far_back_is_looked_for_what_was_taken_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequency, "LOOKED_BACK", 2)
    store = make_store()
    near, far = make_group(store, "fault of one kind"), make_group(store, "fault of another")
    taken = make_delivery(store)
    make_failure(near)
    make_delivery()
    make_failure(near)
    make_failure(far)

    assert frequency.extent_of(near).taken == (taken,)
    assert frequency.extent_of(far).taken == ()


def test_one_query_tells_how_far_a_group_reaches(django_assert_num_queries: Any) -> None:
    group, empty = make_group(), make_group()
    taken = [make_delivery(group.store, event_names=[name]) for name in ("PageView", "Purchase")]
    failures = [make_failure(group, ago) for ago in (3 * HOUR, 2 * HOUR, HOUR)]
    make_failure(make_group(group.store, "something else"))
    make_delivery(group.store)

    with django_assert_num_queries(1):
        extent = frequency.extent_of(group)
        assert extent.first
        assert (extent.first.outcome, extent.first.status_code) == ("rejected", 400)
        assert [each.event_names for each in extent.taken] == [["Purchase"], ["PageView"]]

    assert (extent.counted, extent.newest_at) == (3, failures[-1].created_at)
    assert (extent.first, extent.taken) == (failures[0], (taken[1], taken[0]))
    assert frequency.extent_of(empty) == frequency.Extent()
