"""Where a page of a search begins and ends is known to the index that is walked, not to the delivery alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.domain.query import parse
from events.models import Delivery, search
from events.models.search import postgres
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db

LEADS = {
    "": ("events_delivery.id", "events_delivery.id"),
    "status:400": ("events_delivery.id", "events_delivery.id"),
    "email:wulan": ("events_words.rowid", "events_words.rowid"),
    "lunas": ("events_fragments.rowid", "events_searchdocument.delivery_id"),
    "-lunas": ("events_delivery.id", "events_delivery.id"),
    "batik": ("events_fragments.rowid", "events_delivery.id"),
    "batik lunas": ("events_fragments.rowid", "events_searchdocument.delivery_id"),
    "country:id lunas": ("events_words.rowid", "events_words.rowid"),
}


@pytest.mark.parametrize("text", LEADS)
@pytest.mark.parametrize(("bound", "sign"), [("below", "<"), ("above", ">")])
def test_a_bound_stands_where_the_search_walks(text: str, bound: str, sign: str) -> None:
    make_store("Toko Batik")
    found = search.matching(Delivery.objects.all(), parse(text), **{bound: 88213})
    lead = LEADS[text][connection.vendor == "postgresql"]
    asked = str(found.query).replace('"', "")
    assert f"{lead} {sign} 88213" in asked
    # In the order of what may lack a row no index is walked.
    assert f"OUTER JOIN {lead.partition('.')[0]}" not in asked


@pytest.mark.parametrize("text", LEADS)
@pytest.mark.parametrize(("bounds", "told"), [({"below": 88213}, "< 88213"), ({"above": 88213}, "> 88213")])
def test_the_rows_are_bounded_as_well_where_the_planner_walks_both(
    text: str, bounds: dict[str, int], told: str
) -> None:
    make_store("Toko Batik")
    found = search.matching(Delivery.objects.all(), parse(text), **bounds)
    bounded = f"events_delivery.id {told}" in str(found.query).replace('"', "")
    assert bounded is (connection.vendor == "postgresql" or LEADS[text][0] == "events_delivery.id")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only its planner walks two tables in step")
@pytest.mark.parametrize("text", ["-lunas", "batik", "-batik", "country:id lunas", "country:id -lunas"])
@pytest.mark.parametrize(("bound", "sign"), [("below", "<"), ("above", ">")])
def test_a_bound_stands_where_a_document_may_be_lacking_too(
    text: str, bound: str, sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "FEW", 0)
    make_delivery(make_store("Toko Batik"))
    found = search.matching(Delivery.objects.all(), parse(text), **{bound: 88213})
    joined = str(found.query).replace('"', "").partition(" near ON ")[2].partition(" WHERE ")[0]
    assert f"near.delivery_id {sign} 88213" in joined


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's index knows of stores as of texts")
def test_the_name_of_a_small_store_is_looked_up_and_not_looked_for_in_every_row() -> None:
    make_delivery(make_store("Toko Batik"))
    asked = str(search.matching(Delivery.objects.all(), parse("toko batik")).query)
    assert "UNION" in asked
    assert "OUTER JOIN" not in asked


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only its planner takes one for the other's rarity")
def test_two_words_of_a_store_s_name_ask_for_the_store_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "FEW", 0)
    make_delivery(make_store("Toko Batik"))
    asked = str(search.matching(Delivery.objects.all(), parse("toko batik lunas")).query).replace('"', "")
    assert asked.count("store_id IN (") == 1
    assert "UNION" not in asked


@pytest.mark.parametrize("text", ["-lunas", "-batik"])
def test_what_has_no_document_is_found_within_bounds_as_without(text: str) -> None:
    batik, other = make_store("Toko Batik"), make_store("Kopi Senja", store_id="store_KopiSenja")
    sent = [make_delivery(store) for store in (batik, other, batik, other)]
    whole = [each.pk for each in search.matching(Delivery.objects.all(), parse(text))]
    between = search.matching(Delivery.objects.all(), parse(text), above=sent[0].pk, below=sent[3].pk)
    assert [each.pk for each in between] == [pk for pk in whole if sent[0].pk < pk < sent[3].pk]
    assert len(whole) >= 2


def test_a_time_bounds_the_rows_as_well_where_the_planner_walks_both() -> None:
    store = make_store("Toko Batik")
    make_delivery(store, created_at=timezone.now() - timedelta(days=30))
    asked = str(search.matching(Delivery.objects.all(), parse("lunas last:7d")).query).replace('"', "")
    assert ("events_delivery.id > " in asked) is (connection.vendor == "postgresql")


@pytest.mark.parametrize(
    ("times", "is_long"),
    [
        ("last:1h", False),
        ("last:2d", False),
        ("last:3d", True),
        ('before:"2026-10-18"', True),
        ('after:"2026-10-15" before:"2026-10-16"', False),
        ('after:"2026-10-15" before:"2026-10-18"', True),
    ],
)
def test_of_a_long_time_the_planner_expects_every_row_between_its_bounds(times: str, is_long: bool) -> None:
    asked = str(search.matching(Delivery.objects.all(), parse(f"status:400 {times}")).query)
    assert ("CASE WHEN" in asked) is (is_long and connection.vendor == "postgresql")


def test_a_long_time_ends_where_it_says_however_the_rows_are_numbered() -> None:
    store, now = make_store("Toko Batik"), timezone.now()
    hours = (960, 144, 169, 167, 0)
    sent = [make_delivery(store, created_at=now - timedelta(hours=ago)) for ago in hours]
    lately = search.matching(Delivery.objects.all(), parse("store:batik last:7d"))
    assert [each.pk for each in lately] == [sent[4].pk, sent[3].pk, sent[1].pk]
    earlier = search.matching(Delivery.objects.all(), parse("store:batik -last:7d"))
    assert [each.pk for each in earlier] == [sent[2].pk, sent[0].pk]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a setting of its planner")
def test_the_planner_knows_a_thousand_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstattarget FROM pg_attribute"
            " WHERE attrelid = 'events_searchdocument'::regclass AND attname = 'vector'"
        )
        assert cursor.fetchone() == (1000,)
