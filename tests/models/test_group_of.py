"""A failure finds its group, and the first of its kind makes it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models.group import ErrorGroup, group_of
from events.models.writing import written
from tests.factories import make_store

QUANTITY = "line {}, `quantity` “must be at least 1, found 0”"


@pytest.mark.django_db
def test_failures_that_differ_only_in_a_number_are_one_group() -> None:
    store, now = make_store(), timezone.now()

    first = group_of(store.pk, "rejected", 400, QUANTITY.format(2), now)
    second = group_of(store.pk, "rejected", 400, QUANTITY.format(7), now + timedelta(hours=1))

    group = ErrorGroup.objects.get()
    assert first == second == group.pk
    assert group.sentence == "line …, `quantity` “must be at least …, found …”"
    assert (group.outcome, group.status_code, group.first_seen_at, group.status) == ("rejected", 400, now, "open")


@pytest.mark.django_db
def test_each_store_outcome_and_status_has_groups_of_its_own() -> None:
    store, now = make_store(), timezone.now()

    groups = {
        group_of(store.pk, "rejected", 400, "Bad request", now),
        group_of(store.pk, "rejected", 422, "Bad request", now),
        group_of(store.pk, "timed_out", None, "", now),
        group_of(store.pk, "interrupted", None, "", now),
        group_of(make_store().pk, "rejected", 400, "Bad request", now),
    }

    assert len(groups) == 5


@pytest.mark.django_db
def test_a_known_group_is_read_once_and_never_written() -> None:
    store = make_store()
    group_of(store.pk, "rejected", 400, "Bad request", timezone.now())

    with CaptureQueriesContext(
        connection,
    ) as queries:
        group_of(store.pk, "rejected", 400, "Bad request", timezone.now())

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


@pytest.mark.django_db(transaction=True)
def test_several_that_meet_a_new_failure_at_once_share_one_group() -> None:
    """On PostgreSQL they write beside one another; on SQLite as there, in turns or together."""
    store, now = make_store(), timezone.now()
    together = threading.Barrier(4)

    def fail(_number: int) -> int:
        together.wait()
        try:
            return written(lambda: group_of(store.pk, "server_error", 503, "Service unavailable", now))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as at_once:
        found = list(at_once.map(fail, range(4)))

    assert found == [ErrorGroup.objects.get().pk] * 4
