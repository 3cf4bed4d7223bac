from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<form id="all" method="post" action="/send" data-most-bytes="300000">
<textarea name="raw" hx-post="/pause" hx-target="#heard" hx-trigger="input delay:50ms"></textarea>
<p data-too-large hidden>Too large</p><button>Send</button></form><p id="heard">nothing</p>"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    def answer(route: Route) -> None:
        words = f"{len(route.request.post_data or '')} bytes"
        route.fulfill(body=words, content_type="text/html")

    return open_page("too-large", BODY, {"/pause": answer, "/send": answer})


def test_what_is_too_large_is_said_and_stays_on_the_page(page: Page) -> None:
    page.locator("textarea").fill('"' * 110_000)
    expect(page.get_by_text("Too large")).to_be_visible()
    page.get_by_role("button").click()
    page.wait_for_timeout(200)

    expect(page.locator("#heard")).to_have_text("nothing")
    expect(page.locator("textarea")).to_be_visible()


def test_it_is_said_no_longer_once_it_is_shorter(page: Page) -> None:
    page.locator("textarea").fill('"' * 110_000)
    expect(page.get_by_text("Too large")).to_be_visible()
    page.locator("textarea").fill("{}")

    expect(page.get_by_text("Too large")).to_be_hidden()
    expect(page.locator("#heard")).to_have_text("10 bytes")


def test_what_fits_goes_out(page: Page) -> None:
    page.locator("textarea").fill("a" * 110_000)

    expect(page.locator("#heard")).to_have_text("110004 bytes")
    expect(page.get_by_text("Too large")).to_be_hidden()
