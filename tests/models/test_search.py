"""The search index finds a delivery by what it holds, on either database."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.query import parse
from events.domain.tree import Json, read
from events.models import Delivery, SearchDocument, search, statements
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

PURCHASE = read(
    """{"event_source_url": "https://batiknusantara.contoh.id/produk/kemeja-parang?email=lain@contoh.id",
    "user_data": {"em": "wulan.pertiwi@contoh.id", "ph": "0812-9007-6543", "fn": "Wulan", "ln": "Pertiwi Dewi",
      "external_id": "CUST-0093", "country": "id"},
    "events": [{"event_id": "ord-88213-Purchase", "event_name": "Purchase", "parameters": {"order_id": 20261123001,
      "content_ids": ["KBP-L"], "contents": [{"id": "sku_77", "quantity": 9}], "value": 95300.00}},
      {"event_id": "3f0c2a52-8f1e-4f0e-9f50-aa11bb22cc33", "event_name": "Lead Kopi"}],
    "variants": [{"variant_unique_id": "variant_Parang7", "quantity": 1}]}"""
)


def make_found(payload: Json = PURCHASE, error: str = "", **fields: Any) -> Delivery:
    delivery = make_delivery(**fields)
    search.index(delivery, payload, error)
    return delivery


def found(text: str) -> list[Delivery]:
    return list(search.matching(Delivery.objects.all(), parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "ord-88213-Purchase",
        "ORD-88213",
        "88213",
        "purchase",
        "purch",
        '"Lead Kopi"',
        "3f0c2a52",
        "3f0c2a52-8f1e-4f0e-9f50-aa11bb22cc33",
        "20261123001",
        "KBP-L",
        "sku_77",
        "variant_Parang7",
        "Toko",
        "store_Batik42",
        "batiknusantara.contoh.id",
        "kemeja-parang",
        "parang",
        "produk/kemeja-parang",
        "https://batiknusantara.contoh.id/produk/kemeja-parang?x=1",
        "quantity 0",
        '"is less than"',
        "variants[0].quantity",
        "wulan.pertiwi@contoh.id",
        "WULAN.Pertiwi@Contoh.id",
        "email:wulan.pertiwi",
        "email:@contoh.id",
        "081290076543",
        "0812 9007 6543",
        "+62 812-9007-6543",
        "6281290076543",
        "(0812) 9007 6543",
        "phone:076543",
        "phone:6543",
        "CUST-0093",
        "external:cust-0093",
        "name:wulan",
        'name:"pertiwi wulan"',
        "lain@contoh.id",
        'event:"Lead Kopi"',
        "event:purchase",
        "d-88213-P",
        "[0].quan",
        '"ntity: 0 is l"',
        "host:batiknusantara.contoh.id",
        "id:ord-88213-purchase",
        "order:20261123001",
        "country:ID",
        "purchase 88213 wulan.pertiwi@contoh.id kbp-l",
    ],
)
def test_a_delivery_is_found_by_what_it_holds(text: str) -> None:
    store = make_store("Toko Batik", store_id="store_Batik42")
    make_found(read('{"events": [{"event_id": "lain-1", "event_name": "PageView"}]}'), event_names=["PageView"])
    wanted = make_found(store=store, error="variants[0].quantity: 0 is less than 1")
    assert found(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "88214",
        "wulan",
        "pertiwi",
        "wulan.pertiwi",
        "contoh.idx",
        "urchases",
        "id:ord-88213",
        "order:88213",
        "host:batiknusantara",
        "country:my",
        '"less is than"',
        "name:wul",
        "phone:6544",
        "081290076544",
        "-purchase",
        "purchase -88213",
        'purchase -"is less than"',
        "event:purch",
        "store:Sari",
        "aaaaaaaaaaaaaaaa",
        '"1 toko"',
    ],
)
def test_a_delivery_is_not_found_by_anything_else(text: str) -> None:
    make_found(error="quantity is less than 1", store=make_store("Toko Batik"))
    assert found(text) == []


def test_a_phrase_that_is_left_out_leaves_its_words_alone() -> None:
    wanted = make_found(error="less is more than one")
    make_found(error="one is less than two")
    assert found('than -"is less than"') == [wanted]


def test_replacing_a_document_forgets_the_old_words() -> None:
    delivery = make_found(error="")
    search.index(delivery, read('{"events": [{"event_id": "baru-1", "event_name": "Lead"}]}'), "server penuh")
    assert found("88213") == []
    assert found("baru-1 penuh") == [delivery]


@pytest.mark.parametrize("error", ["", "The stock of ord-88213 is out, call 081290076543 or tanya@contoh.id"])
def test_a_settled_document_is_the_one_that_would_be_written_anew(error: str) -> None:
    delivery = make_found(outcome="pending", status_code=None, duration_ms=None)
    delivery.outcome, delivery.status_code, delivery.duration_ms = "rejected", 400, 182

    statements.update(delivery.pk, search.ending(delivery, search.remark(delivery, PURCHASE, error)))

    settled = SearchDocument.objects.values().get(delivery=delivery)
    search.index(delivery, PURCHASE, error)
    assert settled == SearchDocument.objects.values().get(delivery=delivery)


def test_a_settled_delivery_is_found_by_how_it_ended() -> None:
    delivery = make_found(outcome="pending", status_code=None)
    Delivery.objects.update(outcome="accepted", status_code=204)
    delivery.refresh_from_db()

    statements.update(delivery.pk, search.ending(delivery))

    assert found("88213 outcome:accepted status:2xx") == [delivery]
    assert found("88213 -outcome:accepted") == []


def test_a_deleted_delivery_leaves_the_index() -> None:
    make_found().delete()
    assert found("purchase") == []
    assert not SearchDocument.objects.exists()


def test_a_delivery_whose_body_is_no_json_is_found_by_its_row() -> None:
    delivery = make_delivery(event_ids=["ord-5-Lead"], event_names=["Lead"])
    search.index(delivery, None, "invalid JSON")
    assert found("ord-5-lead event:lead json") == [delivery]


def test_newest_come_first_and_bounds_hold() -> None:
    first, second, third = (make_found() for _ in range(3))
    everything = Delivery.objects.all()
    for text in ("purchase", "status:204"):
        query = parse(text)
        assert list(search.matching(everything, query)) == [third, second, first]
        assert list(search.matching(everything, query, below=third.pk)) == [second, first]
        assert list(search.matching(everything, query, above=first.pk)) == [third, second]


def test_a_search_reads_no_further_than_it_must(django_assert_num_queries: Any) -> None:
    make_found()
    everything = Delivery.objects.all()
    # Makes the index key, and counts how rare letters are, which is done once an hour.
    list(search.matching(everything, parse("hangat")))
    with django_assert_num_queries(4):  # the index key, stores of that name, an external ID, the rows
        list(search.matching(everything, parse("purchase status:204"))[:50])


def test_hostile_words_are_words() -> None:
    make_found()
    for text in ('" OR 1', "a' | !b", "near(a b)", "words:x", "*", "a*", "\\", "':*", "\x00", "\ud800", "(", "^a"):
        found(text)


def test_a_person_and_nobody_are_found_behind_by() -> None:
    rani = make_person(name="Rani Anggraini")
    hers, nobodys = make_found(by=rani), make_found()
    for words in ("", " purchase"):
        assert found("by:rani" + words) == [hers]
        assert found(f"by:#{rani.pk}" + words) == [hers]
        assert found("by:command" + words) == [nobodys]
        assert found("-by:rani" + words) == [nobodys]
        assert found("by:dimas" + words) == []
