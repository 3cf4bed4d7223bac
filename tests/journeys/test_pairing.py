"""From two halves that Meta counts twice to a pair, by clicking only; with a browser's script and without any."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.composing import AT_BATIK, event_id_of, sent
from tests.journeys.console import Console
from tests.journeys.watching import box, window_of

CALL = "fbq('track', 'AddToCart', {currency: 'IDR'}, {eventID: 'keranjang-88212'});"


@pytest.mark.browser
def test_a_browser_comes_to_a_pair_and_copies_the_call_that_fits(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        window.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=console.origin)
        page = window.page()
        page.goto(AT_BATIK)
        box(page, "First name").fill("Wulan")
        page.get_by_role("button", name="Browser’s half …").click()
        page.get_by_label("The call in your page").fill(CALL)
        page.get_by_role("button", name="Compare").click()
        expect(page.get_by_role("heading", name="No pair")).to_be_visible()
        page.get_by_role("button", name="Take the browser’s over: Event ID").click()
        expect(page.get_by_role("heading", name="A pair: Meta counts these two as one event")).to_be_visible()
        page.get_by_role("button", name="Copy", exact=True).click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert "{eventID: 'keranjang-88212'}" in page.evaluate("navigator.clipboard.readText()")

        page.get_by_role("link", name="← Compose").click()
        expect(box(page, "Event ID")).to_have_value("keranjang-88212")
        expect(box(page, "First name")).to_have_value("Wulan")


def test_without_scripts_it_is_the_same(console: Console) -> None:
    marketer = console.visitor("marketer")
    asked = marketer.press(marketer.open(AT_BATIK), "Browser’s half …")
    compared = marketer.press(asked, "Compare", {"pasted": CALL})
    taken = marketer.press(compared, "Take the browser’s over: Event ID", {"pasted": CALL})
    composer = marketer.follow(taken, "← Compose")

    assert "No pair" in compared.text
    assert "Meta counts these two as one event" in taken.text
    assert event_id_of(composer) == "keranjang-88212"
    delivery = sent(marketer, composer)
    assert marketer.follow(delivery, "Browser’s half").heading == "The browser’s half"
