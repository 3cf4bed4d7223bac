"""The sandbox's pages in Chromium: no accessibility violation, no blocked resource, no sideways scrolling."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from events.sandbox.running import Running
from tests.sandbox.talk import payload, post

pytestmark = pytest.mark.browser
PATHS = ("/", "/requests/1", "/requests/2", "/requests/3", "/requests/9")


@pytest.fixture
def visited(sandbox: Running) -> Running:
    post(sandbox)
    post(sandbox, payload(variants=[{"variant_unique_id": "variant_k3R9", "quantity": 0}]))
    post(sandbox, store_id="store_sandbox_markup")
    return sandbox


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_violation(visited: Running, browser: Browser, scheme: str) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    for path in PATHS:
        page.goto(visited.origin + path)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()


def test_a_phone_never_scrolls_sideways_and_the_policy_blocks_nothing(visited: Running, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PATHS[:-1]:
        page.goto(visited.origin + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the stylesheet came"
    assert complaints == []


def test_on_a_phone_a_value_stands_beside_its_label(visited: Running, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(visited.origin)
    cells = page.locator(".received td").evaluate_all(
        "all => all.map(td => [...td.children].map(each => each.getBoundingClientRect().left))"
    )
    assert all(left >= 120 for lefts in cells for left in lefts), cells


def test_the_button_forgets_what_came_in(visited: Running, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(visited.origin)
    page.get_by_role("button", name="Forget all of it").click()
    page.get_by_role("heading", name="Nothing has come in yet.").wait_for()
    assert visited.received == ()
