"""The log while somebody watches it: what others send appears by itself, and nothing that is being read moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.composing import compose_for, delivery_number, sent
from tests.journeys.console import Console
from tests.journeys.watching import Window, window_of

pytestmark = pytest.mark.browser

# How long it takes until the page has asked at least once more.
A_WHILE = 5_000

Send = Callable[[], int]


@pytest.fixture
def send(console: Console) -> Send:
    """Somebody else sends an event; its number."""
    marketer = console.visitor("marketer")
    return lambda: delivery_number(sent(marketer, compose_for(marketer)))


@pytest.fixture
def window(console: Console, browser: Browser) -> Iterator[Window]:
    with window_of(browser, console, console.visitor("support")) as opened:
        yield opened


@pytest.fixture
def log(console: Console, window: Window, send: Send) -> Page:
    """The log of somebody from support, of more rows than her window shows, at a clock that the test turns."""
    shown = len(console.visitor("support").open("/log/").of_class("row-link"))
    for _ in range(shown, 8):
        send()
    page = window.page()
    page.set_viewport_size({"width": 1280, "height": 420})
    page.clock.install()
    page.goto("/log/")
    expect(live(page)).to_contain_text("Live")
    return page


def live(page: Page) -> Locator:
    return page.locator("#live")


def row(page: Page, number: int) -> Locator:
    return page.locator(f"#row-{number}")


def bar(page: Page) -> Locator:
    return page.locator("[data-arrivals]")


@contextmanager
def asked(page: Page) -> Iterator[None]:
    """Let time pass until the page has asked, and has been answered."""
    with page.expect_response(re.compile("/log/live/")) as answer:
        yield
        page.clock.run_for(A_WHILE)
    answer.value.finished()


def top(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"]


def test_what_somebody_else_sends_appears_on_top(log: Page, send: Send) -> None:
    log.evaluate("window.isSame = true")
    number = send()
    with asked(log):
        pass
    expect(log.locator("[data-row]").first).to_have_id(f"row-{number}")
    expect(row(log, number)).to_have_attribute("data-new", "")
    expect(log.locator("[data-said]")).to_have_text("1 new delivery")
    expect(bar(log)).to_be_hidden()
    assert log.evaluate("window.isSame")


def test_the_counts_follow_and_what_is_unfolded_stays_open(log: Page, send: Send) -> None:
    total = log.locator("#log-summary")
    expect(total).to_contain_text(re.compile("^[0-9]+ deliver"))
    before = int(total.inner_text().split()[0])
    log.get_by_text("by store, event, status").click()
    send()
    with asked(log):
        pass
    expect(total).to_contain_text(f"{before + 1} deliveries")
    expect(log.locator(".facets")).to_be_visible()


def test_whoever_has_scrolled_is_not_moved(log: Page, send: Send) -> None:
    log.mouse.wheel(0, 150)
    log.wait_for_function("scrollY > 100")
    read = log.locator("[data-row]").nth(4)
    before = top(read)
    numbers = [send(), send()]
    with asked(log):
        pass
    expect(bar(log)).to_have_text("2 new deliveries")
    assert top(read) == before
    assert [row(log, number).is_visible() for number in numbers] == [False, False]

    bar(log).get_by_role("link").click()

    expect(log.locator("[data-row]").first).to_have_id(f"row-{numbers[1]}")
    expect(row(log, numbers[0])).to_be_visible()
    expect(bar(log)).to_be_hidden()
    assert log.evaluate("scrollY") == 0


def test_a_chosen_row_stays_where_it_is(log: Page, send: Send) -> None:
    log.keyboard.press("j")
    chosen = log.locator("[data-row][data-selected]")
    before, name = top(chosen), chosen.get_attribute("id")
    send()
    with asked(log):
        pass
    expect(bar(log)).to_have_text("1 new delivery")
    assert (top(chosen), chosen.get_attribute("id")) == (before, name)


def test_while_paused_nothing_is_asked(log: Page, send: Send) -> None:
    asked_for: list[str] = []
    log.on("request", lambda request: asked_for.append(request.url))
    live(log).get_by_role("button", name="Pause").click()
    expect(live(log)).to_contain_text("Paused")
    number = send()
    log.clock.run_for(60_000)
    assert asked_for == []

    live(log).get_by_role("button", name="Go on").click()

    expect(row(log, number)).to_be_visible()
    expect(live(log)).to_contain_text("Live")


def test_a_search_is_watched_as_well_as_the_whole_log(log: Page, send: Send, console: Console) -> None:
    marketer = console.visitor("marketer")
    order = f"ord-{send()}-tunggu"
    log.get_by_label("Search the log").fill(order)
    log.get_by_label("Search the log").press("Enter")
    expect(log.get_by_text("Nothing matches")).to_be_visible()
    log.locator("h1").click()
    send()
    wanted = delivery_number(sent(marketer, compose_for(marketer), {"Order": order}))
    with asked(log):
        pass
    expect(log.locator("[data-row]")).to_have_count(1)
    expect(row(log, wanted)).to_be_visible()


def test_an_older_page_does_not_ask(log: Page) -> None:
    number = (log.locator("[data-row]").first.get_attribute("id") or "").removeprefix("row-")
    log.goto(f"/log/?cursor=older.{number}")
    expect(live(log)).to_contain_text("Not live")
    asked_for: list[str] = []
    log.on("request", lambda request: asked_for.append(request.url))
    log.clock.run_for(60_000)
    assert asked_for == []


def test_a_session_that_ended_is_said_in_place_and_goes_on_by_itself(window: Window, log: Page, send: Send) -> None:
    (session,) = [each for each in window.context.cookies() if each.get("name") == "console_session"]
    window.context.clear_cookies(name="console_session")
    with asked(log):
        pass
    expect(live(log)).to_contain_text("You have been signed out.")
    expect(log.locator("#trouble .notice")).to_have_count(0)

    window.context.add_cookies([{"name": "console_session", "value": session.get("value", ""), "url": log.url}])
    number = send()
    with asked(log):
        log.clock.run_for(3 * A_WHILE)

    expect(row(log, number)).to_be_visible()
    expect(live(log)).to_contain_text("Live")


def test_a_line_that_is_down_is_said_in_place_and_goes_on_by_itself(window: Window, log: Page, send: Send) -> None:
    window.context.set_offline(True)
    log.clock.run_for(A_WHILE)
    expect(live(log)).to_contain_text("You are offline.")
    number = send()
    window.context.set_offline(False)
    expect(row(log, number)).to_be_visible()
    expect(live(log)).to_contain_text("Live")
    # What htmx has to say of a line that is down is said on the page.
    assert all("htmx:sendError" in complaint for complaint in window.complaints)
    window.complaints.clear()
