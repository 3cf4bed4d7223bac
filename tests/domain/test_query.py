"""What people type into the log's search box, and what of it may stand in a URL."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from events.domain.query import MAX_LENGTH, Field, SearchQuery, Term, hashes, moment, parse, redacted


def hasher(kind: str, form: str) -> str:
    digits = sha256(f"{kind}:{form}".encode("utf-8", "surrogatepass")).hexdigest()
    return digits[:12].translate(str.maketrans("0189", "pqrs"))


def terms(text: str) -> list[tuple[Field, str]]:
    return [(term.field, term.value) for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("purchase ord-88213", [(Field.WORD, "purchase"), (Field.WORD, "ord-88213")]),
        ('"is less than"', [(Field.PHRASE, "is less than")]),
        ('"is less', [(Field.PHRASE, "is less")]),
        ('""', []),
        ('store:"Toko Batik"', [(Field.STORE, "Toko Batik")]),
        ("Store:Batik", [(Field.STORE, "Batik")]),
        ("10:42", [(Field.WORD, "10:42")]),
        ("https://toko.contoh.id/produk?x=1#y", [(Field.WORD, "toko.contoh.id/produk")]),
        ("outcome:refused,timed-out", [(Field.OUTCOME, "rejected"), (Field.OUTCOME, "timed_out")]),
        ('outcome:"Not found"', [(Field.OUTCOME, "not_found")]),
        ("outcome:REJECTED", [(Field.OUTCOME, "rejected")]),
        ("outcome:sending", [(Field.OUTCOME, "pending")]),
        ("status:4XX,502", [(Field.STATUS, "4xx"), (Field.STATUS, "502")]),
        ("took:>2s", [(Field.TOOK, ">2s")]),
        ("took:<=500MS", [(Field.TOOK, "<500ms")]),
        ("last:24h", [(Field.LAST, "24h")]),
        ("is:Resend,open", [(Field.IS, "resend"), (Field.IS, "open")]),
        ("country:ID", [(Field.COUNTRY, "id")]),
        ("id:ord-88213", [(Field.ID, "ord-88213")]),
        ("order:ORD-7 host:toko.contoh.id", [(Field.ORDER, "ORD-7"), (Field.HOST, "toko.contoh.id")]),
        ("channel:Browser", [(Field.CHANNEL, "browser")]),
        ("after:2026-11-23", [(Field.AFTER, "2026-11-23")]),
        ("after:2026-11-23 18:00 x", [(Field.AFTER, "2026-11-23T18:00:00"), (Field.WORD, "x")]),
        ("before:2026-11-23 9.05", [(Field.BEFORE, "2026-11-23T09:05:00")]),
        ("after:2026-11-23T18:00 19:00", [(Field.AFTER, "2026-11-23T18:00:00"), (Field.WORD, "19:00")]),
        ("last:7d 19:00", [(Field.LAST, "7d"), (Field.WORD, "19:00")]),
        ('before:"2026-11-23 18:30"', [(Field.BEFORE, "2026-11-23T18:30:00")]),
        ("wulan@contoh.id", [(Field.EMAIL, "wulan@contoh.id")]),
        ("<Wulan@contoh.id>,", [(Field.EMAIL, "Wulan@contoh.id")]),
        ("mailto:wulan@contoh.id", [(Field.EMAIL, "wulan@contoh.id")]),
        ('"dari wulan@contoh.id sore"', [(Field.EMAIL, "wulan@contoh.id"), (Field.PHRASE, "dari sore")]),
        ("081290076543", [(Field.PHONE, "081290076543")]),
        ("+62 812-9007 6543 lunas", [(Field.PHONE, "+62 812-9007 6543"), (Field.WORD, "lunas")]),
        ("62 812 9007 6543", [(Field.PHONE, "62 812 9007 6543")]),
        ('"0812 9007 6543"', [(Field.PHONE, "0812 9007 6543")]),
        ("phone:0812 9007 6543", [(Field.PHONE, "0812 9007 6543")]),
        ("ph:0812 3450 0987", [(Field.PHONE, "0812 3450 0987")]),
        ("Phone: 812 3450 0987 lunas", [(Field.PHONE, "812 3450 0987"), (Field.WORD, "lunas")]),
        ("tel:91 98765 43210 hp:0812 12", [(Field.PHONE, "91 98765 43210"), (Field.PHONE, "0812"), (Field.WORD, "12")]),
        ("6281 2345 00987", [(Field.PHONE, "6281 2345 00987")]),
        ("812 3456 7890", [(Field.PHONE, "812 3456 7890")]),
        ("88213 88214567", [(Field.WORD, "88213"), (Field.PHONE, "88214567")]),
        ("8821 3456 7890", [(Field.WORD, "8821"), (Field.WORD, "3456"), (Field.WORD, "7890")]),
        ("0812–3450–0987", [(Field.PHONE, "0812–3450–0987")]),
        ("\u202a+62\u00a0812\u20113450\u20110987\u202c", [(Field.PHONE, "+62 812\u20113450\u20110987")]),
        ("Kopi – 2026–11–23", [(Field.WORD, "Kopi"), (Field.WORD, "2026–11–23")]),
        ("20261123001", [(Field.PHONE, "20261123001")]),
        ("0812 12", [(Field.WORD, "0812"), (Field.WORD, "12")]),
        ("2026-11-23", [(Field.WORD, "2026-11-23")]),
        ("1250000.00", [(Field.WORD, "1250000.00")]),
        ('name:"Wulan Pertiwi"', [(Field.NAME, "Wulan Pertiwi")]),
    ],
)
def test_what_is_typed_is_read(text: str, expected: list[tuple[Field, str]]) -> None:
    assert terms(text) == expected
    assert parse(text).notes == ()


@pytest.mark.parametrize("text", ["-phone:223344 6281290076543", "-0812 6281290076543"])
def test_a_minus_is_of_the_first_number_alone(text: str) -> None:
    assert [term.negated for term in parse(text).terms] == [True, False]


def test_a_minus_leaves_out() -> None:
    assert [term.negated for term in parse('-pageview -"is less" -store:Sari -a@contoh.id ord-1').terms] == [
        True, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "piece", "place", "words"),
    [
        ("lunas foo:bar", "foo:bar", 6, "no filter called foo:"),
        ("stauts:400", "stauts:400", 0, "Did you mean status:?"),
        ("after:2026-11-23 25:00", "25:00", 17, "like 2026-11-23"),
        ("outcome:baik", "outcome:baik", 0, "There are: accepted"),
        ("status:9", "status:9", 0, "like 400"),
        ("status:4", "status:4", 0, "like 400"),
        ("channel:fax", "channel:fax", 0, "server or browser"),
        ("took:lama", "took:lama", 0, "like >2s"),
        ("took:2s", "took:2s", 0, "like >2s"),
        ("last:kemarin", "last:kemarin", 0, "24h"),
        ("is:baik", "is:baik", 0, "one of resend, open"),
        ("finding:M14", "finding:M14", 0, "three digits"),
        ("group:0", "group:0", 0, "like 14"),
        ("run:empat", "run:empat", 0, "like 14"),
        ("tag:!!", "tag:!!", 0, "letters and digits"),
        ("country:indonesia", "country:indonesia", 0, "two letters"),
        ("x before:kemarin", "before:kemarin", 2, "like 2026-11-23"),
        ("after:2026-02-31", "after:2026-02-31", 0, "like 2026-11-23"),
        ("after:0001-01-01", "after:0001-01-01", 0, "like 2026-11-23"),
        ("store:", "store:", 0, "right behind store:"),
        ("phone:00", "phone:00", 0, "looked up as phone:"),
        ("phone:rumah", "phone:rumah", 0, "looked up as phone:"),
        ("lunas -", "-", 6, "minus"),
        ("hash:email.rahasia", "hash:email.rahasia", 0, "no hidden value"),
        ("store:wulan@contoh.id", "store:wulan@contoh.id", 0, "cannot stand behind store:"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: str, piece: str, place: int, words: str) -> None:
    (note,) = parse(text).notes
    assert (note.piece, note.place) == (piece, place)
    assert words in note.message


def test_a_slip_in_a_filter_keeps_its_value_unless_it_may_be_a_buyers() -> None:
    shown = [str(redacted(parse(text), hasher)) for text in ("stauts:400", "emial:wulan", "nama:wulan", "cuaca:cerah")]
    assert shown == ["stauts:400", "emial:…", "nama:…", "cuaca:…"]


def test_the_rest_of_an_unreadable_query_is_read() -> None:
    assert terms("lunas foo:bar outcome:refused") == [(Field.WORD, "lunas"), (Field.OUTCOME, "rejected")]


def test_a_query_is_read_only_so_far() -> None:
    query = parse("a" * 10 + " b" * MAX_LENGTH)
    assert "Only the first" in query.notes[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "wulan.pertiwi@contoh.id",
        "email:wulan.pertiwi",
        "TEL:812 9007 6543",
        "812 9007 6543",
        '"wulan.pertiwi@contoh.id 0812–9007–6543"',
        "lunas\u200e (0812)\u00a09007‑6543",
        "wulan.pertiwi%40contoh.id",
        "0812-9007-6543",
        "(0812) 9007 6543",
        "(+62) 81290076543",
        "(+62 812) 9007 6543",
        "+62 812 9007 6543 88213",
        "phone:6543",
        "name:wulan",
        "external:wulan-6543",
        '"untuk wulan.pertiwi@contoh.id besok"',
        "https://toko.contoh.id/?nama=wulan&hp=6543",
        "emial:wulan",
        "phone:wulan",
        "before:wulan@contoh.id",
    ],
)
def test_no_buyer_stands_in_what_goes_into_a_url(text: str) -> None:
    written = str(redacted(parse(text), hasher)).casefold()
    for value in ("wulan", "pertiwi", "9007-6543", "6543"):
        assert value not in written


def test_words_stand_in_clear() -> None:
    assert str(redacted(parse('ord-88213 "is less" -purchase outcome:refused'), hasher)) == (
        'ord-88213 "is less" -purchase outcome:refused'
    )


@pytest.mark.parametrize(
    "spelling",
    [
        "6281290076543",
        "\u202a+62\u00a0812\u20119007\u20116543",
        "+62 812-9007-6543",
        "0062 812 9007 6543",
        "62 (0)812-90076543",
    ],
)
def test_a_phone_is_one_value_in_every_spelling(spelling: str) -> None:
    query = redacted(SearchQuery((Term(Field.PHONE, spelling),)), hasher)
    (term,) = query.terms
    phone, number = hashes(term)
    assert phone == (hasher("phone", "6281290076543"),)
    assert number == tuple(hasher("digits", "6281290076543"[at : at + 8]) for at in range(6))


def test_a_name_of_two_words_asks_for_both() -> None:
    (term,) = redacted(parse('-name:"Wulan Pertiwi"'), hasher).terms
    assert term.negated
    assert hashes(term) == ((hasher("name", "wulan"), hasher("name", "pertiwi")),)


def test_a_time_is_read_in_the_given_zone() -> None:
    jakarta = ZoneInfo("Asia/Jakarta")
    after, before, zoned = parse("after:2026-11-23 before:2026-11-23T18:30 before:2026-11-23T18:30Z").terms
    assert moment(after, jakarta) == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert moment(before, jakarta) == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
    assert moment(zoned, jakarta) == datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


PIECES = """purchase|"|-|:|store:|-store:x|email:|-"a b"|name:|foo:| |@|wulan@contoh.id|+62 812 9007 6543|0812|%40|?
after:2026-11-23|18:00|stauts:4|(0
outcome:refused,x|status:4xx|https://|before:2026-11-23|é|\ud800|\x00""".replace("\n", "|").split("|")
TYPED = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map(" ".join)


@given(TYPED)
@example('x -"')
@example("a@b.co-store:x")
def test_a_query_written_out_reads_the_same_again(text: str) -> None:
    hidden = redacted(parse(text), hasher)
    again = parse(str(hidden))
    assert again.terms == hidden.terms
    assert [note.piece for note in again.notes] == [note.piece for note in hidden.notes]
    assert redacted(again, hasher).terms == again.terms
