"""Support saves a search, hands its link on, and a colleague walks through what it finds beside the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.composing import compose_for, delivery_number, sent
from tests.journeys.console import Console
from tests.journeys.desk import first_columns, saved
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def found(console: Console) -> tuple[str, list[int]]:
    """An e-mail, and the numbers of what was sent for its buyer, newest first."""
    marketer, email = console.visitor("marketer"), f"sekar.{uuid4().hex[:8]}@contoh.id"
    numbers = [delivery_number(sent(marketer, compose_for(marketer), {"E-mail": email})) for _ in range(4)]
    return email, numbers[::-1]


@pytest.fixture
def support(console: Console, browser: Browser) -> Iterator[Page]:
    with window_of(browser, console, console.visitor("support")) as window:
        window.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=console.origin)
        yield window.page()


@pytest.fixture
def marketer(console: Console, browser: Browser) -> Iterator[Page]:
    with window_of(browser, console, console.visitor("marketer")) as window:
        yield window.page()


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def opened(page: Page, number: int) -> None:
    """This delivery stands beside the list, its row is marked, and the address names it."""
    expect(page.get_by_role("region", name=f"Delivery {number}", exact=True)).to_be_visible()
    expect(page.locator("[data-row]:has([aria-current])")).to_have_id(f"row-{number}")
    expect(page).to_have_url(re.compile(rf"[?&]open={number}\b"))


def test_a_search_is_saved_handed_on_and_walked_through(
    support: Page, marketer: Page, found: tuple[str, list[int]]
) -> None:
    email, numbers = found
    support.goto("/log/")
    box(support, "Search the log").fill(email)
    box(support, "Search the log").press("Enter")
    expect(support.locator("[data-row]")).to_have_count(4)
    link(support, "Save search").click()
    name = f"Pesanan Sekar {uuid4().hex[:6]}"
    box(support, "Name").fill(name)
    support.get_by_role("radio", name="Everybody who uses this console").check()
    support.get_by_role("button", name="Save search").click()
    expect(support.get_by_text(f"{name} is saved.")).to_be_visible()
    support.get_by_text(f"Saved: {name}").click()
    support.get_by_role("link", name="Links, names and more").click()
    support.get_by_role("button", name=f"Copy the link to {name}").click()
    handed_on = support.evaluate("navigator.clipboard.readText()")

    marketer.goto(handed_on)
    expect(marketer.locator("[data-row]")).to_have_count(4)
    link(marketer, "Beside the list").click()
    opened(marketer, numbers[0])
    expect(marketer.get_by_text("The newest of this search")).to_be_visible()
    marketer.evaluate("window.sameDocument = true")
    for number in numbers[1:3]:
        marketer.locator("#older-delivery").click()
        opened(marketer, number)
    marketer.locator(f"#row-{numbers[3]} .row-link").click()
    opened(marketer, numbers[3])
    expect(marketer.get_by_text("The oldest of this search")).to_be_visible()
    assert marketer.evaluate("window.sameDocument"), "the list was drawn anew"
    marketer.go_back()
    opened(marketer, numbers[2])
    link(marketer, "Close").click()
    expect(marketer.locator("#log-pane")).to_have_count(0)
    expect(marketer.locator(f"#row-{numbers[2]} .row-link")).to_be_focused()
    assert email.partition("@")[0] not in marketer.url


def test_a_delivery_that_is_handed_on_needs_no_search(support: Page, found: tuple[str, list[int]]) -> None:
    number = found[1][1]
    support.goto(f"/log/?outcome=accepted&open={number}")
    support.get_by_role("button", name="Copy link").click()
    expect(support.get_by_role("button", name="Copied")).to_be_visible()
    assert support.evaluate("navigator.clipboard.readText()").endswith(f"/log/{number}/")
    link(support, "Open full page").click()
    expect(support).to_have_url(re.compile(rf"/log/{number}/\?from=q%3Doutcome"))
    link(support, "Beside the list").click()
    opened(support, number)


def test_buttons_in_the_pane_work(support: Page, found: tuple[str, list[int]]) -> None:
    email, numbers = found
    support.goto(f"/log/?open={numbers[0]}")
    support.get_by_role("link", name="Headers", exact=False).first.click()
    expect(support.locator("#request-headers")).to_be_visible()
    expect(support.locator("#request-body")).to_be_hidden()
    tag = f"sekar-{uuid4().hex[:6]}"
    box(support, "Add tags").fill(tag)
    support.get_by_role("button", name="Tag", exact=True).click()
    expect(support.locator("#marks").get_by_text(tag).first).to_be_visible()
    opened(support, numbers[0])
    support.get_by_text("Show them (with a reason").click()
    box(support, "Why do you need to see them").fill("The buyer asks why her order was not counted")
    support.get_by_role("button", name="Show them").click()
    expect(support.locator("#request-body")).to_contain_text(email)
    expect(support).to_have_url(re.compile(rf"/log/{numbers[0]}/show/"))


def test_columns_change_at_once_and_keep_the_menu_open(console: Console, browser: Browser) -> None:
    first_columns(console, "admin")
    with window_of(browser, console, console.visitor("admin")) as window:
        page = window.page()
        page.goto("/log/")
        page.locator("#columns-menu summary").click()
        page.get_by_role("checkbox", name="Environment").check()
        expect(page.get_by_role("columnheader", name="Environment")).to_be_visible()
        before = page.get_by_role("columnheader").all_inner_texts()
        page.get_by_role("button", name="Move Environment up").click()
        expect(page.get_by_role("columnheader").nth(len(before) - 2)).to_have_text("Environment")
        expect(page.get_by_role("button", name="Move Environment up")).to_be_focused()
        expect(page).to_have_url(f"{console.origin}/log/")
        page.get_by_role("button", name="Back to the first ten").click()
        expect(page.get_by_role("columnheader", name="Environment")).to_have_count(0)


def test_on_a_phone_a_delivery_stands_alone_with_a_way_back(
    console: Console, browser: Browser, found: tuple[str, list[int]]
) -> None:
    number = found[1][0]
    with window_of(browser, console, console.visitor("support"), phone=True) as window:
        page = window.page()
        page.goto(f"/log/?outcome=accepted&open={number}")
        expect(page.get_by_role("region", name=f"Delivery {number}", exact=True)).to_be_visible()
        expect(page.locator("[data-row]").first).to_be_hidden()
        page.get_by_role("link", name="← Log").click()
        expect(page.locator(f"#row-{number}")).to_be_visible()


def test_without_scripts_everything_is_links_and_forms(console: Console, found: tuple[str, list[int]]) -> None:
    numbers, support = found[1], console.visitor("support")
    page = support.open(f"/log/?open={numbers[1]}")
    page = support.open(page.by_id("older-delivery").attrs["href"])
    assert page.url.endswith(f"open={numbers[2]}")
    assert len(page.of_class("row-link")) > 2
    name = f"Tanpa skrip {uuid4().hex[:6]}"
    assert f"{name} is saved." in saved(console, "support", name, who="mine").text
    first_columns(console, "marketer")
    marketer = console.visitor("marketer")
    page = marketer.press(marketer.open("/log/?q=AddToCart"), "Move Store up")
    heads = [each.text for each in page.root.all("th")]
    assert heads.index("Store") < heads.index("Status")
    assert page.url.endswith("/log/?q=AddToCart&menu=columns")
    first_columns(console, "marketer")
