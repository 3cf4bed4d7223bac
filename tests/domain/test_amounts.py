"""An amount in words becomes the number that it stands for, or stays open: a wrong one would be sent unseen."""

from __future__ import annotations

import pytest

from events.domain.diagnosis.amounts import amount


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Rp 189.000", "189000"),
        ("Rp. 95.300,00", "95300"),
        ("IDR 1,250,000", "1250000"),
        ("189.000 rupiah", "189000"),
        ("Rp 95.300,-", "95300"),
        ("Rp95.300.-", "95300"),
        ("189000", "189000"),
    ],
)
def test_signs_dots_and_the_currencys_own_name_are_left_out(text: str, digits: str) -> None:
    assert amount(text, "IDR") == digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [("95rb", "95000"), ("95K", "95000"), ("Rp 189 ribu", "189000"), ("1,5 juta", "1500000"), ("1.25jt", "1250000")],
)
def test_thousands_and_millions_in_words_are_multiplied_exactly(text: str, digits: str) -> None:
    assert amount(text, "IDR") == digits


@pytest.mark.parametrize(
    "text",
    ["95 pcs", "189.000/kg", "1.500 juta", "diskon 95", "2 x 95.000", "-95.000", "95.000-120.000", "95rb jt", "", "Rp"],
)
def test_what_stands_beside_the_digits_and_is_not_known_leaves_the_amount_open(text: str) -> None:
    assert amount(text, "IDR") == ""


def test_an_amount_in_another_currency_than_the_events_stays_open() -> None:
    assert amount("USD 15", "IDR") == ""
    assert amount("Rp 189.000", "USD") == ""


def test_an_amount_that_names_its_currency_is_read_by_it() -> None:
    assert amount("Rp 189.000", "") == "189000"
    assert amount("189.000", "") == ""


def test_cents_stay_where_there_are_any() -> None:
    assert amount("US$ 1,250.50", "USD") == "1250.50"
