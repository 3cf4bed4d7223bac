"""E-mails and phones as people and spreadsheets write them: what is said, and what one click would put there."""

from __future__ import annotations

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.finding import Finding, Severity
from events.domain.meta_forms import compared

SHOP = Circumstances(country="id", currency="IDR")


def said(known: Circumstances = SHOP, **buyer: str) -> list[Finding]:
    """The remarks on this buyer's e-mail or phone."""
    key = next(iter(buyer))
    payload = Example("", {"buyer": buyer}, {}).provoking
    return [finding for finding in review(payload, known) if finding.path == ("user_data", key)]


def fixed(finding: Finding) -> object:
    return finding.fix[0].value if finding.fix else None


@pytest.mark.parametrize(
    ("phone", "whole"),
    [
        ("81290076543", "6281290076543"),
        ("812-9007-6543", "6281290076543"),
        ("82190076543", "6282190076543"),
        ("85290076543", "6285290076543"),
    ],
)
def test_a_phone_without_zero_is_read_by_the_country_that_the_buyer_is_of(phone: str, whole: str) -> None:
    (finding,) = said(ph=phone, country="id")

    assert (finding.code, finding.severity, fixed(finding)) == ("M001", Severity.WARNING, whole)


def test_by_the_shops_country_alone_a_phone_that_could_be_anothers_is_only_guessed_at() -> None:
    (finding,) = said(ph="81290076543")

    assert (finding.code, finding.severity, fixed(finding)) == ("M001", Severity.HINT, "6281290076543")
    assert "+81" in finding.message
    assert "inference" in finding.evidence


@pytest.mark.parametrize("phone", ["+81290076543", "0081290076543", "6281290076543", "6591234567", "60123456789"])
def test_a_phone_with_its_countrys_code_is_left_alone(phone: str) -> None:
    assert said(ph=phone, country="id") == []


def test_a_phone_that_was_cut_behind_its_countrys_code_gets_no_second_one() -> None:
    assert [fixed(finding) for finding in said(ph="6281290076", country="id")] == [None]


@pytest.mark.parametrize(
    ("phone", "whole"),
    [("6,28129E+12", None), ("6281290076543,0", "6281290076543"), ("81290076543.0", "6281290076543")],
)
def test_what_a_spreadsheet_made_of_a_phone_is_told_in_its_own_locale_too(phone: str, whole: str | None) -> None:
    (finding,) = said(ph=phone)

    assert (finding.code, fixed(finding)) == ("M004", whole)


def test_two_phones_are_told_by_what_stands_between_them() -> None:
    assert [finding.code for finding in said(ph="081290076543, 081290076544")] == ["M015"]


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("wulan@contoh,id", "M006"),
        ("wulan@contoh.id,dewi@contoh.id", "M015"),
        ("wulan@contoh.id dewi@contoh.id", "M015"),
        ("wulan@@contoh.id", "M006"),
    ],
)
def test_only_a_second_sign_makes_a_second_email(email: str, code: str) -> None:
    assert [(finding.code, finding.fix) for finding in said(em=email)] == [(code, ())]


@pytest.mark.parametrize("email", ["wulan.pertiwi @contoh.id", "<wulan.pertiwi@contoh.id>", "wulan.pertiwi@contoh.id."])
def test_what_stands_around_an_email_is_taken_off(email: str) -> None:
    assert [fixed(finding) for finding in said(em=email)] == ["wulan.pertiwi@contoh.id"]


def test_what_stood_in_a_blanks_place_between_two_words_is_not_guessed() -> None:
    assert [(finding.code, finding.fix) for finding in said(em="wulan pertiwi@contoh.id")] == [("M006", ())]


@pytest.mark.parametrize("email", ["wulan@toko_batik.id", "wulan@-toko.id", "wulan..p@contoh.id", "wulan@contoh.id"])
def test_the_remark_and_the_comparison_take_the_same_texts_for_emails(email: str) -> None:
    (form,) = compared(Example("", {"buyer": {"em": email}}, {}).provoking)

    assert (form.builder is None) is bool(said(em=email))
