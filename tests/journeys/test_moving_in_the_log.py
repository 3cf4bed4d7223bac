"""Through the log by keys, and from a delivery back to the row that one came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.composing import compose_for, delivery_number, sent
from tests.journeys.console import Console
from tests.journeys.watching import window_of

pytestmark = pytest.mark.browser

ROWS = 10
HEADER = 52
Send = Callable[[], int]


@pytest.fixture
def send(console: Console) -> Send:
    marketer = console.visitor("marketer")
    return lambda: delivery_number(sent(marketer, compose_for(marketer)))


@pytest.fixture
def log(console: Console, browser: Browser, send: Send) -> Iterator[Page]:
    """The log in a window that shows a few of its rows."""
    for _ in range(len(console.visitor("support").open("/log/").of_class("row-link")), ROWS):
        send()
    with window_of(browser, console, console.visitor("support")) as window:
        page = window.page()
        page.set_viewport_size({"width": 1280, "height": 460})
        page.goto("/log/")
        expect(page.locator("#live")).to_be_visible()
        yield page


def link(page: Page, place: int) -> Locator:
    return page.locator(".row-link").nth(place)


def number_of(found: Locator) -> int:
    """The delivery to which a row leads."""
    address = re.search(r"/log/(\d+)/", found.get_attribute("href") or "")
    assert address
    return int(address[1])


def is_in_view(found: Locator) -> bool:
    box = found.bounding_box()
    return bool(box and box["y"] >= HEADER and box["y"] + box["height"] <= 460)


def test_j_and_k_move_among_the_rows_and_enter_opens_one(log: Page) -> None:
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        log.keyboard.press(key)
        expect(link(log, place)).to_be_focused()
    assert log.locator("[data-selected]").count() == 1
    number = number_of(link(log, 0))

    log.keyboard.press("Enter")

    expect(log).to_have_url(re.compile(f"/log/{number}/"))


def test_every_head_of_the_list_can_be_read_whole(log: Page) -> None:
    cut = """heads => heads.filter(head => head.scrollWidth > head.clientWidth)
    .map(head => `${head.textContent}: ${head.scrollWidth - head.clientWidth}`)"""
    assert log.locator("#log thead th").evaluate_all(cut) == []


def test_the_list_scrolls_along(log: Page) -> None:
    for _ in range(ROWS):
        log.keyboard.press("j")
    assert is_in_view(link(log, ROWS - 1))
    for _ in range(ROWS):
        log.keyboard.press("k")
    assert is_in_view(link(log, 0))


def test_keys_rest_in_a_field_and_with_a_modifier(log: Page) -> None:
    log.keyboard.press("/")
    log.keyboard.type("jk?r")
    expect(log.get_by_label("Search the log")).to_have_value("jk?r")
    log.locator("h1").click()
    log.keyboard.press("Control+j")
    expect(log.locator("[data-selected], dialog[open]")).to_have_count(0)


def test_r_explains_a_resend_and_sends_nothing(console: Console, log: Page) -> None:
    log.keyboard.press("j")
    number = number_of(link(log, 0))
    before = [each.attrs["href"] for each in console.visitor("support").open("/log/").of_class("row-link")]

    log.keyboard.press("r")

    expect(log.get_by_role("heading", name="Resend this event now?")).to_be_visible()
    expect(log).to_have_url(re.compile(f"/log/{number}/resend/"))
    assert [each.attrs["href"] for each in console.visitor("support").open("/log/").of_class("row-link")] == before
    log.keyboard.press("u")
    expect(log).to_have_url(re.compile(f"/log/{number}/$"))


def test_a_question_mark_lists_the_keys_which_can_be_turned_off(log: Page) -> None:
    log.keyboard.press("?")
    sheet = log.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Use keys that are pressed alone").uncheck()
    log.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    for key in "j/?":
        log.keyboard.press(key)
    expect(log.locator("[data-selected], dialog[open], #log-q:focus")).to_have_count(0)

    log.reload()
    log.keyboard.press("j")
    expect(log.locator("[data-selected]")).to_have_count(0)
    log.get_by_role("button", name="all keys").click()
    sheet.get_by_label("Use keys that are pressed alone").check()
    sheet.get_by_role("button", name="Close").click()
    log.keyboard.press("j")
    expect(log.locator("[data-selected] .row-link")).to_be_focused()


@pytest.mark.parametrize("way", ["browser", "page", "key"])
def test_the_way_back_lands_on_the_same_row(log: Page, send: Send, way: str) -> None:
    number = number_of(link(log, 7))
    link(log, 7).scroll_into_view_if_needed()
    link(log, 7).click()
    expect(log).to_have_url(re.compile(f"/log/{number}/"))
    send()

    if way == "browser":
        log.go_back()
    elif way == "page":
        log.get_by_role("link", name="← Log").click()
    else:
        log.keyboard.press("u")

    expect(log).to_have_url(re.compile(rf"/log/\?row={number}#row-{number}"))
    row = log.locator(f"#row-{number}")
    expect(row.locator(".row-link")).to_be_focused()
    expect(row).to_have_attribute("data-selected", "")
    assert is_in_view(row)


def test_back_finds_the_row_as_high_as_it_stood(log: Page) -> None:
    log.mouse.wheel(0, 180)
    log.wait_for_function("scrollY > 150")
    row = log.locator("[data-row]").nth(5)
    row.scroll_into_view_if_needed()
    name, before = row.get_attribute("id"), row.bounding_box()
    row.click()
    expect(log.get_by_role("link", name="← Log")).to_be_visible()
    log.go_back()
    found = log.locator(f"#{name}")
    expect(found).to_have_attribute("data-selected", "")
    after = found.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 1


def test_on_its_page_j_and_k_walk_the_search(log: Page) -> None:
    numbers = [number_of(link(log, place)) for place in range(3)]
    link(log, 1).click()
    expect(log.get_by_role("link", name="← Log")).to_be_visible()
    log.keyboard.press("j")
    expect(log).to_have_url(re.compile(f"/log/{numbers[2]}/"))
    expect(log.get_by_role("link", name="← Log")).to_be_visible()
    log.keyboard.press("k")
    expect(log).to_have_url(re.compile(f"/log/{numbers[1]}/"))


def test_what_leads_out_of_the_log_opens_a_whole_page(log: Page) -> None:
    log.get_by_text("How to search").click()
    log.get_by_role("link", name="All findings").click()

    expect(log).to_have_url(re.compile("/findings/$"))
    expect(log.get_by_role("link", name="Compose")).to_have_count(1)
    expect(log.locator("h1")).not_to_have_text("Log")
