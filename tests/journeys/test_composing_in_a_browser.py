"""Composing with JavaScript: immediate, without losing a letter or the place where somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import AT_BATIK
from tests.journeys.console import Console
from tests.journeys.watching import box, drawn_with, window_of

pytestmark = pytest.mark.browser


@pytest.fixture
def composer(console: Console, browser: Browser) -> Iterator[Page]:
    """The composer of the marketer; when the test ends, the browser must have had nothing to complain about."""
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        yield page


def test_findings_and_json_follow_a_pause_in_typing(composer: Page) -> None:
    address = composer.url
    composer.get_by_role("button", name="Variant").click()
    quantity, remarks = box(composer, "Line 1: quantity"), composer.locator("#in-variants-0-quantity-remarks")
    box(composer, "Line 1: unique ID").fill("variant_KemejaBatikParangL")
    quantity.fill("0")
    expect(remarks).to_contain_text("quantity 0")
    expect(quantity).to_have_attribute("aria-invalid", "true")
    expect(composer.locator("#pane")).to_contain_text("quantity 0")
    expect(composer.get_by_role("button", name="Send anyway")).to_be_visible()

    quantity.press("ControlOrMeta+a")
    quantity.press_sequentially("3")

    expect(remarks).to_be_empty()
    expect(quantity).not_to_have_attribute("aria-invalid", "true")
    expect(composer.get_by_role("button", name="Send anyway")).to_have_count(0)
    expect(quantity).to_be_focused()
    assert composer.url == address


def test_typing_goes_on_while_an_answer_comes_in(composer: Page) -> None:
    """Each pause redraws the findings beside the field, and must not touch the field itself."""
    first_name = box(composer, "First name")
    with composer.expect_response(re.compile("/compose/")):
        first_name.press_sequentially("Wulan")
    first_name.press_sequentially(" Ayu", delay=90)
    expect(composer.locator("#pane .json").get_by_text("Wulan Ayu")).to_be_visible()
    expect(first_name).to_have_value("Wulan Ayu")
    expect(first_name).to_be_focused()


@pytest.mark.parametrize("button", ["New event ID", "Bundle"])
def test_a_slow_answer_to_a_button_takes_no_letter(composer: Page, button: str) -> None:
    slow = {"offline": False, "latency": 400, "downloadThroughput": -1, "uploadThroughput": -1}
    composer.context.new_cdp_session(composer).send("Network.emulateNetworkConditions", slow)
    event_id = box(composer, "Event ID").input_value()
    composer.get_by_role("button", name=button).click()
    box(composer, "First name").click()
    composer.keyboard.type("Wulan Pertiwi", delay=90)

    expect(composer.locator("#pane .json").get_by_text("Wulan Pertiwi")).to_be_visible()
    expect(box(composer, "First name")).to_have_value("Wulan Pertiwi")
    if button == "Bundle":
        expect(box(composer, "Bundle line 1: unique ID")).to_have_value("")
    else:
        expect(box(composer, "Event ID")).not_to_have_value(event_id)


def test_lines_are_added_moved_and_removed_in_place(composer: Page) -> None:
    for number, item in enumerate(("variant_Kemeja", "variant_Sarung"), start=1):
        composer.get_by_role("button", name="Variant").click()
        box(composer, f"Line {number}: unique ID").fill(item)
    box(composer, "Last name").fill("Pertiwi")

    composer.get_by_role("button", name="Move up: Line 2", exact=True).click()
    expect(box(composer, "Line 1: unique ID")).to_have_value("variant_Sarung")
    expect(box(composer, "Line 2: unique ID")).to_have_value("variant_Kemeja")

    composer.get_by_role("button", name="Remove: Line 1", exact=True).click()
    expect(box(composer, "Line 2: unique ID")).to_have_count(0)
    expect(box(composer, "Line 1: unique ID")).to_have_value("variant_Kemeja")
    expect(box(composer, "Last name")).to_have_value("Pertiwi")


def test_the_focus_goes_where_a_person_goes_on(composer: Page) -> None:
    for number in (1, 2):
        composer.get_by_role("button", name="Variant").click()
        expect(box(composer, f"Line {number}: unique ID")).to_be_focused()

    composer.get_by_role("button", name="Move up").click()
    expect(composer.locator("#do-down-variants-0")).to_be_focused()


def test_an_event_id_of_the_consoles_own_is_seen_whole(composer: Page) -> None:
    assert box(composer, "Event ID").evaluate("(input) => input.scrollWidth <= input.clientWidth")


def test_a_new_event_id_replaces_only_the_event_id(composer: Page) -> None:
    before = box(composer, "Event ID").input_value()
    box(composer, "City").evaluate("(input) => { input.closest('details').open = true; }")
    box(composer, "City").fill("Bandung")

    composer.get_by_role("button", name="New event ID").click()

    expect(box(composer, "Event ID")).not_to_have_value(before)
    expect(box(composer, "City")).to_have_value("Bandung")


def test_the_raw_tab_and_the_form_show_the_same_payload(composer: Page) -> None:
    box(composer, "E-mail").fill("wulan.pertiwi@contoh.id")
    composer.get_by_role("button", name="Raw JSON").click()
    raw = composer.locator("textarea[name=raw]")
    drawn_with(raw)
    text = raw.input_value()
    raw.fill(text.rstrip().removesuffix("}").rstrip() + ',\n  "kode_promo": 12345678901234567890.10\n}')
    expect(composer.locator("#pane").get_by_text("12345678901234567890.10")).to_be_visible()

    composer.get_by_role("button", name="Form", exact=True).click()

    expect(box(composer, "E-mail")).to_have_value("wulan.pertiwi@contoh.id")
    expect(composer.locator("#pane").get_by_text("12345678901234567890.10")).to_be_visible()


def test_json_that_is_too_large_is_said_before_it_is_sent(composer: Page) -> None:
    composer.get_by_role("button", name="Raw JSON").click()
    drawn_with(composer.locator("#in-raw"))
    composer.locator("#in-raw").fill('{"a": "' + '"' * 400_000)
    expect(composer.get_by_text("This is too large: the console reads about 1 MB")).to_be_visible()
    composer.get_by_role("button", name="Send event").click()
    expect(composer.locator("#in-raw")).to_be_visible()

    composer.locator("#in-raw").fill("{}")
    expect(composer.get_by_text("This is too large")).to_be_hidden()


def test_a_double_click_on_send_and_the_back_button_send_once(console: Console, composer: Page) -> None:
    event_id = box(composer, "Event ID").input_value()
    composer.get_by_role("button", name="Send event").dblclick()
    expect(composer.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took"))
    delivery = composer.url

    composer.go_back()
    composer.wait_for_load_state()
    if composer.url != delivery:
        expect(composer.get_by_text("sent already, and only once").or_(composer.locator("#composer"))).to_be_visible()

    assert len(console.received(event_id)) == 1


def test_a_reload_after_a_refused_send_shows_what_was_typed_since(console: Console, composer: Page) -> None:
    address = composer.url
    composer.get_by_role("button", name="Variant").click()
    box(composer, "Line 1: unique ID").fill("variant_KemejaBatikParangL")
    box(composer, "Line 1: quantity").fill("0")
    composer.get_by_role("button", name="Send event").click()
    expect(composer.get_by_text("Nothing was sent: 1 error")).to_be_visible()
    expect(box(composer, "Line 1: quantity")).to_be_focused()
    expect(composer).to_have_url(address)
    with composer.expect_response(re.compile("/compose/")):
        box(composer, "Line 1: quantity").fill("3")

    composer.reload()

    expect(box(composer, "Line 1: quantity")).to_have_value("3")


def test_a_session_that_ended_says_so_and_keeps_what_was_typed(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        window.context.clear_cookies(name="console_session")
        box(page, "First name").press_sequentially("Wulan")
        expect(page.get_by_text("You have been signed out.")).to_be_visible()
        expect(box(page, "First name")).to_have_value("Wulan")


def test_whoever_signs_in_beside_the_form_goes_on_in_it(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        event_id = box(page, "Event ID").input_value()
        window.context.clear_cookies(name="console_session")
        box(page, "First name").press_sequentially("Wulan")
        with window.context.expect_page() as opened:
            page.get_by_role("link", name="Sign in in a new tab").click()
        box(opened.value, "E-mail").fill("marketer@console.test")
        box(opened.value, "Password").fill(console.passwords["marketer"])
        opened.value.get_by_role("button", name="Sign in").click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Compose")

        box(page, "E-mail").fill("wulan.pertiwi@contoh.id")

        expect(page.get_by_text("You signed in again. Nothing was sent")).to_be_visible()
        expect(box(page, "First name")).to_have_value("Wulan")
        expect(box(page, "E-mail")).to_have_value("wulan.pertiwi@contoh.id")
        assert console.received(event_id) == []
        page.get_by_role("button", name="Send event").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took this event"))


def test_an_event_is_composed_and_sent_by_keyboard_alone(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        event_id = box(page, "Event ID").input_value()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        _tab_to(page, "E-mail")
        page.keyboard.type("wulan.pertiwi@contoh.id")
        _tab_to(page, "Variant", backwards=True)
        page.keyboard.press("Enter")
        expect(box(page, "Line 1: unique ID")).to_be_visible()
        _tab_to(page, "Line 1: unique ID")
        page.keyboard.type("variant_KemejaBatikParangL")
        _tab_to(page, "Send event")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took this event"))
    assert len(console.received(event_id)) == 1


def _tab_to(page: Page, name: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus stands on what is called so; every stop on the way must show where the focus is."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        here = page.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
            const label = at.labels?.[0]?.textContent ?? "";
            return {name: (at.getAttribute("aria-label") || label || at.textContent).trim(),
                    shown: style.outlineStyle !== "none" || style.boxShadow !== "none", tag: at.tagName}; }"""
        )
        assert here["shown"] or here["tag"] == "BODY", f"no focus ring on {here['name'][:60]!r}"
        if here["name"].startswith(name):
            return
    raise AssertionError(f"Tab never reached {name!r}")
