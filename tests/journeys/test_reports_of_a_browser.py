"""A report is the word of a stranger: it closes only its own delivery, once, in time, and from its own session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.by_browser import choose_browser, compose, ends_as, handed_over, misbehaving_store, press_send
from tests.journeys.console import Console
from tests.journeys.watching import Window, window_of

pytestmark = pytest.mark.browser

REFUSED = {"status": 400, "reason": "Bad Request"}
# What the clock would do, had the test the time to wait for it.
LEASE_IS_OVER = (
    "from datetime import timedelta as d; from django.utils.timezone import now;"
    "from events.models import Delivery; Delivery.objects.filter(pk={}).update(lease_until=now() - d(seconds=1))"
)


@pytest.fixture
def window(console: Console, browser: Browser) -> Iterator[Window]:
    with window_of(browser, console, console.visitor("marketer")) as opened:
        yield opened


@pytest.fixture
def page(window: Window) -> Page:
    return window.page()


def report(page: Page, address: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """What the console answers to a report that a script of this page sends."""
    status, answer = page.evaluate(
        """async ([address, told]) => {
            const token = JSON.parse(document.body.getAttribute("hx-headers"));
            const headers = {"Content-Type": "application/json", ...token};
            const answer = await fetch(address, {method: "POST", headers, body: JSON.stringify(told)});
            return [answer.status, await answer.json()];
        }""",
        [address, told],
    )
    return status, answer


@dataclass
class Held:
    """A call whose answer came, and whose report waits on its way: the delivery is open until it may go on."""

    order: dict[str, Any]
    route: Route

    def go_on(self, page: Page) -> None:
        self.route.continue_()
        ends_as(page, "Scalev took this event for delivery.")


def under_way(console: Console, page: Page) -> Held:
    """A call of the page that is open."""
    held: list[Route] = []
    page.route("**/report/", lambda route: held.append(route), times=1)
    compose(page, console)
    order = handed_over(page)
    while not held:
        page.wait_for_timeout(20)
    return Held(order, held[0])


def pass_the_lease(console: Console, order: dict[str, Any]) -> None:
    number = re.findall(r"\d+", order["delivery"])[0]
    result = console.installation.manage("shell", "-c", LEASE_IS_OVER.format(number))
    assert result.returncode == 0, result.stderr


def test_a_tab_that_was_closed_leaves_an_open_delivery_and_later_an_interrupted_one(
    console: Console, window: Window, page: Page
) -> None:
    compose(page, console, misbehaving_store(console, "hang"))
    order = handed_over(page)
    page.close()
    other = window.page()
    other.goto(order["delivery"])
    expect(other.get_by_role("heading", level=1)).to_contain_text("A browser is sending this event to Scalev.")

    pass_the_lease(console, order)

    ends_as(other, "Interrupted: The page that was sending this event never reported how it ended.")
    expect(other.locator(".verdict")).to_contain_text("Look for the event ID in Meta's Test Events first.")


def test_a_forged_ticket_closes_nothing(console: Console, window: Window, page: Page) -> None:
    held = under_way(console, page)
    order, other = held.order, elsewhere(window)
    for ticket in ("", "0" * 64, order["ticket"][:-1], order["ticket"].upper()):
        assert report(other, order["report"], REFUSED | {"ticket": ticket}) == (403, {"error": "ticket"})
    held.go_on(page)


def test_the_right_ticket_in_another_session_closes_nothing(
    console: Console, browser: Browser, window: Window, page: Page
) -> None:
    held = under_way(console, page)
    with window_of(browser, console, console.visitor("support")) as another:
        told = REFUSED | {"ticket": held.order["ticket"]}
        assert report(elsewhere(another), held.order["report"], told) == (403, {"error": "ticket"})
    held.go_on(page)


def test_a_ticket_opens_no_other_delivery(console: Console, window: Window, page: Page) -> None:
    held, second = under_way(console, page), under_way(console, window.page())
    told = REFUSED | {"ticket": second.order["ticket"]}
    assert report(elsewhere(window), held.order["report"], told) == (403, {"error": "ticket"})
    held.go_on(page)


def test_a_second_report_changes_nothing(console: Console, page: Page) -> None:
    compose(page, console)
    order = handed_over(page)
    ends_as(page, "Scalev took this event for delivery.")

    assert report(page, order["report"], REFUSED | {"ticket": order["ticket"]}) == (409, {"error": "closed"})

    page.reload()
    ends_as(page, "Scalev took this event for delivery.")


def test_a_late_report_changes_nothing(console: Console, window: Window, page: Page) -> None:
    held = under_way(console, page)
    pass_the_lease(console, held.order)
    told = REFUSED | {"ticket": held.order["ticket"]}

    assert report(elsewhere(window), held.order["report"], told) == (409, {"error": "late"})

    held.route.continue_()
    said = page.locator("#send").get_by_role("status")
    expect(said).to_contain_text("It ended (204). That came too late to be written down")
    said.get_by_role("link", name="Open the delivery").click()
    ends_as(page, "Interrupted: The page that was sending this event never reported how it ended.")


def test_while_the_console_is_away_the_page_says_how_it_ended_and_keeps_that(console: Console, page: Page) -> None:
    page.clock.install()
    page.route("**/report/", lambda route: route.abort("connectionrefused"))
    event_id = compose(page, console)
    press_send(page)
    said = page.locator("#send").get_by_role("status")
    expect(said).to_contain_text("It ended (204). This console cannot be reached; trying again.")
    for _try in range(5):
        page.clock.run_for(9_000)
        page.wait_for_timeout(100)
    expect(said).to_contain_text("It ended (204). This console could not be reached to write that down")
    expect(page.get_by_role("button", name="Send event")).to_be_enabled()
    assert "/compose/" in page.url

    press_send(page)
    ends_as(page, "A browser is sending this event to Scalev.")
    assert len(console.received(event_id)) == 1


def test_a_report_gets_through_as_soon_as_the_console_is_back(console: Console, page: Page) -> None:
    page.route("**/report/", lambda route: route.abort("connectionrefused"), times=2)
    compose(page, console)
    press_send(page)
    expect(page.locator("#send").get_by_role("status")).to_contain_text("trying again")
    ends_as(page, "Scalev took this event for delivery.")


def test_a_session_that_ended_meanwhile_is_said_with_how_it_ended(console: Console, window: Window, page: Page) -> None:
    held = under_way(console, page)
    window.context.clear_cookies()
    held.route.continue_(headers={k: v for k, v in held.route.request.headers.items() if k != "cookie"})
    expect(page.locator("#send").get_by_role("status")).to_contain_text(
        "It ended (204). This console did not take that"
    )


def test_what_is_no_report_closes_nothing(console: Console, window: Window, page: Page) -> None:
    held, other = under_way(console, page), elsewhere(window)
    right = REFUSED | {"ticket": held.order["ticket"]}
    for told, status in (
        (right | {"status": 204.5}, 400),
        (right | {"failure": "timed_out"}, 400),
        (right | {"status": None, "failure": "batik"}, 400),
        (right | {"headers": {"X-Batik": "Parang"}}, 400),
        (right | {"reason": "b" * 300_000}, 413),
    ):
        assert report(other, held.order["report"], told)[0] == status
    held.go_on(page)


def test_the_page_gets_a_key_only_to_send_with_and_the_audit_says_so(console: Console, page: Page) -> None:
    compose(page, console)
    order = handed_over(page)
    ends_as(page, "Scalev took this event for delivery.")
    key = order["headers"]["X-Scalev-Storefront-Api-Key"]
    assert key.startswith("sfpk_")
    assert key not in page.content()

    audit = console.visitor("admin").open("/audit/")
    number = re.findall(r"\d+", order["delivery"])[0]
    assert f"#{number} · Toko Batik Nusantara" in audit.text
    assert "was handed a storefront key to send with" in audit.text
    assert key not in audit.html


def test_a_composition_that_was_handed_over_hands_nothing_over_again(
    console: Console, window: Window, page: Page
) -> None:
    other = window.page()
    event_id = compose(page, console)
    other.goto(page.url)
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")

    choose_browser(other)
    assert set(handed_over(other)) == {"delivery", "already"}
    assert len(console.received(event_id)) == 1


def elsewhere(window: Window) -> Page:
    """Another page of the same session."""
    opened = window.page()
    opened.goto("/log/")
    return opened
