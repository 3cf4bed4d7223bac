from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

REMARKS = '<div id="in-q-remarks" data-remarks="{severity}" hx-swap-oob="true">{words}</div>'
BODY = (
    '<div class="field"{mark}><input id="in-q" name="q" aria-label="Quantity" aria-describedby="in-q-remarks" {invalid}'
    ' hx-get="/pause" hx-trigger="input" hx-target="#pane"><div id="in-q-remarks" data-remarks="">{words}</div></div>'
    '<div id="pane"></div>'
)


def typed(open_page: OpenPage, body: str, severity: str, words: str) -> Page:
    """The page after a pause that redrew the remarks."""
    answer = "<p>pane</p>" + REMARKS.format(severity=severity, words=words)
    page = open_page("remarks", body, {"/pause*": lambda route: route.fulfill(body=answer, content_type="text/html")})
    page.get_by_label("Quantity").fill("0")
    expect(page.locator("#pane")).to_have_text("pane")
    return page


def test_a_field_that_became_wrong_is_marked(open_page: OpenPage) -> None:
    page = typed(open_page, BODY.format(mark="", invalid="", words=""), "error", "Quantity 0.")
    expect(page.get_by_label("Quantity")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field")).to_have_attribute("data-severity", "error")


def test_a_field_that_was_mended_loses_its_marks(open_page: OpenPage) -> None:
    wrong = BODY.format(mark=' data-severity="error"', invalid='aria-invalid="true"', words="Quantity 0.")
    page = typed(open_page, wrong, "", "")
    expect(page.get_by_label("Quantity")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field")).not_to_have_attribute("data-severity", "error")


def test_a_warning_marks_the_field_without_calling_it_invalid(open_page: OpenPage) -> None:
    page = typed(open_page, BODY.format(mark="", invalid="", words=""), "warning", "No country code.")
    expect(page.locator(".field")).to_have_attribute("data-severity", "warning")
    expect(page.get_by_label("Quantity")).not_to_have_attribute("aria-invalid", "true")
