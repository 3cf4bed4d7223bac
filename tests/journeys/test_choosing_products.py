"""A shop's products are pasted once; from then on a line is chosen by its name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.composing import delivery_number
from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.test_stores_and_keys import new_key, new_store
from tests.journeys.watching import box, drawn_with, window_of
from tests.products import PARANG_L, payload

pytestmark = pytest.mark.browser


def stocked(console: Console) -> Page:
    """The products' page of a new store that can be sent to."""
    admin = console.visitor("admin")
    store = new_store(admin)
    admin.press(store, "Add the key", {"Storefront key": new_key()})
    return admin.open(f"{store.url}products/")


def test_a_variant_is_found_by_its_name_and_sent(console: Console, browser: Browser) -> None:
    products = stocked(console).url
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(products)
        box(page, "Product payload").fill(payload())
        page.get_by_role("button", name="Look what is in it").click()
        expect(page.get_by_text("3 new, 0 changed")).to_be_visible()
        page.get_by_role("button", name="Read them in").click()
        page.get_by_role("link", name="Compose for this store").click()

        page.get_by_role("button", name="Variant").click()
        drawn_with(box(page, "Line 1: quantity"))
        box(page, "Line 1: quantity").fill("2")
        box(page, "Line 1: unique ID").press_sequentially("parang l")
        page.get_by_role("list", name="Choose an item").get_by_role("button", name="Kemeja Batik Parang · L").click()

        expect(box(page, "Line 1: unique ID")).to_have_value(PARANG_L)
        expect(box(page, "Line 1: quantity")).to_have_value("2")
        expect(box(page, "Line 1: quantity")).to_be_focused()
        expect(page.locator("#cart-total")).to_contain_text("Rp 298.000")
        event_id = box(page, "Event ID").input_value()
        page.get_by_role("button", name="Send event").click()
        expect(page).to_have_url(re.compile(r"/log/\d+/"))

    (received,) = console.received(event_id)
    assert f'"variants":[{{"variant_unique_id":"{PARANG_L}","quantity":2}}]' in received["body"]


def test_a_variant_is_chosen_without_scripts(console: Console) -> None:
    products, marketer = stocked(console), console.visitor("marketer")
    asked = marketer.press(marketer.open(products.url), "Look what is in it", {"Product payload": payload()})
    form = marketer.follow(marketer.press(asked, "Read them in"), "Compose for this store")

    form = marketer.press(marketer.press(form, "Variant"), "Check", {"Line 1: unique ID": "parang l"})
    form = marketer.press(form, "Kemeja Batik Parang · L")

    assert form.value("Line 1: unique ID") == PARANG_L
    assert delivery_number(marketer.press(form, "Send event"))
