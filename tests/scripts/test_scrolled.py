from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

LIST = (
    '<form id="all" hx-get="/again" hx-swap="outerHTML"><div id="list" data-keep-scroll>'
    '<p>{words}</p><button id="next">Next</button></div></form>'
)
LOOK = "<style>#list { height: 100px; overflow: auto } p { height: 900px }</style>"


def test_a_part_that_is_drawn_anew_stays_where_it_was_scrolled_to(open_page: OpenPage) -> None:
    again = LIST.format(words="drawn again")
    page = open_page(
        "scrolled",
        LOOK + LIST.format(words="drawn"),
        {"/again*": lambda route: route.fulfill(body=again, content_type="text/html")},
    )
    page.locator("#list").evaluate("list => list.scrollTop = 300")
    page.locator("#all").evaluate("form => form.requestSubmit()")

    expect(page.get_by_text("drawn again")).to_be_attached()
    page.wait_for_function("document.querySelector('#list').scrollTop === 300")


def test_the_button_that_has_the_focus_is_in_sight(open_page: OpenPage) -> None:
    again = LIST.format(words="drawn again")
    page = open_page(
        "scrolled",
        LOOK + LIST.format(words="drawn"),
        {"/again*": lambda route: route.fulfill(body=again, content_type="text/html")},
    )
    page.get_by_role("button").click()

    expect(page.get_by_text("drawn again")).to_be_attached()
    expect(page.get_by_role("button")).to_be_focused()
    expect(page.get_by_role("button")).to_be_in_viewport()
