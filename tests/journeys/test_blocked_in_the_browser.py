"""What keeps a browser from sending, told apart as far as it can be: the words, the next step, and what never left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.by_browser import (
    KEPT_FROM_PAGE,
    compose,
    ends_as,
    expect_complaints,
    handed_over,
    misbehaving_store,
    overlook_pauses,
    press_send,
)
from tests.journeys.console import Console
from tests.journeys.watching import Window, window_of

pytestmark = pytest.mark.browser


@pytest.fixture
def window(console: Console, browser: Browser) -> Iterator[Window]:
    """A window of the marketer, whose browser may complain of nothing but what a test expects."""
    with window_of(browser, console, console.visitor("marketer")) as opened:
        yield opened


@pytest.fixture
def page(window: Window) -> Page:
    return window.page()


def posted(console: Console, event_id: str) -> int:
    return len(console.received(event_id))


def test_an_origin_that_is_not_registered_is_named_with_the_origin_to_copy(
    console: Console, window: Window, page: Page
) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=console.origin)
    event_id = compose(page, console, "Sandbox: origin not registered")
    press_send(page)
    ends_as(page, "Interrupted: Scalev does not seem to know the origin of this console")
    expect_complaints(window, KEPT_FROM_PAGE)

    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("Register this origin in Scalev's storefront settings")
    expect(verdict).to_contain_text("Sent from this console's server, this error cannot appear")
    expect(page.locator("#to-copy")).to_have_text(console.origin)
    page.get_by_role("button", name="Copy it").click()
    assert page.evaluate("navigator.clipboard.readText()") == console.origin
    assert posted(console, event_id) == 0


def test_an_event_that_arrived_is_not_said_to_have_stayed_where_its_answer_was_withheld(
    console: Console, window: Window, page: Page
) -> None:
    event_id = compose(page, console, "Sandbox: answer withheld")
    press_send(page)
    ends_as(page, "Interrupted: Scalev does not seem to know the origin of this console")
    expect_complaints(window, KEPT_FROM_PAGE)
    assert posted(console, event_id) == 1

    expect(page.locator(".verdict")).to_contain_text("it may have arrived")
    expect(page.locator("#page")).not_to_contain_text("never got it")
    expect(page.get_by_role("button", name="Correct and send")).to_have_count(0)


def test_a_header_that_may_not_be_sent_is_told_apart_from_the_origin(
    console: Console, window: Window, page: Page
) -> None:
    event_id = compose(page, console, "Sandbox: header not allowed")
    press_send(page)
    ends_as(page, "Not reached: Scalev knows the origin of this console")
    expect_complaints(window, KEPT_FROM_PAGE)
    expect(page.locator(".verdict")).to_contain_text("X-Scalev-Storefront-Api-Key")
    assert posted(console, event_id) == 0


@pytest.mark.parametrize("environment", ["closed", "nowhere"])
def test_an_address_that_is_not_reached_says_what_looks_the_same(
    console: Console, window: Window, page: Page, environment: str
) -> None:
    compose(page, console, misbehaving_store(console, environment=environment))
    press_send(page)
    ends_as(page, "Interrupted: No answer came, and the browser does not reach Scalev.")
    expect(page.locator(".verdict")).to_contain_text("open this address in a new tab")
    expect(page.locator("#to-copy")).to_contain_text("://")


def test_an_event_that_was_taken_is_not_said_to_have_stayed_where_scalev_goes_away_after_it(
    console: Console, window: Window, page: Page
) -> None:
    def take_and_leave(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
        route.abort("connectionrefused")

    page.route(f"{console.sandbox}/**", take_and_leave)
    event_id = compose(page, console)
    press_send(page)
    ends_as(page, "Interrupted: No answer came, and the browser does not reach Scalev.")
    assert posted(console, event_id) == 1
    expect(page.locator(".verdict")).to_contain_text("it may have arrived")
    expect(page.locator("#page")).not_to_contain_text("None of it can have counted")


def test_an_extension_that_blocks_the_call_is_told_from_a_network_that_is_down(
    console: Console, window: Window, page: Page
) -> None:
    """As an ad blocker does it: by the path of the address."""

    def block(route: Route) -> None:
        route.abort("blockedbyclient")

    page.route("**/analytics/meta/events", block)
    event_id = compose(page, console)
    press_send(page)
    ends_as(page, "Something in this browser stops calls to Scalev's address for events.")
    expect(page.locator(".verdict")).to_contain_text("Switch extensions off for this console, or open it in a private")
    assert posted(console, event_id) == 0


def test_being_offline_before_anything_was_written_down_loses_nothing(
    console: Console, window: Window, page: Page
) -> None:
    event_id = compose(page, console)
    page.wait_for_load_state("networkidle")
    window.context.set_offline(True)
    press_send(page)
    expect(page.locator("#trouble")).to_contain_text("You are offline.")
    window.context.set_offline(False)

    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")
    overlook_pauses(window)
    assert posted(console, event_id) == 1


def test_being_offline_after_that_is_reported_as_soon_as_it_is_over(
    console: Console, window: Window, page: Page
) -> None:
    def go_offline(route: Route) -> None:
        answer = route.fetch()
        window.context.set_offline(True)
        route.fulfill(response=answer)

    event_id = compose(page, console)
    page.route("**/browser/", go_offline)
    press_send(page)
    expect(page.locator("#trouble")).to_contain_text("You are offline.")
    said = page.locator("#send").get_by_role("status")
    expect(said).to_contain_text("It ended (no answer). This console cannot be reached; trying again.")
    window.context.set_offline(False)

    ends_as(page, "Not reached: The browser was offline.")
    expect(page.locator(".verdict")).to_contain_text("No byte of the event left the browser")
    overlook_pauses(window)
    assert posted(console, event_id) == 0


def test_a_connection_that_breaks_after_the_event_left_is_not_called_blocked(
    console: Console, window: Window, page: Page
) -> None:
    event_id = compose(page, console, misbehaving_store(console, "hang_up"))
    press_send(page)
    ends_as(page, "Interrupted: Scalev's answer did not get to the page.")
    expect(page.locator(".verdict")).to_contain_text("resend it from the server, which reads every answer")
    expect(page.locator(".verdict")).not_to_contain_text("Register this origin")
    # Where a kept connection ends without an answer, Chromium itself tries once more, and tells nobody.
    assert posted(console, event_id) in (1, 2)


def test_an_answer_that_never_comes_is_given_up(console: Console, page: Page) -> None:
    event_id = compose(page, console, misbehaving_store(console, "hang"))
    press_send(page)
    expect(page.get_by_text("Sending from this browser…").first).to_be_visible()
    ends_as(page, "Timed out: Scalev did not answer in time.")
    assert posted(console, event_id) == 1


def test_the_page_of_a_blocked_send_is_for_everybody(console: Console, window: Window, page: Page) -> None:
    compose(page, console, "Sandbox: origin not registered")
    press_send(page)
    ends_as(page, "Interrupted")
    expect_complaints(window, KEPT_FROM_PAGE)
    for scheme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_probes_carry_neither_key_nor_event(console: Console, window: Window, page: Page) -> None:
    asked: list[tuple[str, str | None, str]] = []
    page.on(
        "request",
        lambda each: (
            asked.append((each.method, each.post_data, each.headers.get("x-scalev-storefront-api-key", "")))
            if "/v3/" in each.url or "robots.txt" in each.url
            else None
        ),
    )
    compose(page, console, "Sandbox: origin not registered")
    key = handed_over(page)["headers"]["X-Scalev-Storefront-Api-Key"]
    ends_as(page, "Interrupted")
    expect_complaints(window, KEPT_FROM_PAGE)
    probes = [each for each in asked if each[0] == "GET"]
    assert len(probes) >= 4
    assert all(body is None and key not in header for _, body, header in probes)
