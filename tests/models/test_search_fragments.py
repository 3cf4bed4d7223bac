"""Any piece of what a delivery holds in clear finds it, and the indexes stay true to the documents."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection

from events.domain.query import parse
from events.domain.tree import Json, read
from events.models import Delivery, SearchDocument, search, statements
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db

EVENT_ID, ORDER, ITEM = "3f0c2a52-8f1e-4f0e-9f50-AA11bb22cc33", "BTK/2611:00417", "variant_Kéme-ja%Parang_7"
HOST, PATH = "batiknusantara.contoh.id", "/produk/kemeja parang/ukuran-l"
ERROR = "events[0].event_id: can't be 100% blank, trace 8f2a0c77e1"


def payload(event_id: str = EVENT_ID) -> Json:
    return read(
        f"""{{"event_source_url": "https://{HOST}{PATH.replace(" ", "%20")}?x=rahasia", "events": [{{"event_id":
        "{event_id}", "event_name": "Purchase", "parameters": {{"order_id": "{ORDER}"}}}}],
        "variants": [{{"variant_unique_id": "{ITEM}", "quantity": 1}}]}}"""
    )


def found(text: str) -> list[Delivery]:
    return list(search.matching(Delivery.objects.all(), parse(text)))


@pytest.fixture
def wanted() -> Delivery:
    for number in range(5):
        other = make_delivery(event_ids=[f"lain-{number}"])
        search.index(other, read(f'{{"events": [{{"event_id": "lain-{number}", "event_name": "PageView"}}]}}'))
    delivery = make_delivery(make_store("Toko Batik"))
    search.index(delivery, payload(), ERROR)
    return delivery


@pytest.mark.parametrize("whole", [EVENT_ID, ORDER, ITEM, HOST + PATH, ERROR])
def test_any_piece_of_three_letters_or_more_is_found(whole: str, wanted: Delivery) -> None:
    chance = random.Random(whole)
    for _ in range(40):
        start = chance.randrange(len(whole) - 2)
        piece = whole[start : start + chance.randrange(3, 16)]
        if len(piece.strip()) > 2:
            assert wanted in found(f'"{piece}"'), piece


def test_what_only_looks_like_a_pattern_is_none(wanted: Delivery) -> None:
    assert found("Kéme-ja%Pa") == found("kEME-JA%pa") == [wanted]
    for text in ("Keme-jaXPa", "8f1e%9f50", "parang_ukuran", "100_ blank"):
        assert found(text) == [], text


def test_two_letters_begin_a_word_and_one_is_a_word(wanted: Delivery) -> None:
    assert found("bl") == [wanted]
    assert found("la") == list(Delivery.objects.exclude(pk=wanted.pk))
    assert found("be 8") == []


def test_a_store_is_found_by_a_piece_of_its_name_of_today(wanted: Delivery) -> None:
    assert found('"o bat"') == [wanted]
    wanted.store.name = "Kopi Senja"
    wanted.store.save()
    assert found('"o bat"') == []
    assert found("senj purchase") == [wanted]


def test_what_is_left_out_is_left_out_by_its_pieces_too(wanted: Delivery) -> None:
    assert wanted not in found("-urchas")
    assert len(found("-urchas")) == 5
    assert found("variant -8f2a0c") == []


def test_an_external_id_is_found_where_it_is_a_piece_of_something_else_too(wanted: Delivery) -> None:
    other = make_delivery()
    search.index(other, read('{"user_data": {"external_id": "8f2a0c"}, "events": []}'))
    assert found("8f2a0c") == [other, wanted]
    assert found("8f2a0c variant") == [wanted]
    assert found("-8f2a0c lain-1") == found("lain-1")


@pytest.mark.parametrize("text", ["20261123001", "web-20261123001", "61123001", "0261-1230", "phone:20261123"])
def test_a_number_that_may_be_a_phone_is_found_by_its_pieces_too(text: str, wanted: Delivery) -> None:
    other = make_delivery()
    search.index(other, read('{"events": [{"event_id": "WEB-20261123001-x", "event_name": "Lead"}]}'))
    ordered = make_delivery()
    search.index(ordered, read('{"events": [{"event_id": "BTK-261110-98585-purchase", "event_name": "Lead"}]}'))
    assert found(text) == [other]
    assert found("1110-98585") == found("26111098") == [ordered]
    assert found("98585-1110") == found("11109858500") == []


def test_the_indexes_hold_what_the_documents_say() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its indexes itself")
    deliveries = [make_delivery(outcome="pending", status_code=None, duration_ms=None) for _ in range(4)]
    for number, delivery in enumerate(deliveries):
        search.index(delivery, payload(f"ord-{number}"))
    _check()
    for delivery in deliveries[:3]:
        delivery.outcome, delivery.status_code, delivery.duration_ms = "rejected", 422, 18
    said = search.remark(deliveries[0], payload("ord-0"), ERROR)
    statements.update(deliveries[0].pk, search.ending(deliveries[0], said))
    search.index(deliveries[1], payload("ord-1"), ERROR)
    search.index(deliveries[2], read('{"events": []}'), "lain sekali")
    _check()
    deliveries[0].delete()
    deliveries[1].delete()
    _check()
    assert found("ord-0") == found("ord-1") == found("8f2a0c77e1") == []


def _check() -> None:
    """FTS5 compares each index with the documents, and raises where they differ."""
    with connection.cursor() as cursor:
        for table in ("events_words", "events_fragments"):
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")


def test_a_document_only_grows(wanted: Delivery) -> None:
    columns: Any = ("facets", "words", "text")
    pending = make_delivery(outcome="pending", status_code=None, duration_ms=None)
    search.index(pending, payload())
    before = SearchDocument.objects.values_list(*columns).get(pk=pending.pk)
    pending.outcome, pending.status_code, pending.duration_ms = "rejected", 400, 182
    search.index(pending, payload(), ERROR + " of a@contoh.id")
    after = SearchDocument.objects.values_list(*columns).get(pk=pending.pk)
    assert all(new.startswith(old) and new != old for old, new in zip(before, after, strict=True))
