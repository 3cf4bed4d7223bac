"""What a catalogue's items come to, and how two lists of them differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from events.domain.catalogue import VARIANTS, Item, amount, difference, folded, total

SHIRT = Item("variant_k3R9vQ2", VARIANTS, "Kemeja Batik Parang · L", price="149000", currency="IDR")
SARONG = Item("variant_8ZtSarung", VARIANTS, "Sarung Megamendung", price="95300.50")


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [
        ("149000", "IDR", "Rp 149.000"),
        ("95300.50", "IDR", "Rp 95.300,50"),
        ("12.50", "USD", "USD 12.50"),
        ("1200", "", "1,200"),
        ("", "IDR", ""),
    ],
)
def test_a_price_is_written_as_its_country_does(price: str, currency: str, shown: str) -> None:
    assert amount(price, currency) == shown


def test_quantities_multiply_prices_exactly() -> None:
    assert total([(SHIRT, "2"), (SARONG, "1")], "IDR") == "Rp 393.300,50"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [(SHIRT, "1"), (None, "1")],
        [(replace(SHIRT, price=""), "1")],
        [(replace(SHIRT, currency="USD"), "1")],
        [(SHIRT, "")],
        [(SHIRT, "²")],
        [(SHIRT, "1.5")],
    ],
)
def test_there_is_no_total_of_what_is_not_known(lines: list[tuple[Item | None, str]]) -> None:
    assert total(lines, "IDR") == ""


def test_a_difference_says_what_comes_changes_and_goes() -> None:
    change = difference([SHIRT, SARONG], [replace(SHIRT, price="159000"), replace(SHIRT, unique_id="variant_baru")])

    assert (change.new, change.changed, change.same, change.gone) == (1, 1, 0, 1)
    assert change.words == "1 new, 1 changed, 1 gone"


def test_words_are_searched_in_one_line_letter_case_aside() -> None:
    assert folded("Kemeja  BATIK\n", "KBP-L") == "kemeja batik kbp-l"
