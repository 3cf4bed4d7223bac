"""The same composition down both channels, and the two exchanges beside each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.by_browser import KEPT_FROM_PAGE, compose, expect_complaints
from tests.journeys.console import Console
from tests.journeys.watching import Window, box, window_of

pytestmark = pytest.mark.browser


@pytest.fixture
def window(console: Console, browser: Browser) -> Iterator[Window]:
    with window_of(browser, console, console.visitor("marketer")) as opened:
        yield opened


@pytest.fixture
def page(window: Window) -> Page:
    return window.page()


def send_both(page: Page, *, same_id: bool = False) -> None:
    page.get_by_text("Send down both channels, to compare").click()
    if same_id:
        page.get_by_label(re.compile("The same event ID, on purpose")).check()
    page.get_by_role("button", name="Send down both channels").click()
    expect(page).to_have_url(re.compile(r"/log/\d+/beside/\d+/"))


def event_ids(console: Console, order: str) -> list[tuple[str, bool]]:
    """The event IDs that reached the sandbox with this order, oldest first, and whether a browser brought them."""
    return [
        (
            json.loads(each["body"])["events"][0]["event_id"],
            "origin" in {name.lower() for name, _ in each["headers"]},
        )
        for each in reversed(console.received(order))
    ]


def test_the_server_sends_first_then_the_browser_under_an_id_of_its_own(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    box(page, "Order").fill(f"order-{event_id}")
    send_both(page)

    (first, by_server), (second, by_browser) = event_ids(console, f"order-{event_id}")
    assert (first, by_server, by_browser) == (event_id, False, True)
    assert second != event_id


def test_on_purpose_both_carry_the_same_id(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    box(page, "Order").fill(f"order-{event_id}")
    send_both(page, same_id=True)
    assert event_ids(console, f"order-{event_id}") == [(event_id, False), (event_id, True)]


def test_two_columns_show_what_scalev_saw_of_each_caller_and_mark_what_differs(console: Console, page: Page) -> None:
    compose(page, console)
    send_both(page)
    table = page.locator("table.beside")
    expect(table.get_by_role("columnheader")).to_contain_text(["Server", "Browser"])
    expect(table).to_contain_text(console.origin)
    expect(table).to_contain_text("Mozilla/5.0")
    expect(table.get_by_text("differs").first).to_be_visible()


def test_a_browser_that_is_blocked_stands_beside_a_server_that_is_not(
    console: Console, window: Window, page: Page
) -> None:
    compose(page, console, "Sandbox: origin not registered")
    send_both(page)
    expect_complaints(window, KEPT_FROM_PAGE)
    table = page.locator("table.beside")
    expect(table.get_by_text("Accepted")).to_be_visible()
    expect(table.get_by_text("Interrupted")).to_be_visible()


def test_pressing_twice_sends_one_pair(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    box(page, "Order").fill(f"order-{event_id}")
    page.get_by_text("Send down both channels, to compare").click()
    page.get_by_role("button", name="Send down both channels").dblclick()
    expect(page).to_have_url(re.compile(r"/log/\d+/beside/\d+/"))
    assert len(event_ids(console, f"order-{event_id}")) == 2


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_comparison_is_for_everybody(console: Console, page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    compose(page, console)
    send_both(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
