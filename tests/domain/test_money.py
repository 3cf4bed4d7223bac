"""Value, currency and what Meta lists for an event: missing, empty, or of another kind than a number or a text."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.finding import Severity

SHOP = Circumstances(country="id", currency="IDR")
SHIRT = [{"id": "KMJ-BTK-L", "quantity": 1}]


def said(name: str, **parameters: Any) -> dict[str, Any]:
    """By code, what the fix of each remark puts into its place."""
    payload = Example("", {"event": {"event_name": name}, "parameters": {"contents": SHIRT} | parameters}, {}).provoking
    return {finding.code: finding.fix[0].value if finding.fix else None for finding in review(payload, SHOP)}


@pytest.mark.parametrize("currency", [360, True, {}, ["IDR"]])
@pytest.mark.parametrize("name", ["Purchase", "Lead"])
def test_a_currency_that_is_no_text_is_no_currency(name: str, currency: Any) -> None:
    assert "M022" in said(name, currency=currency)


@pytest.mark.parametrize("parameters", [{"value": ""}, {"value": "", "currency": ""}, {"value": ...}])
def test_an_event_that_could_be_worth_something_says_what(parameters: dict[str, Any]) -> None:
    assert "M038" in said("AddToCart", **parameters)


@pytest.mark.parametrize("currency", ["", None, ...])
def test_a_value_without_its_currency_is_spoken_of_once(currency: Any) -> None:
    assert said("AddToCart", currency=currency) == {"M024": "IDR"}


def test_a_parameter_that_is_sent_empty_is_better_left_out() -> None:
    assert set(said("Lead", order_id="", content_name=None)) == {"M013"}
    assert set(said("Lead", value="", currency=...)) == {"M013"}
    assert "M013" not in said("Purchase", value="")


def test_a_search_without_its_words_says_little() -> None:
    assert "M038" in said("Search")
    assert said("Search", search_string="kemeja batik") == {}


@pytest.mark.parametrize(("worth", "meant"), [("abc", None), ("Rp 2.500.000", "2500000")])
def test_what_a_buyer_may_be_worth_is_a_number_too(worth: str, meant: str | None) -> None:
    number = said("Subscribe", predicted_ltv=worth)["M021"]

    assert (number and number.text) == meant


def test_a_value_in_words_is_mended_with_all_others_to_what_it_says() -> None:
    payload = Example("", {"parameters": {"value": "95rb"}}, {}).provoking
    (finding,) = review(payload, SHOP)

    assert (finding.severity, str(finding.fix[0].value.text)) == (Severity.WARNING, "95000")  # type: ignore[union-attr]
