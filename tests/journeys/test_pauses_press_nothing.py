"""A pause in typing saves and checks; it never presses the button that the hand or the focus has come to by then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.by_browser import compose
from tests.journeys.console import Console
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page(console: Console, browser: Browser) -> Iterator[Page]:
    with window_of(browser, console, console.visitor("marketer")) as window:
        yield window.page()


def test_coming_to_send_by_keyboard_sends_nothing(console: Console, page: Page) -> None:
    page.goto("/compose/")
    event_id = box(page, "Event ID").input_value()
    with page.expect_response("**/compose/**") as paused:
        box(page, "First name").press_sequentially("Wulan")
        page.get_by_role("button", name="Send event").focus()

    assert not paused.value.url.endswith("/send/")
    expect(page.locator("#pane").get_by_text("Wulan")).to_be_visible()
    assert console.received(event_id) == []


def test_sending_from_the_browser_right_after_typing_keeps_to_the_browser(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("""() => {
        document.querySelector("[name=channel][value=browser]").dispatchEvent(new Event("change", {bubbles: true}));
        document.querySelector("#send button").click();
    }""")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Scalev took this event")
    assert [url for url in asked if url.endswith("/send/")] == []
    assert len(console.received(event_id)) == 1
