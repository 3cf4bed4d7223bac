"""A landing page's click ID is the payload's, or another one, or not there yet: each is said with what to do."""

from __future__ import annotations

import json

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import NOW
from events.domain.landing import Landed, Standing, landed
from events.domain.payload import Payload

CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
SHOP = "https://batiknusantara.contoh.id/"
FBC = f"fb.1.1795402700000.{CLICK}"
ARRIVED = f"{SHOP}?fbclid={CLICK}"


def beside(url: str, fbc: object = None) -> Landed:
    payload = Payload.from_json(json.dumps({"user_data": {"fbc": fbc} if fbc else {}, "events": []}))
    return landed(url, review(payload, Circumstances(now=NOW, landing_url=url)))


def test_without_a_landing_page_nothing_is_said() -> None:
    assert beside("", FBC) == Landed(Standing.EMPTY)


def test_the_same_letters_are_the_same_click() -> None:
    assert beside(ARRIVED, FBC).standing is Standing.SAME


def test_a_missing_click_id_is_built_by_the_fix_of_its_finding() -> None:
    found = beside(ARRIVED)

    assert (found.standing, found.fix) == (Standing.MISSING, "M045:/user_data/fbc")
    assert "its time is this moment" in found.sentence


def test_a_click_id_without_its_cookie_is_built_by_the_fix_of_its_finding() -> None:
    found = beside(ARRIVED, f" {CLICK}")

    assert (found.standing, found.fix) == (Standing.MISSING, "M049:/user_data/fbc")
    assert "without the cookie that Meta wants around it" in found.sentence


def test_another_click_id_is_taken_over_by_the_fix_of_its_finding() -> None:
    found = beside(ARRIVED, FBC.lower())

    assert (found.standing, found.fix) == (Standing.DIFFERS, "M044:/user_data/fbc")
    assert "capital letters" in found.sentence


@pytest.mark.parametrize(
    ("url", "fbc", "said"),
    [
        (SHOP, FBC, "No `fbclid=` stands in this address"),
        (f"{SHOP}?fbclid={CLICK}", f"fb.1.1795402700.{CLICK}", "has not the form of Meta's cookie"),
    ],
)
def test_what_cannot_be_compared_is_said_to_be_so(url: str, fbc: object, said: str) -> None:
    found = beside(url, fbc)

    assert (found.standing, found.fix) == (Standing.OPEN, "")
    assert said in found.sentence


def test_a_click_id_that_was_encoded_is_not_built_from() -> None:
    found = beside(f"{SHOP}?fbclid=IwAR2%2Dabc")

    assert (found.standing, found.fix) == (Standing.MISSING, "")
    assert "was encoded on its way" in found.sentence
