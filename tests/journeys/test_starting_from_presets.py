"""A composition begins with a usual event, is saved as a preset, and is started from by somebody else."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.composing import AT_BATIK, delivery_number
from tests.journeys.console import Console
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser


def test_a_purchase_is_started_from_its_preset_and_sent(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        box(page, "First name").fill("Sari")
        first = page.url
        page.get_by_text("Start from …").click()
        page.get_by_role("button", name="Purchase", exact=True).click()
        expect(page.get_by_text("Started from Purchase")).to_be_visible()

        event_id, order = box(page, "Event ID").input_value(), box(page, "Order").input_value()
        assert event_id == f"{order}-Purchase"
        expect(page.locator("#pane")).to_contain_text(event_id)
        expect(page.get_by_role("link", name="Back to what you had")).to_have_attribute("href", re.compile(first[-37:]))
        page.get_by_role("button", name="Send event").click()
        expect(page).to_have_url(re.compile(r"/log/\d+/"))

        page.goto(first)
        expect(box(page, "First name")).to_have_value("Sari")

    (received,) = console.received(event_id)
    assert "{{" not in received["body"]


def test_a_preset_is_saved_and_started_from_by_somebody_else_without_scripts(console: Console) -> None:
    marketer, support, name = console.visitor("marketer"), console.visitor("support"), f"COD {uuid4().hex[:6]}"
    form = marketer.press(marketer.open(AT_BATIK), "InitiateCheckout")
    asked = marketer.press(form, "Save this one as a preset …", {"Value": "95300"})
    assert "{{new_event_id}}" in asked.text
    assert "Start from" in marketer.press(asked, "Save the preset", {"Name": name}).text

    begun = support.press(support.open(AT_BATIK), name)

    assert begun.value("Value") == "95300"
    assert begun.value("Event ID") != form.value("Event ID")
    assert delivery_number(support.press(begun, "Send event"))
