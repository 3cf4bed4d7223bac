from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = (
    '<details class="menu"><summary>More</summary><a href="#log">Log</a></details><p>Elsewhere</p><a href="#b">On</a>'
)


@pytest.fixture
def menu_page(open_page: OpenPage) -> Page:
    page = open_page("menu", BODY)
    page.get_by_text("More").click()
    expect(page.locator("details")).to_have_attribute("open", "")
    return page


def test_escape_closes_a_menu_and_gives_the_focus_back(menu_page: Page) -> None:
    menu_page.get_by_text("Log").focus()
    menu_page.keyboard.press("Escape")
    expect(menu_page.locator("details")).not_to_have_attribute("open", "")
    expect(menu_page.get_by_text("More")).to_be_focused()


def test_a_click_elsewhere_closes_a_menu(menu_page: Page) -> None:
    menu_page.get_by_text("Elsewhere").click()
    expect(menu_page.locator("details")).not_to_have_attribute("open", "")


def test_a_menu_closes_when_the_focus_goes_on(menu_page: Page) -> None:
    menu_page.get_by_text("Log").focus()
    menu_page.keyboard.press("Tab")
    expect(menu_page.locator("details")).not_to_have_attribute("open", "")
