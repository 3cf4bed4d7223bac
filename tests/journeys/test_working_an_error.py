"""Support meets an error, takes it, keeps it quiet, settles it, and is told when it comes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import AT_BATIK
from tests.journeys.console import Console
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_error_is_taken_muted_resolved_and_comes_back(console: Console, browser: Browser, scripts: bool) -> None:
    with window_of(browser, console, console.visitor("support"), scripts=scripts) as window:
        page = window.page()
        _fail(page)
        page.get_by_role("link", name="See this error").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev refused this request: line …"))
        error = page.url

        _press(page, "Take it")
        _standing(page, "Open", "Dimas Support has it.")
        page.locator("#mute-menu summary").click()
        _press(page, "For an hour")
        _standing(page, "Muted", "Dimas Support has it.")
        _press(page, "Resolve")
        _standing(page, "Resolved", "Dimas Support has it.")

        _fail(page)
        expect(page.get_by_text("like this since")).to_be_visible()
        page.goto("/log/errors/?show=needed")
        expect(page.get_by_role("row").nth(1)).to_contain_text("Came back")
        page.locator(".row-link").first.click()
        expect(page).to_have_url(error)
        _standing(page, "Came back", "has failed again since")

        page.get_by_role("link", name="All of them in the log").click()
        expect(page.locator(".row-link")).not_to_have_count(0)
        expect(box(page, "Search the log")).to_have_value(re.compile("group:"))

        page.goto(error)
        _press(page, "Acknowledge")
        _press(page, "Reopen")
        _press(page, "Let it go")
        _standing(page, "Open", "Nobody has it.")


def test_a_day_that_is_over_is_refused_in_red_in_the_menu(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("support")) as window:
        page = window.page()
        _fail(page)
        page.get_by_role("link", name="See this error").click()
        page.locator("#mute-menu summary").click()
        box(page, "Until the morning of").fill("2020-01-01")
        _press(page, "Until that day")

        colour = "(element) => getComputedStyle(element).color"
        told, unlike = page.locator("#mute-menu .field-error p"), page.locator("#mute-menu p").first
        expect(told).to_be_visible()
        assert told.evaluate(colour) == page.locator(".verdict > .icon").evaluate(colour) != unlike.evaluate(colour)


def test_an_error_is_handed_over_as_a_file(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("support")) as window:
        page = window.page()
        _fail(page)
        page.get_by_role("link", name="See this error").click()
        page.locator("#export-menu summary").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="A page").click()

        written = download.value.path().read_text(encoding="utf-8")
    assert "The newest one" in written
    assert "wulan.pertiwi@contoh.id" not in written


def _fail(page: Page) -> None:
    """A Purchase that Scalev refuses: its line has quantity 0."""
    page.goto(AT_BATIK)
    box(page, "Event event_name").fill("Purchase")
    box(page, "E-mail").fill("wulan.pertiwi@contoh.id")
    page.get_by_role("button", name="Variant").click()
    box(page, "Line 1: unique ID").fill("variant_KemejaBatikParangL")
    box(page, "Line 1: quantity").fill("0")
    page.get_by_role("button", name="Send event").click()
    page.get_by_role("button", name="Send anyway").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("line 1|quantity", re.IGNORECASE))


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _standing(page: Page, *words: str) -> None:
    for word in words:
        expect(page.locator(".group-standing")).to_contain_text(word)
