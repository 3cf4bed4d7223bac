"""A name that somebody gives to a thing others see must not be a buyer's: no e-mail in it, and no phone, even bare."""

from __future__ import annotations

import pytest

from events.domain.matching import holds_contact


@pytest.mark.parametrize(
    "name",
    ["wulan@contoh.id", "Orders of wulan@contoh.id", "+62 812 9007 6543", "812 9007 6543", "Refused 81290076543"],
)
def test_a_name_with_an_email_or_a_phone_holds_a_contact(name: str) -> None:
    assert holds_contact(name)


@pytest.mark.parametrize("name", ["Purchase, cash on delivery", "Refused in week 48", "Since 2026-11-30", "ord-88212"])
def test_a_name_with_other_numbers_holds_none(name: str) -> None:
    assert not holds_contact(name)
