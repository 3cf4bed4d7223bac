"""Erasing a buyer by one of her values: what others wrote of her in other words goes, too."""

from __future__ import annotations

import pytest
from django.utils import timezone

from events.domain.buyer import Buyer
from events.models import Delivery, Note, SavedSearch, erasure
from events.models.audit import Act, AuditEntry, record
from tests.factories import make_body, make_person
from tests.models.erasures import EMAIL, EXTERNAL, HERS, OTHERS, erase, sent

pytestmark = pytest.mark.django_db


def note(delivery: Delivery, text: str) -> Note:
    written = Note(delivery=delivery, at=timezone.now())
    written.keep(text)
    written.save()
    return written


@pytest.mark.parametrize(
    "text", ["Same as Wulan Pertiwi?", "WULAN%20PERTIWI", "call 0812-9007-6543", f"is {EXTERNAL} paid?"]
)
def test_a_note_elsewhere_that_names_her_in_other_words_goes(text: str) -> None:
    sent(HERS)
    note(sent(OTHERS, 88214), text)
    erase(email=EMAIL)
    assert not Note.objects.exists()


@pytest.mark.parametrize("text", ["Wulan called", "Bu Pertiwi paid", "Wulansari Pertiwi-Jaya", "aisle c-93"])
def test_one_word_of_her_name_is_not_taken_for_her(text: str) -> None:
    sent(HERS.replace("cust-0093", "c-93"))
    kept = note(sent(OTHERS, 88214), text)
    erase(email=EMAIL)
    assert Note.objects.get() == kept


def test_a_phone_that_another_delivery_has_too_is_not_hers_alone() -> None:
    sent(HERS)
    other = sent(OTHERS.replace("6281355501234", "081290076543"), 88214)
    kept = note(other, "call +62 812 9007 6543")
    assert erasure.preview(Buyer(email=EMAIL)).shared == ("phone",)
    assert erase(email=EMAIL).shared == ("phone",)
    assert Note.objects.get() == kept


def test_a_buyer_in_whose_delivery_she_was_only_named_is_not_taken_for_her() -> None:
    sent(f'{{"fn": "Budi", "ln": "Santoso", "ct": "{EMAIL}"}}')
    kept = note(sent("{}", 88214), "Budi Santoso called")
    assert erase(email=EMAIL).count == 1
    assert Note.objects.get() == kept


def test_a_saved_search_for_another_of_her_values_goes_with_its_name() -> None:
    sent(HERS)
    values = {"by": make_person(), "created_at": timezone.now()}
    SavedSearch.objects.create(name="Follow Wulan Pertiwi", query="q=outcome%3Arejected", **values)
    SavedSearch.objects.create(name="hers", query=f"q={EXTERNAL}", **values)
    other = SavedSearch.objects.create(name="Refused", query="q=outcome%3Arejected", **values)
    erase(email=EMAIL)
    assert list(SavedSearch.objects.all()) == [other]


def test_a_reason_that_names_her_stays_without_her() -> None:
    sent(HERS)
    record(Act.BUYER_SHOWN, by=None, target="#1", reason="Wulan Pertiwi, 081290076543, misses her Purchase")
    erase(email=EMAIL)
    assert AuditEntry.objects.get(act=Act.BUYER_SHOWN).reason == "•••, •••, misses her Purchase"


def test_a_look_counts_what_the_erasure_will_remove() -> None:
    hers, other = sent(HERS), sent(OTHERS, 88214)
    for delivery, text in (
        (hers, "Wulan Pertiwi called"),
        (hers, "paid"),
        (other, f"also {EXTERNAL}"),
        (other, "paid"),
    ):
        note(delivery, text)
    record(Act.BUYER_SHOWN, by=None, target="#1", reason="0812 9007 6543 called")
    counted = erasure.preview(Buyer(email=EMAIL)).elsewhere
    assert counted == erase(email=EMAIL).elsewhere == 4


def test_a_look_at_more_than_it_may_read_opens_none() -> None:
    note(sent(HERS), "Wulan Pertiwi called")
    found = erasure.preview(Buyer(email=EMAIL), most=0)
    assert (found.count, found.elsewhere) == (1, 0)


@pytest.mark.parametrize("text", ["Wulan asked by mail", "Bu Pertiwi asked", "+62 812-9007-6543 asked", EXTERNAL])
def test_the_reason_of_the_erasure_names_her_in_no_word(text: str) -> None:
    sent(HERS)
    without_her = erasure.preview(Buyer(email=EMAIL)).without_her
    assert without_her(text) != text
    assert without_her("She asked by mail") == "She asked by mail"


def test_a_body_that_cannot_be_opened_teaches_nothing_and_goes() -> None:
    hers = sent(HERS)
    hers.body.delete()
    make_body(hers, b"no JSON")
    assert erase(email=EMAIL).count == 1
