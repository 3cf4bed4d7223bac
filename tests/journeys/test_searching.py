"""Finding a delivery again by what people have at hand: never with a buyer's value in an address."""

from __future__ import annotations

from urllib.parse import unquote_plus
from uuid import uuid4

import pytest

from tests.journeys.composing import ITEM, compose_for, delivery_number, sent
from tests.journeys.reading import Page
from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("write", ["0{}", "+62 {}", "62812-{}", "62{}", "(+62) {}", "0062 {}"])
def test_a_phone_in_any_spelling_finds_its_buyer(marketer: Visitor, write: str) -> None:
    rest = _number()
    delivery = sent(marketer, compose_for(marketer), {"Phone": f"62812{rest}"})
    dialled = f"812{rest}" if "812" not in write else f"{rest[:4]}-{rest[4:]}"

    found = _search(marketer, write.format(dialled))

    assert _numbers(found) == [delivery_number(delivery)]
    _names_nobody(marketer, rest, dialled)


def test_an_email_in_any_case_finds_its_buyer(marketer: Visitor) -> None:
    name = f"sekar.{uuid4().hex[:8]}"
    delivery = sent(marketer, compose_for(marketer), {"E-mail": f"{name}@contoh.id"})

    assert _numbers(_search(marketer, f"{name.upper()}@Contoh.id")) == [delivery_number(delivery)]
    assert _numbers(_search(marketer, f"email:{name}")) == [delivery_number(delivery)]
    assert _numbers(_search(marketer, f"{name}@contoh.co.id")) == []
    _names_nobody(marketer, name)


def test_the_shops_own_id_finds_its_buyer(marketer: Visitor) -> None:
    buyer = f"CUST-{uuid4().hex[:8]}"
    delivery = sent(marketer, compose_for(marketer), {"The shop's own ID for this buyer": buyer})

    assert _numbers(_search(marketer, f"external:{buyer}")) == [delivery_number(delivery)]
    _names_nobody(marketer, buyer)


def test_orders_event_names_and_errors_are_found_by_words(marketer: Visitor) -> None:
    order = f"ord{uuid4().hex[:8]}"
    page = marketer.press(compose_for(marketer), "Variant")
    typed = {"Order": order, "events.0.event_name": "LihatKeranjang", "Line 1: quantity": "0"}
    page = marketer.press(page, "Check", typed)
    delivery = marketer.press(page, "Send anyway, to see Scalev’s answer")

    for words in (
        order,
        f"{order} LihatKeranjang",
        f"{order} outcome:refused",
        f"{order} status:4xx",
        f"{order} quantity",
    ):
        assert _numbers(_search(marketer, words)) == [delivery_number(delivery)], words
    assert _numbers(_search(marketer, f"{order} outcome:accepted")) == []


def test_from_a_phone_number_to_the_cause_of_a_missing_purchase_in_three_actions(
    marketer: Visitor, support: Visitor
) -> None:
    rest = _number()
    sent(marketer, compose_for(marketer), {"Phone": f"62812{rest}", "events.0.event_name": "PageView"})
    page = marketer.press(compose_for(marketer), "Variant")
    line = {"Line 1: unique ID": ITEM, "Line 1: quantity": "0"}
    page = marketer.press(page, "Check", {"Phone": f"62812{rest}", "events.0.event_name": "Purchase", **line})
    marketer.press(page, "Send anyway, to see Scalev’s answer")

    log = support.open("/log/")
    found = support.press(log, "Search", {"q": f"0812-{rest[:4]}-{rest[4:]}"})
    (purchase,) = [row for row in found.root.all("tr") if "Purchase" in row.text]
    cause = support.open(next(link.attrs["href"] for link in purchase.all("a") if "row-link" in link.classes))

    assert "Refused" in purchase.text
    assert "Scalev refused this request: line 1 has quantity 0" in cause.heading
    _names_nobody(support, rest)


def test_a_search_that_finds_nothing_says_so_and_leads_on(marketer: Visitor) -> None:
    page = _search(marketer, f"tidakada{uuid4().hex}")

    assert "Nothing matches" in page.text
    assert page.link("Clear search and filters") == "/log/"


def _number() -> str:
    """The last eight digits of a phone that no other test uses."""
    return f"{uuid4().int % 10**8:08}"


def _search(visitor: Visitor, words: str) -> Page:
    return visitor.press(visitor.open("/log/"), "Search", {"q": words})


def _numbers(page: Page) -> list[int]:
    links = page.of_class("row-link")
    return [int(each.attrs["href"].split("/")[2]) for each in links]


def _names_nobody(visitor: Visitor, *values: str) -> None:
    """No address that the browser came by holds one of these, the ones it was sent on to among them."""
    addresses = [each.url for each in visitor.seen] + [each.headers.get("Location", "") for each in visitor.seen]
    for value in values:
        assert not [each for each in addresses if value.lower() in unquote_plus(each).lower()]
