"""Removing deliveries that were kept long enough, and what belonged to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from events.domain.query import parse
from events.domain.tree import read
from events.models import Body, Delivery, ErrorGroup, HourTally, Note, Pin, Run, SearchDocument, Store, Tag, search
from events.models.group import GroupChange
from events.models.pruning import prune, removable, tidy
from events.models.retention import Limits
from tests.factories import make_body, make_delivery, make_store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def sent(days_ago: float, store: Store | None = None, **fields: object) -> Delivery:
    at = NOW - timedelta(days=days_ago)
    delivery = make_delivery(store, created_at=at, lease_until=at, **fields)
    make_body(delivery)
    search.index(delivery, read('{"user_data": {"em": "wulan.pertiwi@contoh.id"}}'))
    return delivery


def pruned(limits: Limits) -> int:
    removed = sum(batch.rows for batch in prune(limits, NOW, rest=0))
    tidy(limits, NOW)
    connection.check_constraints()
    return removed


def kept() -> set[int]:
    return set(Delivery.objects.values_list("pk", flat=True))


def test_what_is_older_goes_and_the_rest_stays() -> None:
    sent(31)
    young = sent(29)
    assert pruned(Limits(rest=30)) == 1
    assert kept() == {young.pk}


def test_without_a_limit_nothing_goes() -> None:
    sent(9_000)
    assert pruned(Limits()) == 0


def test_a_store_may_have_a_limit_of_its_own() -> None:
    short, other = make_store("Toko Batik"), make_store("Toko Kebaya")
    sent(31, other)
    sent(8, short)
    stays = {sent(8, other).pk, sent(6, short).pk}
    assert pruned(Limits(rest=30, own={short.pk: 7})) == 2
    assert kept() == stays


def test_a_store_alone_may_have_a_limit() -> None:
    short, other = make_store("Toko Batik"), make_store("Toko Kebaya")
    sent(8, short)
    stays = sent(9_000, other)
    assert pruned(Limits(own={short.pk: 7})) == 1
    assert kept() == {stays.pk}


def test_a_row_that_waits_for_its_answer_is_never_removed() -> None:
    waiting = sent(40, outcome="queued")
    assert pruned(Limits(rest=30)) == 0
    assert kept() == {waiting.pk}


def test_a_call_that_was_never_finished_is_closed_and_then_removed() -> None:
    sent(40, outcome="pending")
    assert pruned(Limits(rest=30)) == 1


def test_everything_that_hangs_on_a_delivery_goes_with_it() -> None:
    old = sent(31)
    note = Note(delivery=old, at=NOW)
    note.keep("Wulan called")
    note.save()
    Tag.objects.create(delivery=old, word="garansi", at=NOW)
    Pin.objects.create(delivery=old, at=NOW)
    pruned(Limits(rest=30))
    left = [model.__name__ for model in (Body, SearchDocument, Note, Tag, Pin) if model._default_manager.exists()]
    assert left == []


def test_the_search_forgets_it() -> None:
    sent(31)
    young = sent(1)
    pruned(Limits(rest=30))
    assert list(search.matching(Delivery.objects.all(), parse("wulan.pertiwi@contoh.id"))) == [young]
    assert search.Words.objects.count() == 1


def test_a_resend_outlives_its_origin_and_is_one_no_longer() -> None:
    old = sent(31)
    resend = sent(1, resend_of=old)
    assert list(search.matching(Delivery.objects.all(), parse("is:resend"))) == [resend]
    pruned(Limits(rest=30))
    resend.refresh_from_db()
    assert resend.resend_of is None
    assert list(search.matching(Delivery.objects.all(), parse("-is:resend"))) == [resend]
    assert not search.matching(Delivery.objects.all(), parse("is:resend"))


def test_a_twin_outlives_its_twin() -> None:
    twin = sent(1, twin_of=sent(31))
    pruned(Limits(rest=30))
    twin.refresh_from_db()
    assert twin.twin_of is None


def test_more_rows_than_one_transaction_takes_go_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.models.pruning.FIRST", 2)
    for _ in range(7):
        sent(31)
    assert pruned(Limits(rest=30)) == 7


def test_rows_out_of_the_order_of_their_times_go_too() -> None:
    """A clock that was set back leaves an older row behind a younger one."""
    young = sent(29.5)
    sent(30.5)
    assert pruned(Limits(rest=30)) == 1
    assert kept() == {young.pk}


def test_what_would_go_can_be_asked_first() -> None:
    old = sent(31)
    sent(29)
    assert list(removable(Limits(rest=30), NOW)) == [old]


def test_hours_that_lie_wholly_before_go() -> None:
    store = make_store()
    limit = NOW.replace(minute=30) - timedelta(days=30)
    hours = [limit.replace(minute=0) - timedelta(hours=ago) for ago in (0, 1)]
    HourTally.objects.bulk_create(HourTally(hour=hour, store=store, outcome="accepted", count=3) for hour in hours)
    tidy(Limits(rest=30), NOW.replace(minute=30))
    assert [tally.hour for tally in HourTally.objects.all()] == [hours[0]]


def make_group(store: Store, days_ago: int, **fields: object) -> ErrorGroup:
    first = NOW - timedelta(days=days_ago)
    return ErrorGroup.objects.create(
        store=store, digest=f"{days_ago:032}", outcome="rejected", first_seen_at=first, **fields
    )


def test_a_group_without_deliveries_goes_once_it_is_old_itself() -> None:
    store = make_store()
    empty, young = make_group(store, 40), make_group(store, 20)
    GroupChange.objects.create(group=empty, at=NOW, status="resolved")
    touched = make_group(store, 41, changed_at=NOW - timedelta(days=2))
    used = make_group(store, 42)
    sent(3, store, group=used)
    pruned(Limits(rest=30))
    assert set(ErrorGroup.objects.all()) == {young, touched, used}


def test_a_run_goes_with_the_last_of_its_deliveries() -> None:
    old, used = (Run.objects.create(name="Batch", started_at=NOW - timedelta(days=40)) for _ in range(2))
    sent(31, run=old)
    sent(29, run=used)
    pruned(Limits(rest=30))
    assert list(Run.objects.all()) == [used]
