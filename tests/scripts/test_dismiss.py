from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = '<div class="notice">Saved <button data-dismiss=".notice" hidden>Dismiss</button></div>'


def test_a_notice_goes_when_it_is_dismissed_and_the_focus_stays_on_the_page(open_page: OpenPage) -> None:
    page = open_page("dismiss", BODY)
    page.get_by_role("button").click()
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator("#page")).to_be_focused()
