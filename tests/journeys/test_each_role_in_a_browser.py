"""The main job in real Chromium, by each role, with JavaScript and without it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import AT_BATIK
from tests.journeys.console import ROLES, Console
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("role", ROLES)
def test_an_event_goes_from_the_form_to_the_log_and_once_more(
    console: Console, browser: Browser, role: str, scripts: bool
) -> None:
    with window_of(browser, console, scripts=scripts) as window:
        page = window.page()
        _sign_in(console, page, role)
        event_id = _compose(page)
        page.get_by_role("button", name="Send event").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took this event"))
        first = page.url

        _find(page, event_id)
        expect(page).to_have_url(re.compile(re.escape(first.split("?")[0])))
        page.get_by_role("button", name="Duplicate").click()
        expect(box(page, "Event ID")).not_to_have_value(event_id)
        page.get_by_role("button", name="Send event").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took this event"))

        page.goto(first)
        page.get_by_role("button", name="Resend as it was").click()
        sendings = page.get_by_role("region", name="Each time this event was sent").get_by_role("listitem")
        expect(sendings).to_have_text([re.compile("Sent first"), re.compile("this one.*Resent", re.DOTALL)])
    received = console.received(event_id)
    assert len(received) == 2
    assert len({request["body"] for request in received}) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_scalev_refused_is_corrected(console: Console, browser: Browser, scripts: bool) -> None:
    with window_of(browser, console, console.visitor("marketer"), scripts=scripts) as window:
        page = window.page()
        page.goto(AT_BATIK)
        event_id = _compose(page, quantity="0")
        page.get_by_role("button", name="Send event").click()
        page.get_by_role("button", name="Send anyway").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("line 1|quantity", re.IGNORECASE))

        page.get_by_role("button", name="Correct and send").click()
        expect(box(page, "Event ID")).to_have_value(event_id)
        box(page, "Line 1: quantity").fill("2")
        page.get_by_role("button", name="Send event").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took this event"))
    assert [each["answer"]["status"] for each in console.received(event_id)] == [204, 400]


def test_an_admin_adds_a_store_and_tests_its_key(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("admin")) as window:
        page = window.page()
        page.goto("/stores/")
        page.get_by_role("link", name="Add a store").click()
        box(page, "Name").fill("Toko Anyaman Tasik")
        box(page, "Store ID").fill("store_AnyamanTasik2208")
        box(page, "Environment").select_option("sandbox")
        page.get_by_role("button", name="Add the store").click()
        box(page, "Storefront key").fill("sfpk_AnyamanTasik2208Kx2QdP4mZr8")
        page.get_by_role("button", name="Add the key").click()
        page.get_by_role("button", name=re.compile(r"^Test\b")).click()
        expect(page.get_by_text("The test worked")).to_be_visible()


def _sign_in(console: Console, page: Page, role: str) -> None:
    page.goto("/")
    box(page, "E-mail").fill(f"{role}@console.test")
    box(page, "Password").fill(console.passwords[role])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Compose")).to_be_visible()
    page.goto(AT_BATIK)


def _compose(page: Page, quantity: str = "2") -> str:
    """One Purchase with one variant line, typed as people do; its event ID."""
    box(page, "Event event_name").fill("Purchase")
    box(page, "E-mail").fill("wulan.pertiwi@contoh.id")
    page.get_by_role("button", name="Variant").click()
    box(page, "Line 1: unique ID").fill("variant_KemejaBatikParangL")
    box(page, "Line 1: quantity").fill(quantity)
    return box(page, "Event ID").input_value()


def _find(page: Page, event_id: str) -> None:
    """By its event ID in the log, and on to its page."""
    page.get_by_role("link", name="Log", exact=True).click()
    box(page, "Search the log").fill(event_id)
    box(page, "Search the log").press("Enter")
    expect(page.locator(".row-link")).to_have_count(1)
    page.locator(".row-link").click()
    expect(page.get_by_role("heading", level=2, name="Request")).to_be_visible()
