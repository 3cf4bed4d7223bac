"""What is counted of a search equals a plain count of its rows, from the tallies or not, and says where it ends."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_django
import time_machine
from django.db import transaction

from events.domain import bars
from events.domain.query import parse
from events.models import Delivery, ErrorGroup, Person, Store, counting, search, tally
from tests.factories import make_person, make_store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROWS, FEW = 260, 40
OUTCOMES = ["accepted", "accepted", "accepted", "rejected", "timed_out", "server_error"]
# Of these the tallies know.
BY_HOURS = [
    "", "last:24h", "last:3d", 'store:"Toko Batik"', "-outcome:accepted", "outcome:refused,timed-out", "group:{group}",
    "-group:{group}", 'after:"2026-11-22T05:20:00+00:00"', 'before:"2026-11-22T21:10:00+00:00"', "before:2026-11-23",
    'store:"Kopi Senja" outcome:accepted last:30h',
    'after:"2026-11-21T00:00:00+00:00" before:"2026-11-22T12:34:00+00:00"',
]  # fmt: skip
OTHERS = ["by:command", "status:204 last:3d", "channel:browser", "took:>900ms", "purchase"]


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", FEW)


@pytest.fixture(scope="module")
def group(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[ErrorGroup]:
    """A hundred hours of deliveries, written once: each test undoes what it changed, and at the end nothing is left."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _a_hundred_hours()
        transaction.set_rollback(True)


def _a_hundred_hours() -> ErrorGroup:
    """Tallied as `serve` would have."""
    chance, rani = random.Random(2311), make_person(name="Rani")
    stores = [make_store("Toko Batik"), make_store("Kopi Senja")]
    kind = ErrorGroup.objects.create(store=stores[0], digest="a", outcome="rejected", first_seen_at=NOW)
    rows = [
        _row(chance, at, chance.choice(stores), chance.choice([rani, None]), kind)
        for at in sorted(NOW - timedelta(seconds=chance.uniform(1, 100 * 3600)) for _ in range(ROWS))
    ]
    Delivery.objects.bulk_create(rows)
    search.index_many([(row, None, "", ()) for row in Delivery.objects.select_related("store")])
    list(tally.catch_up(NOW))
    return kind


def _row(chance: random.Random, at: datetime, store: Store, by: Person | None, kind: ErrorGroup) -> Delivery:
    outcome = chance.choice(OUTCOMES)
    return Delivery(
        store=store, by=by, environment="sandbox", created_at=at, lease_until=at, outcome=outcome,
        channel=chance.choice(["server", "browser"]), duration_ms=chance.choice([None, chance.randrange(2000)]),
        status_code={"accepted": 204, "rejected": 400, "server_error": 502}.get(outcome), event_names=["Purchase"],
        group=kind if outcome == "rejected" and chance.random() < 0.8 else None,
    )  # fmt: skip


def _scanned(text: str) -> list[Delivery]:
    return list(search.matching(Delivery.objects.all(), parse(text)))


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("text", BY_HOURS)
def test_totals_are_those_of_a_scan_however_many_there_are(group: ErrorGroup, text: str) -> None:
    text = text.format(group=group.pk)
    rows, found = _scanned(text), counting.found_by(parse(text))

    assert found.outcomes == Counter(row.outcome for row in rows)
    assert found.stores == Counter(row.store_id for row in rows)
    assert not found.is_capped
    assert found.more is (len(rows) > FEW)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("text", BY_HOURS)
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Europe/Berlin"])
def test_bars_hold_what_began_in_them(group: ErrorGroup, text: str, zone: str) -> None:
    text = text.format(group=group.pk)
    rows, found = _scanned(text), counting.found_by(parse(text))
    edges = bars.edges(NOW - 104 * HOUR, NOW, 2 * HOUR, ZoneInfo(zone))

    wanted: list[Counter[str]] = [Counter() for _ in edges[1:]]
    for row in rows:
        wanted[sum(edge <= row.created_at for edge in edges) - 1][row.outcome] += 1
    assert found.bars(edges) == wanted


@time_machine.travel(NOW, tick=False)
@pytest.mark.usefixtures("group")
@pytest.mark.parametrize("text", OTHERS)
def test_other_searches_know_of_their_newest_only_and_say_so(text: str) -> None:
    rows, found = _scanned(text), counting.found_by(parse(text))
    newest = rows[:FEW]

    assert len(rows) > FEW
    assert found.is_capped
    assert found.outcomes == Counter(row.outcome for row in newest)
    assert found.stores == Counter(row.store_id for row in newest)
    assert found.oldest_at == newest[-1].created_at
    assert found.newest.by == tuple(row.by_id for row in newest)
    assert found.newest.duration_ms == tuple(row.duration_ms for row in newest)


@time_machine.travel(NOW, tick=False)
@pytest.mark.usefixtures("group")
def test_few_matches_are_counted_by_themselves() -> None:
    text = "by:Rani outcome:timed-out"
    rows, found = _scanned(text), counting.found_by(parse(text))

    assert 0 < len(rows) <= FEW
    assert (found.more, found.hours, found.is_capped) == (False, None, False)
    assert found.outcomes == Counter({"timed_out": len(rows)})


@time_machine.travel(NOW, tick=False)
@pytest.mark.usefixtures("group")
def test_where_the_tallies_are_far_behind_nothing_is_made_up() -> None:
    tally.tally_again_from(NOW - 90 * HOUR)

    found = counting.found_by(parse(""))

    assert found.is_capped
    assert found.outcomes.total() == FEW


@time_machine.travel(NOW, tick=False)
@pytest.mark.usefixtures("group")
def test_tallies_left_over_beyond_what_was_done_count_for_nothing() -> None:
    tally.tally_again_from(NOW - 6 * HOUR)

    assert counting.found_by(parse("")).outcomes.total() == ROWS
