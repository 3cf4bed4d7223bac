"""Erasing a buyer: hers goes from every row, and what is others' stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.buyer import Buyer
from events.domain.query import parse
from events.domain.tree import Json, read
from events.models import Body, Delivery, Draft, ErrorGroup, Note, SavedSearch, Tag, erasure, search
from events.models.audit import Act, AuditEntry, record
from tests.factories import make_body, make_delivery, make_person, make_store
from tests.models.erasures import EMAIL, EXTERNAL, HERS, OTHERS, PHONE, erase, sent

pytestmark = pytest.mark.django_db


def found(text: str) -> set[Delivery]:
    return set(search.matching(Delivery.objects.all(), parse(text)))


def test_the_row_stays_for_the_count_and_holds_nothing_of_her() -> None:
    delivery = sent(HERS)
    erase(email=EMAIL)
    delivery.refresh_from_db()
    assert (bytes(delivery.buyer), delivery.event_ids, delivery.error) == (b"", [], "")
    assert (delivery.outcome, delivery.event_names, delivery.event_count) == ("accepted", ["Purchase"], 1)
    assert delivery.erased_at is not None
    assert not Body.objects.exists()


@pytest.mark.parametrize("text", [EMAIL, "0812-9007-6543", EXTERNAL, "name:wulan", "ord-88213", "INV-88213", "odd"])
def test_no_search_finds_her_any_more(text: str) -> None:
    delivery = sent(HERS)
    assert found(text) == {delivery}
    erase(email=EMAIL)
    assert found(text) == set()


def test_what_is_no_persons_is_still_searched() -> None:
    delivery = sent(HERS)
    erase(email=EMAIL)
    for text in ("event:Purchase", "outcome:accepted", "status:204", "is:erased", "purchase"):
        assert found(text) == {delivery}, text


def test_other_buyers_stay_as_they_were() -> None:
    sent(HERS)
    other = sent(OTHERS, 88214)
    before = (bytes(other.body.request), Delivery.objects.filter(pk=other.pk).values().get())
    erase(email=EMAIL)
    assert (bytes(Body.objects.get().request), Delivery.objects.filter(pk=other.pk).values().get()) == before
    for text in ("budi.santoso@contoh.id", "email:contoh.id", "ord-88214"):
        assert found(text) == {other}, text


@pytest.mark.parametrize("known", [{"email": EMAIL}, {"phone": "0812 9007-6543"}, {"external_id": "CUST-0093"}])
def test_any_of_what_she_is_known_by_will_do(known: dict[str, str]) -> None:
    sent(HERS)
    assert erase(**known).count == 1


def test_a_part_that_she_shares_with_others_finds_nobody() -> None:
    """The last digits of a phone are indexed, too, and belong to many."""
    sent(HERS)
    assert erase(phone="99006543").count == 0


def test_where_an_error_or_a_parameter_names_her_she_goes_too() -> None:
    in_parameter = make_delivery()
    search.index(in_parameter, read(f'{{"events": [{{"parameters": {{"note": "call {EMAIL}"}}}}]}}'))
    in_error = make_delivery()
    search.index(in_error, None, f"{EMAIL} is not known")
    assert erase(email=EMAIL).count == 2


def test_what_waits_for_its_answer_is_left() -> None:
    waiting = sent(HERS, outcome="pending")
    assert erasure.preview(Buyer(email=EMAIL)).open == 1
    assert erase(email=EMAIL).count == 0
    waiting.refresh_from_db()
    assert waiting.erased_at is None


def test_an_answer_that_comes_late_is_not_written_down() -> None:
    delivery = sent(HERS, outcome="interrupted", duration_ms=None)
    attempt = delivery.attempt
    erase(email=EMAIL)
    delivery.refresh_from_db()
    assert delivery.attempt != attempt


def test_notes_and_tags_of_her_deliveries_go_and_others_stay() -> None:
    hers, other = sent(HERS), sent(OTHERS, 88214)
    for delivery, text in ((hers, "Bu Wulan called"), (other, "paid twice"), (other, f"same as {EMAIL.upper()}")):
        note = Note(delivery=delivery, at=timezone.now())
        note.keep(text)
        note.save()
        Tag.objects.create(delivery=delivery, word=f"tag{note.pk}", at=timezone.now())
    erase(email=EMAIL)
    assert [note.text() for note in Note.objects.all()] == ["paid twice"]
    assert {tag.delivery for tag in Tag.objects.all()} == {other}


@pytest.mark.parametrize("content", [f"em={EMAIL}", "em=wulan.pertiwi%40contoh.id", '{"ph": "+62 812 9007 6543"}'])
def test_a_draft_that_names_her_goes(content: str) -> None:
    hers, other = (Draft(person=make_person(), created_at=timezone.now()) for _ in range(2))
    hers.keep(f"{content}&ph=%2B62+812-9007-6543", timezone.now())
    other.keep("em=budi.santoso%40contoh.id", timezone.now())
    assert erasure.preview(Buyer(email=EMAIL, phone=PHONE)).elsewhere == 1
    erase(email=EMAIL, phone=PHONE)
    assert list(Draft.objects.all()) == [other]


@pytest.mark.parametrize(
    "text", [EMAIL, "phone:081290076543", "name:wulan", "id:ord-88213-Purchase", "order:INV-88213"]
)
def test_a_saved_search_for_her_goes(text: str) -> None:
    sent(HERS)
    person, query = make_person(), search.hidden(parse(text))
    values = {"by": person, "created_at": timezone.now()}
    SavedSearch.objects.create(name="hers", query=f"q={query}", **values)
    other = SavedSearch.objects.create(name="shop", query=f"q={search.hidden(parse('email:contoh.id'))}", **values)
    sent(OTHERS, 88214)
    erase(email=EMAIL)
    assert list(SavedSearch.objects.all()) == [other]


def test_the_records_keep_what_was_done_without_her() -> None:
    sent(HERS)
    hidden = str(search.hidden(parse(EMAIL)))
    record(Act.EXPORTED, by=None, target=hidden, url=f"/log/?q={hidden}", reason=f"{EMAIL} wrote to us")
    record(Act.BUYER_SHOWN, by=None, target="#1 · Toko Batik", reason="She called")
    erase(email=EMAIL)
    done, shown, exported = AuditEntry.objects.all()
    assert (exported.target, exported.target_url, exported.reason) == ("hash:email.•••", "", "••• wrote to us")
    assert shown.reason == "She called"
    assert (done.act, done.target, done.reason) == ("buyer_erased", "1 delivery, 1 other entries", "She asked for it")


def test_a_group_forgets_her_in_its_sentence() -> None:
    group = ErrorGroup.objects.create(
        store=make_store(), digest="1", outcome="rejected", sentence=f"{EMAIL} is odd", first_seen_at=timezone.now()
    )
    erase(email=EMAIL)
    group.refresh_from_db()
    assert group.sentence == "••• is odd"


def test_a_look_changes_nothing_and_says_what_there_is() -> None:
    store = make_store("Toko Batik")
    sent(HERS, store=store, created_at=timezone.now() - timedelta(days=3))
    last = sent(HERS, 88214, store)
    preview = erasure.preview(Buyer(email=EMAIL))
    assert (preview.count, preview.open, preview.stores) == (2, 0, (("Toko Batik", 2),))
    assert preview.last_at == last.created_at
    assert not Delivery.objects.exclude(erased_at=None).exists()


def _everything() -> str:
    """Every row of every table, and the index's own terms where it has tables of its own."""
    names = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            rows.append(repr([tuple(map(_plain, row)) for row in cursor.fetchall()]))
    return "\n".join(rows)


def _plain(value: object) -> object:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value


SPELLINGS = st.sampled_from(
    ["6281290076543", "+62 812-9007-6543", "0812 9007 6543", "081290076543", "+62 (0)812 9007 6543", "81290076543"]
)


@settings(max_examples=15)
@given(kept=SPELLINGS, typed=SPELLINGS, upper=st.booleans(), by_phone=st.booleans())
def test_in_whatever_spelling_no_row_of_any_table_tells_of_her(
    kept: str, typed: str, upper: bool, by_phone: bool
) -> None:
    email = EMAIL.upper() if upper else EMAIL
    sent(HERS.replace(EMAIL, email).replace(PHONE, kept))
    other = sent(OTHERS, 88214)
    hers = _traces()
    assert hers
    erase(**({"phone": typed} if by_phone else {"email": EMAIL}))
    for _step in search.compact():
        pass
    left = _everything()
    assert [trace for trace in hers if trace in left] == []
    assert found("budi.santoso@contoh.id") == {other}
    Delivery.objects.all().delete()
    AuditEntry.objects.all().delete()


def _traces() -> list[str]:
    """What of her stands in the database so that it could be found by looking: hashes of hers alone, and IDs."""
    mine, others = search.SearchDocument.objects.order_by("pk")
    traces = [*(word[1:] for word in mine.hashes - others.hashes), *mine.ids, "ord-88213-Purchase"]
    before = _everything()
    assert all(trace in before for trace in traces)
    return traces


def test_a_payload_that_is_no_json_is_erased_with_its_row() -> None:
    payload: Json = None
    delivery = make_delivery()
    make_body(delivery, b"em=wulan.pertiwi@contoh.id")
    search.index(delivery, payload, f"unknown {EMAIL}")
    assert erase(email=EMAIL).count == 1
    assert not Body.objects.exists()
