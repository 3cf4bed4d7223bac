"""A resend from this browser, wherever a delivery is shown; and what is read where it is not to be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.by_browser import compose, ends_as, press_send
from tests.journeys.composing import compose_for, delivery_number, sent
from tests.journeys.console import Console
from tests.journeys.watching import window_of

pytestmark = pytest.mark.browser

NEEDS_SCRIPTS = "Sending from your own browser needs JavaScript"


@pytest.fixture
def page(console: Console, browser: Browser) -> Iterator[Page]:
    with window_of(browser, console, console.visitor("marketer")) as window:
        yield window.page()


def sent_from_here(page: Page, console: Console) -> tuple[int, str]:
    event_id = compose(page, console)
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")
    return int(page.url.rstrip("/").rpartition("/")[2]), event_id


def test_beside_the_list_it_is_two_presses_away(console: Console, page: Page) -> None:
    number, event_id = sent_from_here(page, console)
    page.goto(f"/log/?open={number}")
    page.get_by_role("link", name="Resend from this browser …").click()
    expect(page.locator(".verdict")).to_contain_text("Scalev sees your own address and browser")
    page.get_by_role("button", name="from this browser").click()
    ends_as(page, "Scalev took this event for delivery.")

    _again, first = console.received(event_id)[:2]
    assert "origin" in {name.lower() for name, _ in first["headers"]}


def test_without_scripts_a_deliverys_page_says_why_the_button_is_not_there(console: Console, browser: Browser) -> None:
    marketer = console.visitor("marketer")
    number = delivery_number(sent(marketer, compose_for(marketer)))
    with window_of(browser, console, marketer, scripts=False) as window:
        page = window.page()
        for path in (f"/log/{number}/", f"/log/{number}/resend/"):
            page.goto(path)
            expect(page.get_by_text(NEEDS_SCRIPTS)).to_be_visible()
            expect(page.get_by_role("button", name="from this browser")).to_have_count(0)
            expect(page.get_by_text("Scalev sees your own address")).to_be_hidden()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_both_channels_are_explained_to_everybody(console: Console, page: Page, scheme: str, width: int) -> None:
    number, _event_id = sent_from_here(page, console)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    for path in (f"/log/{number}/", f"/log/{number}/resend/"):
        page.goto(path)
        expect(page.get_by_role("button", name="from this browser")).to_be_visible()
        expect(page.get_by_text(NEEDS_SCRIPTS)).to_be_hidden()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
