"""Nothing that the search index keeps tells who a buyer is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from events.domain.query import parse
from events.domain.tree import Json, read
from events.models import Delivery, SearchDocument, search, statements
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
    search.index(delivery, payload)
    statements.update(delivery.pk, search.ending(delivery, search.remark(delivery, payload, error)))
    return delivery


def traces(text: str) -> list[str]:
    return [value for value in BUYER if value in text.casefold()]


@pytest.mark.django_db
def test_no_document_holds_a_buyers_value() -> None:
    make_found()
    kept = SearchDocument.objects.get()
    assert traces(kept.facets + kept.words + kept.text) == [], kept.text


@pytest.mark.django_db
@pytest.mark.parametrize("before", range(1_975, 2_000, 3))
def test_where_a_long_value_is_cut_no_half_of_the_buyer_is_left(before: int) -> None:
    filler = "x" * (before - 1) + "-"
    event = f'{{"event_id": "{filler}wulan.pertiwi@surat.contoh.id", "event_name": "{filler}6281290076543"}}'
    buyer = '{"em": "wulan.pertiwi@surat.contoh.id", "ph": "6281290076543"}'

    make_found(read(f'{{"user_data": {buyer}, "events": [{event}]}}'), f"{filler}wulan.pertiwi@surat.contoh.id")

    kept = SearchDocument.objects.get()
    assert [half for half in ("-wul", "-6281") if half in kept.text] == []


@pytest.mark.django_db
def test_no_table_of_the_index_holds_a_buyers_value() -> None:
    make_found()
    assert traces(_index_contents()) == []


def _index_contents() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT events_words::text FROM events_words")
            return repr(cursor.fetchall())
        return "".join(_contents_of(cursor, table) for table in ("events_words", "events_fragments"))


def _contents_of(cursor: Any, table: str) -> str:
    cursor.execute(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, {table}, row)")
    cursor.execute("SELECT term FROM temp.terms")
    terms = repr(cursor.fetchall())
    cursor.execute(f"SELECT block FROM {table}_data")
    blocks = "".join(bytes(row[0]).decode("latin-1") for row in cursor.fetchall())
    cursor.execute("DROP TABLE temp.terms")
    return terms + blocks


@pytest.mark.django_db
def test_a_hash_is_not_found_by_a_piece_of_itself() -> None:
    make_found()
    hashes = [word[1:] for word in SearchDocument.objects.get().words.split() if word[0] == ":"]
    assert len(hashes) > 5
    for piece in (piece for found in hashes for piece in (found, found[:6], found[3:9])):
        assert not search.matching(Delivery.objects.all(), parse(piece)), piece


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
    # Four digits stand in many a random UUID.
    found = traces(connection.connection.serialize().decode("latin-1"))
    assert [value for value in found if len(value) > 4] == []
