"""Pin, tags and notes in real Chromium: at once, and without losing what is half written beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import delivery_number
from tests.journeys.console import Console
from tests.journeys.marking import delivery_of
from tests.journeys.watching import window_of

pytestmark = pytest.mark.browser
DRAFT = "Pembeli menelepon, belum selesai ditulis"


@pytest.fixture
def page(console: Console, browser: Browser) -> Iterator[Page]:
    """The page of what a marketer has just sent."""
    with window_of(browser, console, console.visitor("marketer")) as window:
        opened = window.page()
        opened.goto(delivery_of(console).url)
        yield opened


def write_half(page: Page) -> None:
    page.get_by_text("Write a note").click()
    page.get_by_label("Note", exact=True).fill(DRAFT)


def tag(page: Page, words: str) -> None:
    field = page.get_by_label("Add tags")
    field.fill(words)
    field.press("Enter")


def test_a_half_written_note_survives_every_other_act(page: Page) -> None:
    write_half(page)

    tag(page, "lebaran cod")
    expect(page.get_by_role("link", name="lebaran")).to_be_visible()
    page.get_by_role("button", name="Pin", exact=True).click()
    expect(page.get_by_role("button", name="Pinned")).to_be_visible()
    page.get_by_role("button", name="Remove the tag cod").click()
    expect(page.get_by_role("link", name="cod")).to_have_count(0)

    expect(page.get_by_label("Note", exact=True)).to_have_value(DRAFT)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".note-text")).to_have_text(DRAFT)
    expect(page.locator("#note-text")).to_have_value("")


def test_a_style_that_a_hand_gave_breaks_no_rule_of_the_page(page: Page) -> None:
    """As one that draws a field larger does. htmx carried it over to what it swaps in, which the policy forbids."""
    tag(page, "cod")
    expect(page.get_by_role("link", name="cod")).to_be_visible()
    page.locator("#marks, #marks [id]").evaluate_all("all => all.forEach((each) => { each.style.height = 'auto' })")

    tag(page, "lebaran")

    expect(page.get_by_role("link", name="lebaran")).to_be_visible()
    expect(page.locator(".htmx-settling")).to_have_count(0)


def test_a_half_written_tag_survives_a_note(page: Page) -> None:
    write_half(page)
    page.get_by_label("Add tags").fill("tindak")

    page.get_by_role("button", name="Keep the note").click()

    expect(page.locator(".note-text")).to_have_text(DRAFT)
    expect(page.get_by_label("Add tags")).to_have_value("tindak")


def test_a_refused_tag_stays_in_its_field(page: Page) -> None:
    tag(page, "wulan@contoh.id")

    expect(page.get_by_text("it holds nothing of a buyer")).to_be_visible()
    expect(page.get_by_label("Add tags")).to_have_value("wulan@contoh.id")
    tag(page, "lebaran")
    expect(page.get_by_role("link", name="lebaran")).to_be_visible()
    expect(page.get_by_text("it holds nothing of a buyer")).to_have_count(0)


def test_a_note_is_edited_in_its_place(page: Page) -> None:
    write_half(page)
    page.get_by_role("button", name="Keep the note").click()
    note = page.locator(".note")
    note.get_by_text("Edit", exact=True).click()
    note.get_by_role("textbox").fill("Sudah selesai.")

    note.get_by_role("button", name="Keep the change").click()

    expect(note.locator(".note-text")).to_have_text("Sudah selesai.")
    expect(note).to_contain_text("edited")


def test_beside_the_list_marks_stay_in_their_part_and_a_tag_leads_to_the_log(console: Console, page: Page) -> None:
    number = delivery_number(delivery_of(console))
    page.goto(f"/log/?open={number}")
    here = page.url

    tag(page, "lebaran")
    expect(page.locator("#marks").get_by_role("link", name="lebaran")).to_be_visible()
    expect(page.locator(".log-table")).to_be_visible()
    assert page.url == here

    page.locator("#marks").get_by_role("link", name="lebaran").click()
    expect(page).to_have_url(re.compile(r"/log/\?q=tag:lebaran$"))
    expect(page.locator(f"#row-{number}")).to_be_visible()
