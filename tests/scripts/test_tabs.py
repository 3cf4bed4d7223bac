from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<nav data-tabs><a href="#body">Body</a> <a href="#headers">Headers</a></nav>
<div id="body">{ }</div><div id="headers">Content-Type</div>"""


def test_one_panel_shows_at_a_time_and_its_tab_says_so(open_page: OpenPage) -> None:
    page = open_page("tabs", BODY)
    expect(page.locator("#body")).to_be_visible()
    expect(page.locator("#headers")).to_be_hidden()
    page.get_by_role("link", name="Headers").click()
    expect(page.locator("#body")).to_be_hidden()
    expect(page.locator("#headers")).to_be_visible()
    expect(page.locator("[aria-current]")).to_have_text("Headers")
