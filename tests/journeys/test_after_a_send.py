"""After the answer a delivery's page weighs causes, leads to the field, waits, and tells where to look."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from events.sandbox.scenarios import SCENARIOS
from tests.journeys.composing import AT_BATIK, compose_for, sent
from tests.journeys.console import Console
from tests.journeys.reading import Page as Read
from tests.journeys.test_stores_and_keys import new_key, new_store, store_name
from tests.journeys.visitor import Visitor
from tests.journeys.watching import box, window_of

NOT_FOUND = next(scenario for scenario in SCENARIOS if scenario.slug == "not_found")


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_wrong_key_is_found_out_by_testing_the_other_one(
    console: Console, browser: Browser, admin: Visitor, scripts: bool
) -> None:
    store = _with_keys(admin, _refused_key(), new_key())
    lost = sent(console.visitor("marketer"), compose_for(console.visitor("marketer"), store_name(store)))
    assert "An admin can make this test on this page." in lost.text

    with window_of(browser, console, admin, scripts=scripts) as window:
        page = window.page()
        page.goto(lost.url)
        expect(_cause(page, "The storefront key is wrong")).to_contain_text("possible")
        page.get_by_role("button", name="Test with the other key").click()

        expect(page.get_by_text("Scalev accepts this storefront key for this store ID")).to_be_visible()
        expect(page).to_have_url(lost.url)
        expect(_cause(page, "The storefront key is wrong")).to_contain_text("most likely")
        expect(_cause(page, "The store ID is not known")).to_contain_text("ruled out")
        expect(_cause(page, "plan is not active")).to_contain_text("ruled out")


def test_two_keys_refused_of_a_store_that_was_found_point_at_the_plan(console: Console, admin: Visitor) -> None:
    store = _with_keys(admin, new_key())
    marketer = console.visitor("marketer")
    sent(marketer, compose_for(marketer, store_name(store)))
    for key in (_refused_key(), _refused_key()):
        admin.press(admin.open(store.url), "Add the key", {"Storefront key": key})
    admin.press(admin.follow(admin.open(store.url), "Remove…"), "Remove")
    admin.press(admin.open(store.url), "Make active")
    lost = sent(marketer, compose_for(marketer, store_name(store)))

    weighed = admin.press(admin.open(lost.url), "Test with the other key")

    assert "The test was not accepted: Not found (404)." in weighed.text
    assert "most likely The shop's Scalev plan is not active" in weighed.text
    assert "Look at the subscription in Scalev." in weighed.text


def test_a_store_id_that_was_changed_to_a_wrong_one_is_the_cause(console: Console, admin: Visitor) -> None:
    store = _with_keys(admin, new_key())
    marketer = console.visitor("marketer")
    sent(marketer, compose_for(marketer, store_name(store)))
    wrong = f"store_sandbox_not_found_{new_key()[-8:]}"
    admin.press(admin.follow(store, "Edit"), "Save", {"Store ID": wrong})

    lost = sent(marketer, compose_for(marketer, store_name(store)))

    assert f"this one to {wrong} ." in lost.text
    assert "most likely The store ID is not known to Scalev." in lost.text
    assert "ruled out The key is a page key" in lost.text


@pytest.mark.browser
def test_a_refusal_leads_to_its_field(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        page.get_by_role("button", name="Variant").click()
        box(page, "Line 1: unique ID").fill("variant_KemejaBatikParangL")
        box(page, "Line 1: quantity").fill("0")
        page.get_by_role("button", name="Send event").click()
        page.get_by_role("button", name="Send anyway").click()

        page.get_by_role("button", name=re.compile(r"^Correct it\b.*Quantity")).click()

        expect(box(page, "Line 1: quantity")).to_be_focused()
        box(page, "Line 1: quantity").fill("2")
        page.get_by_role("button", name="Send event").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Scalev took this event"))
        expect(page.get_by_role("heading", name="In Test Events")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="In Test Events")).to_be_hidden()


@pytest.mark.browser
def test_a_resend_is_offered_when_the_wait_is_over(console: Console, browser: Browser, admin: Visitor) -> None:
    store = admin.press(
        new_store(admin, f"store_sandbox_rate_limit_{new_key()[-6:]}"), "Add the key", {"Storefront key": new_key()}
    )
    limited = sent(admin, compose_for(admin, store_name(store)))
    with window_of(browser, console, admin) as window:
        page = window.page()
        page.goto(limited.url)
        expect(page.get_by_text("You can resend it in")).to_be_visible()
        expect(page.get_by_role("button", name="Resend as it was")).to_have_count(0)

        # As long as the sandbox asks for, and the page looks again by itself.
        expect(page.get_by_role("button", name="Resend as it was")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("is over: resend the event as it was.")).to_be_visible()


def _refused_key() -> str:
    """One that no store is found with."""
    return f"{NOT_FOUND.key}_{new_key()[-12:]}"


def _with_keys(admin: Visitor, *keys: str) -> Read:
    """A store with these keys, the first of them active."""
    store = new_store(admin)
    for key in keys:
        store = admin.press(store, "Add the key", {"Storefront key": key})
    return store


def _cause(page: Page, words: str) -> Locator:
    return page.locator(".causes li", has_text=words)
