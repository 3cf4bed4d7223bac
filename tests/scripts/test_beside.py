from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

ROW = '<tr id="row-{0}" data-row><td><a class="row-link" href="{1}">{0}</a></td></tr>'
PANE = (
    '<section id="log-pane" data-pane="{0}"><h2>Delivery {0}</h2>'
    '<a id="older-delivery" rel="next" href="/log/?open={1}">Older</a></section>'
)
LIST = "<table><tbody>{rows}</tbody></table>"


def _rows(*numbers: int) -> str:
    return LIST.format(rows="".join(ROW.format(number, f"/log/?open={number}") for number in numbers))


def _answer(route: Route) -> None:
    opened = int(route.request.url.rpartition("open=")[2])
    if "hx-request" not in route.request.headers:
        route.fulfill(
            body=f"<!doctype html><title>Whole</title><h1>Whole page of {opened}</h1>", content_type="text/html"
        )
        return
    headers = {"HX-Push-Url": f"/log/?open={opened}"}
    route.fulfill(body=PANE.format(opened, opened - 1), headers=headers, content_type="text/html")


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    body = _rows(9, 8) + ROW.format(7, "/log/7/").join(("<table>", "</table>")) + PANE.format(9, 8)
    return open_page("beside", body, {"/log/**": _answer})


def test_a_row_opens_beside_the_list(desk: Page) -> None:
    desk.evaluate("window.sameDocument = true")
    desk.get_by_role("link", name="8").click()
    expect(desk.get_by_role("heading", name="Delivery 8")).to_be_visible()
    expect(desk.locator("[data-selected]")).to_have_id("row-8")
    expect(desk.get_by_role("link", name="8")).to_have_attribute("aria-current", "true")
    expect(desk.get_by_role("link", name="9")).not_to_have_attribute("aria-current", "true")
    assert desk.url.endswith("/log/?open=8")
    assert desk.evaluate("window.sameDocument")


def test_the_next_one_keeps_the_focus(desk: Page) -> None:
    desk.get_by_role("link", name="Older").click()
    expect(desk.get_by_role("heading", name="Delivery 8")).to_be_visible()
    expect(desk.get_by_role("link", name="Older")).to_be_focused()


def test_a_row_that_came_while_one_watched_opens_there_too(desk: Page) -> None:
    desk.get_by_role("link", name="8").click()
    expect(desk.get_by_role("heading", name="Delivery 8")).to_be_visible()
    desk.get_by_role("link", name="7").click()
    expect(desk.get_by_role("heading", name="Delivery 7")).to_be_visible()


def test_what_is_not_in_the_list_loads_the_page_that_holds_it(desk: Page) -> None:
    desk.get_by_role("link", name="8").click()
    expect(desk.get_by_role("heading", name="Delivery 8")).to_be_visible()
    desk.evaluate("document.querySelector('#row-7').remove()")
    desk.get_by_role("link", name="Older").click()
    expect(desk.get_by_role("heading", name="Whole page of 7")).to_be_visible()


def test_a_click_for_a_new_tab_is_left_to_the_browser(desk: Page) -> None:
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="8").click(modifiers=["Control"])
    opened.value.close()
    expect(desk.get_by_role("heading", name="Delivery 9")).to_be_visible()


def test_without_a_pane_rows_are_plain_links(open_page: OpenPage) -> None:
    page = open_page("beside", _rows(8), {"/log/**": _answer})
    page.get_by_role("link", name="8").click()
    expect(page.get_by_role("heading", name="Whole page of 8")).to_be_visible()
