"""The number before the title and the mark on the icon: failures that nobody has seen yet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = '<link rel="icon" href="/mark.svg" data-attention="/mark-attention.svg"><div id="log"></div>'
ICON = "link[rel=icon]"


def turn(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """(hidden) => { Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange")); }""",
        hidden,
    )


def come(page: Page, **outcomes: str) -> None:
    page.evaluate(
        """(outcomes) => {
        const rows = Object.entries(outcomes).map(([id, row]) => ({ id, dataset: { row } }));
        const told = new CustomEvent("log:rows", { bubbles: true, detail: { rows } });
        document.querySelector("#log").dispatchEvent(told); }""",
        outcomes,
    )


def test_failures_in_a_hidden_tab_are_counted_once_each(open_page: OpenPage) -> None:
    page = open_page("attention", BODY)
    turn(page, hidden=True)
    come(page, row1="rejected", row2="accepted", row3="pending")
    come(page, row1="rejected", row3="timed_out")
    expect(page).to_have_title("(2) A page")
    expect(page.locator(ICON)).to_have_attribute("href", "/mark-attention.svg")


def test_a_look_clears_them(open_page: OpenPage) -> None:
    page = open_page("attention", BODY)
    turn(page, hidden=True)
    come(page, row1="server_error")
    expect(page).to_have_title("(1) A page")
    turn(page, hidden=False)
    expect(page).to_have_title("A page")
    expect(page.locator(ICON)).to_have_attribute("href", "/mark.svg")


def test_what_comes_before_somebodys_eyes_needs_no_mark(open_page: OpenPage) -> None:
    page = open_page("attention", BODY)
    come(page, row1="rejected")
    expect(page).to_have_title("A page")
    expect(page.locator(ICON)).to_have_attribute("href", "/mark.svg")


def test_a_hidden_tab_in_which_all_goes_well_stays_quiet(open_page: OpenPage) -> None:
    page = open_page("attention", BODY)
    turn(page, hidden=True)
    come(page, row1="accepted", row2="queued")
    expect(page).to_have_title("A page")
