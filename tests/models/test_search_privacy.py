"""Nothing that the search index keeps tells who a buyer is."""

from __future__ import annotations

import pytest
from django.db import connection

from events.domain.query import parse
from events.domain.tree import Json, read
from events.models import Delivery, SearchDocument, search
from tests.factories import make_delivery, make_store

BUYER = ("wulan", "pertiwi", "wulan.pertiwi", "surat.contoh.id", "81290076543", "9007", "cust-0093", "103.28.12.45")

# She is named where she belongs, and in every place where she does not: IDs, page, parameters, and in the answer.
TELLTALE = read(
    """{"event_source_url": "https://toko.example/pelanggan/wulan.pertiwi%40surat.contoh.id/6281290076543?n=Wulan",
    "user_data": {"em": "Wulan.Pertiwi@surat.contoh.id", "ph": "6281290076543", "fn": "Wulan", "ln": "Pertiwi",
      "external_id": "CUST-0093", "client_ip_address": "103.28.12.45"},
    "events": [{"event_id": "ord-88213-wulan.pertiwi@surat.contoh.id", "event_name": "Beli Wulan",
      "parameters": {"order_id": "CUST-0093/88213", "content_ids": ["untuk-pertiwi", 6281290076543]}}],
    "variants": [{"variant_unique_id": "variant_Wulan", "quantity": 1}]}"""
)
ECHO = '{"error": "em WULAN.PERTIWI%40surat.contoh.id, ph +62 812-9007-6543 or 0812 9007 6543 of wulan is odd"}'


def make_found(payload: Json = TELLTALE, error: str = ECHO) -> Delivery:
    delivery = make_delivery(make_store("Toko Batik"), event_ids=["ord-88213"], event_names=["Beli"])
    search.index(delivery, payload, error)
    return delivery


def traces(text: str) -> list[str]:
    return [value for value in BUYER if value in text.casefold()]


@pytest.mark.django_db
def test_no_document_holds_a_buyers_value() -> None:
    make_found()
    words = SearchDocument.objects.get().words
    assert traces(words) == [], words


@pytest.mark.django_db
def test_no_table_of_the_index_holds_a_buyers_value() -> None:
    make_found()
    assert traces(_index_contents()) == []


def _index_contents() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT events_words::text FROM events_words")
            return repr(cursor.fetchall())
        cursor.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, events_words, row)")
        cursor.execute("SELECT term FROM temp.terms")
        terms = repr(cursor.fetchall())
        cursor.execute("SELECT block FROM events_words_data")
        blocks = "".join(bytes(row[0]).decode("latin-1") for row in cursor.fetchall())
        cursor.execute("DROP TABLE temp.terms")
        return terms + blocks


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["wulan.pertiwi@surat.contoh.id", "0812-9007-6543", "CUST-0093", "name:pertiwi", "email:surat.contoh.id"]
)
def test_she_is_found_all_the_same(text: str) -> None:
    delivery = make_found()
    assert list(search.matching(Delivery.objects.all(), parse(text))) == [delivery]


@pytest.mark.django_db
def test_what_is_not_hers_is_still_found() -> None:
    delivery = make_found()
    for text in ("88213", "beli", "toko.example", "odd", "pelanggan"):
        assert list(search.matching(Delivery.objects.all(), parse(text))) == [delivery], text


@pytest.mark.django_db
def test_no_byte_of_the_database_holds_a_buyers_value() -> None:
    make_found()
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's file")
    assert traces(connection.connection.serialize().decode("latin-1")) == []
