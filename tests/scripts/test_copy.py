from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<pre id="json">{ "quantity": 1 }</pre>
<button data-copy="#json" data-done="Copied" hidden><span data-label>Copy</span></button>"""


def test_a_press_copies_the_text_of_the_element(open_page: OpenPage) -> None:
    page = open_page("copy", BODY)
    page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == '{ "quantity": 1 }'


def test_the_button_gets_its_word_back(open_page: OpenPage) -> None:
    page = open_page("copy", BODY)
    page.get_by_role("button").click()
    page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("Copy")
