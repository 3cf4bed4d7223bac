from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = '<input id="search" data-hotkey="/"><input id="page_url">'


def test_a_slash_moves_the_focus_to_the_search(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("")


def test_a_slash_in_an_address_is_a_slash(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.locator("#page_url").press("/")
    expect(page.locator("#page_url")).to_have_value("/")
