"""Sending from this browser: the page makes the call to another origin, and the delivery says what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.by_browser import choose_browser, compose, ends_as, misbehaving_store, press_send
from tests.journeys.console import Console
from tests.journeys.watching import Window, box, window_of

pytestmark = pytest.mark.browser


@pytest.fixture
def window(console: Console, browser: Browser) -> Iterator[Window]:
    """A window of the marketer, of which nothing may have been complained about in the end."""
    with window_of(browser, console, console.visitor("marketer")) as opened:
        yield opened


@pytest.fixture
def page(window: Window) -> Page:
    return window.page()


def test_an_event_leaves_from_the_browser_itself(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    box(page, "E-mail").fill("wulan.pertiwi@contoh.id")
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")

    (request,) = console.received(event_id)
    headers = {name.lower(): value for name, value in request["headers"]}
    assert headers["origin"] == console.origin
    assert headers["user-agent"] == page.evaluate("navigator.userAgent")
    assert '"em":"wulan.pertiwi@contoh.id"' in request["body"]
    assert {"cookie", "referer"} & set(headers) == set(), "nothing that belongs to the console goes along"


def test_the_preflight_comes_first_and_carries_neither_key_nor_event(console: Console, page: Page) -> None:
    store = misbehaving_store(console, "slow_preflight")
    compose(page, console, store)
    press_send(page)
    expect(page.get_by_role("status").get_by_text("Sending from this browser…")).to_be_visible()
    ends_as(page, "Scalev took this event for delivery.")


def test_the_page_says_who_reported_the_answer(console: Console, page: Page) -> None:
    compose(page, console)
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")
    expect(page.get_by_text("Reported by a browser").first).to_be_visible()
    expect(page.locator("#answer")).to_contain_text("204")


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("rejected", "Refused"),
        ("not_found", "Not found"),
        ("rate_limit", "Rate limited"),
        ("bad_gateway", "Server error"),
        ("huge", "Refused"),
        ("half_body", "Refused"),
        ("redirect", "Scalev's address answered with a redirect, which is not followed."),
    ],
)
def test_an_answer_means_the_same_on_both_channels(
    console: Console, window: Window, page: Page, slug: str, words: str
) -> None:
    compose(page, console, misbehaving_store(console, slug))
    press_send(page)
    ends_as(page, words)


def test_whatever_is_clicked_sends_once(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    page.get_by_role("button", name="Send event").evaluate(
        "(button) => { button.click(); button.click(); document.querySelector('.composer-bar button').click(); }"
    )
    ends_as(page, "Scalev took this event for delivery.")
    delivery = page.url

    page.go_back()
    page.wait_for_load_state()
    if page.url != delivery and page.get_by_role("button", name="Send event").is_visible():
        choose_browser(page)
        press_send(page)
        expect(page).to_have_url(delivery)
    assert len(console.received(event_id)) == 1


def test_two_tabs_of_one_composition_send_once(console: Console, window: Window, page: Page) -> None:
    event_id = compose(page, console)
    other = window.page()
    other.goto(page.url)
    choose_browser(other)
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")
    press_send(other)
    expect(other).to_have_url(page.url)
    assert len(console.received(event_id)) == 1


def test_what_scalev_will_not_accept_comes_back_with_its_remarks_and_goes_on_from_there(
    console: Console, page: Page
) -> None:
    event_id = compose(page, console)
    box(page, "Event event_name").fill("")
    # What is typed before the answer has taken the form's place would be lost with the old one.
    page.locator("#composer").evaluate("(form) => { form.dataset.before = 'yes'; }")
    page.get_by_role("button", name="Send event").click()
    expect(page.locator("#composer:not([data-before]) #pane .finding[data-severity=error]")).to_be_visible()
    expect(page.get_by_label("This browser", exact=True)).to_be_checked()
    assert "/compose/" in page.url
    assert console.received(event_id) == []

    box(page, "Event event_name").fill("Purchase")
    expect(page.locator("#pane .finding[data-severity=error]")).to_have_count(0)
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")


def test_sending_anyway_shows_scalevs_own_answer(console: Console, page: Page) -> None:
    event_id = compose(page, console)
    page.get_by_role("button", name="Variant").click()
    box(page, "Line 1: unique ID").fill("variant_KemejaBatikParangL")
    box(page, "Line 1: quantity").fill("0")
    page.get_by_role("button", name="Send anyway").click()
    ends_as(page, "Refused")
    (request,) = console.received(event_id)
    assert request["answer"]["status"] == 400


def test_a_phone_sends_from_the_bar_at_its_edge(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer"), phone=True) as window:
        page = window.page()
        event_id = compose(page, console)
        page.locator(".composer-bar").get_by_role("button", name="Send").click()
        ends_as(page, "Scalev took this event for delivery.")
    (request,) = console.received(event_id)
    assert "origin" in {name.lower() for name, _ in request["headers"]}


def test_a_session_that_ended_says_so_sends_nothing_and_keeps_what_was_typed(
    console: Console, window: Window, page: Page
) -> None:
    event_id = compose(page, console)
    page.wait_for_load_state("networkidle")
    window.context.clear_cookies(name="console_session")
    press_send(page)
    expect(page.get_by_text("You have been signed out.")).to_be_visible()
    expect(box(page, "Event ID")).to_have_value(event_id)
    expect(page.get_by_role("button", name="Send event")).not_to_have_attribute("aria-disabled", "true")
    assert console.received(event_id) == []


def test_a_resend_offers_the_browser_first_where_the_first_one_came_from_it(console: Console, page: Page) -> None:
    event_id = compose(page, console, misbehaving_store(console, "server_error"))
    press_send(page)
    ends_as(page, "Server error")
    buttons = page.locator(".verdict").get_by_role("button", name=re.compile("Resend"))
    expect(buttons).to_have_text(["Resend from this browser", "Resend from the server"])

    first = page.url
    page.get_by_role("button", name="Resend from this browser").click()
    expect(page).not_to_have_url(first)
    if "/resend/" in page.url:
        page.get_by_role("button", name="from this browser").click()
    expect(page).to_have_url(re.compile(r"/log/\d+/"))
    ends_as(page, "Server error")
    assert len(console.received(event_id)) == 2
