"""A marketer pastes a broken payload and comes to a clean one by clicking only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import AT_BATIK
from tests.journeys.console import Console
from tests.journeys.watching import box, drawn_with, window_of

pytestmark = pytest.mark.browser

FAULTS = {
    "event_source_url": "batiknusantara.contoh.id/checkout",
    "user_data": {
        "em": "wulan.pertiwi @contoh.id",
        "ph": "081290076543",
        "fn": "Wulan Pertiwi",
        "ct": "Kota Bandung",
        "st": "Jabar",
        "country": "Indonesia",
        "external_id": "",
        "client_ip_address": "203.0.113.7",
        "member": 123456789012345678901234567890,
    },
    "events": [
        {
            "event_id": " ord-mend-{}",
            "event_name": "purchase",
            "event_time": 1763866800,
            "parameters": {"value": "Rp 189.000", "currency": "Rp", "content_ids": "KMJ-BTK-L", "num_items": "1"},
        }
    ],
    "variants": [{"variant_unique_id": "variant_k3R9vQ2", "quantity": 0}],
}


@pytest.fixture
def pasted(console: Console, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The composer with the broken payload in its raw JSON."""
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        page.get_by_role("button", name="Raw JSON").click()
        raw = page.get_by_role("textbox", name="The request as JSON")
        drawn_with(raw)
        raw.fill(json.dumps(FAULTS).replace("{}", request.node.name[-12:]))
        expect(page.locator("#pane .count").first).to_contain_text("error")
        yield page


def fixes(page: Page) -> list[str]:
    return [
        button.get_attribute("value") or "" for button in page.get_by_role("button", name=re.compile("^Fix: ")).all()
    ]


def press_next(page: Page) -> None:
    """The first of the fixes; waits until its finding is gone."""
    pressed = fixes(page)[0]
    page.locator(f'#pane button[value="{pressed}"]').click()
    expect(page.locator("#pane .mending")).to_contain_text("Fixed: ")
    name = pressed.split(":", 2)[2]
    expect(page.locator(f'#pane button[value$=":{name}"]')).to_have_count(0)


def test_a_broken_payload_is_clean_after_clicking_fix_and_is_accepted(pasted: Page) -> None:
    for _each in range(30):
        if not fixes(pasted):
            break
        press_next(pasted)
    expect(pasted.locator("#pane .count")).to_have_count(0)
    expect(pasted.locator("#pane")).to_contain_text("Nothing wrong found")
    expect(pasted.get_by_role("textbox", name="The request as JSON")).to_have_value(
        re.compile('"member": 123456789012345678901234567890')
    )

    pasted.get_by_role("button", name="Form", exact=True).click()
    expect(box(pasted, "Phone")).to_have_value("6281290076543")
    pasted.get_by_role("button", name="Send event").click()
    expect(pasted).to_have_url(re.compile(r"/log/\d+/"))
    expect(pasted.locator("main")).to_contain_text("Accepted")


def test_the_keyboard_goes_from_fix_to_fix_and_back_over_undo(pasted: Page) -> None:
    pasted.get_by_role("button", name="Form", exact=True).click()
    drawn_with(box(pasted, "Phone"))
    first = pasted.locator("#do-fix-0")
    first.focus()
    before = len(fixes(pasted))
    for left in range(before - 1, before - 3, -1):
        pasted.keyboard.press("Enter")
        expect(pasted.get_by_role("button", name=re.compile("^Fix: "))).to_have_count(left)
        expect(first).to_be_focused()
        drawn_with(first)

    pasted.get_by_role("button", name="Undo").click()
    expect(pasted.locator("#pane .mending")).to_contain_text("Undone: ")
    expect(pasted.get_by_role("button", name=re.compile("^Fix: "))).to_have_count(before - 1)


def test_one_button_does_all_that_rests_on_a_rule(pasted: Page) -> None:
    pasted.get_by_role("button", name="Fix all").click()
    expect(pasted.locator("#pane .mending")).to_contain_text("things")
    expect(pasted.locator("#pane .finding[data-severity=error]")).to_have_count(0)
    expect(pasted.locator("#pane .finding[data-severity=warning]")).to_have_count(0)
