from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

FORM = """<form id="all" data-keep-typing hx-post="/pause" hx-target="#heard" hx-trigger="input delay:50ms">
<input id="name" name="name" value="{name}"><input id="city" name="city" value="Bandung">
<button type="button" hx-post="/again" hx-target="#all" hx-swap="outerHTML">Draw anew</button>
{more}</form>"""
NEW_LINE = '<input id="line" name="line" autofocus>'

Drawing = Callable[..., tuple[Page, Callable[[], None]]]


@pytest.fixture
def drawing(open_page: OpenPage) -> Drawing:
    """`drawing(name="")` gives a page whose form is being drawn anew, and what ends that."""

    def start(name: str = "") -> tuple[Page, Callable[[], None]]:
        held: list[Route] = []

        def pause(route: Route) -> None:
            route.fulfill(body=f"heard {route.request.post_data}", content_type="text/html")

        answers = {"/again": lambda route: held.append(route), "/pause": pause}
        page = open_page("keep-typing", FORM.format(name="", more="") + '<p id="heard"></p>', answers)
        page.get_by_role("button").click()
        while not held:
            page.wait_for_timeout(10)
        new = FORM.format(name=name, more=NEW_LINE)
        return page, lambda: held.pop().fulfill(body=new, content_type="text/html")

    return start


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#{name}")


def test_what_was_typed_meanwhile_stands_in_the_new_form_and_typing_goes_on_there(drawing: Drawing) -> None:
    page, arrive = drawing()
    field(page, "name").press_sequentially("Wulan")
    arrive()
    expect(field(page, "line")).to_be_visible()
    page.keyboard.type(" Pertiwi")

    expect(field(page, "name")).to_have_value("Wulan Pertiwi")
    expect(field(page, "name")).to_be_focused()
    expect(field(page, "line")).to_have_value("")
    expect(page.locator("#heard")).to_contain_text("name=Wulan%20Pertiwi&")


def test_the_server_hears_of_it_without_another_key(drawing: Drawing) -> None:
    page, arrive = drawing()
    field(page, "name").press_sequentially("Wulan")
    field(page, "city").focus()
    arrive()

    expect(page.locator("#heard")).to_contain_text("name=Wulan&city=Bandung")
    expect(field(page, "city")).to_be_focused()


def test_a_field_that_came_back_changed_is_left_as_it_came(drawing: Drawing) -> None:
    page, arrive = drawing(name="Sari")
    field(page, "name").press_sequentially("Wulan")
    arrive()

    expect(field(page, "line")).to_be_visible()
    expect(field(page, "name")).to_have_value("Sari")


def test_whoever_moved_nowhere_goes_on_where_the_new_form_says(drawing: Drawing) -> None:
    page, arrive = drawing()
    arrive()

    expect(field(page, "line")).to_be_focused()


AT_ONCE = """document.addEventListener("htmx:afterSwap", () => {
    const line = document.getElementById("line");
    line.value = "variant_k3R9vQ2";
    line.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def test_what_is_typed_before_htmx_knows_the_new_form_is_heard_as_well(drawing: Drawing) -> None:
    page, arrive = drawing()
    page.evaluate(AT_ONCE)
    arrive()

    expect(page.locator("#heard")).to_contain_text("line=variant_k3R9vQ2")


ELSEWHERE = """document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.matches("form")) document.getElementById("heard").dispatchEvent(
        new Event("htmx:afterSettle", { bubbles: true }));
})"""


def test_it_is_heard_also_where_something_else_settles_before_the_form(drawing: Drawing) -> None:
    page, arrive = drawing()
    page.evaluate(AT_ONCE)
    page.evaluate(ELSEWHERE)
    arrive()

    expect(page.locator("#heard")).to_contain_text("line=variant_k3R9vQ2")
