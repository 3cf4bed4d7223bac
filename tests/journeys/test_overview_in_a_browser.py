"""Counts and timeline as they arrive in a browser, and as a page where no script runs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.composing import compose_for, sent
from tests.journeys.console import Console
from tests.journeys.visitor import Visitor
from tests.journeys.watching import PHONE, window_of

pytestmark = pytest.mark.browser


def test_counts_arrive_after_the_rows_and_move_none_of_them(
    console: Console, browser: Browser, marketer: Visitor
) -> None:
    sent(marketer, compose_for(marketer))
    with window_of(browser, console, marketer) as window:
        page = window.page()
        waiting = []
        page.route("**/log/overview/**", lambda route: waiting.append(route))
        page.goto("/log/?q=last:24h")
        rows = page.locator(".log-table")
        expect(page.get_by_role("link", name="Counts and timeline")).to_be_visible()
        before = rows.bounding_box()

        page.wait_for_function("document.querySelector('.bars-ahead.htmx-request')")
        waiting[0].continue_()

        expect(page.locator(".bars-list a").last).to_have_attribute("title", re.compile(r"\d accepted"))
        expect(page.locator("#log-summary")).to_contain_text("in the last 24 hours")
        assert rows.bounding_box() == before
        assert page.url.endswith("/log/?q=last:24h")


def test_a_drag_narrows_the_list_and_all_times_leads_back(
    console: Console, browser: Browser, marketer: Visitor
) -> None:
    sent(marketer, compose_for(marketer))
    with window_of(browser, console, marketer) as window:
        page = window.page()
        page.goto("/log/?q=last:24h")
        box = page.locator(".bars-list").bounding_box()
        assert box

        middle = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] / 2, middle)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 2, middle, steps=4)
        page.mouse.up()

        page.wait_for_url(re.compile(r"\?q=after%3A.*\+before%3A.*\+last%3A24h"))
        expect(page.locator(".log-table tbody tr").first).to_be_visible()
        page.get_by_role("link", name="All times").click()
        page.wait_for_url(re.compile(r"\?q=last%3A24h$"))


def test_the_keyboard_opens_a_bar(console: Console, browser: Browser, marketer: Visitor) -> None:
    sent(marketer, compose_for(marketer))
    with window_of(browser, console, marketer) as window:
        page = window.page()
        page.goto("/log/?q=last:24h")

        page.locator(".bars-list a").last.press("Enter")

        page.wait_for_url(re.compile("after%3A.*before"))
        expect(page.locator(".log-table tbody tr").first).to_be_visible()


def test_without_scripts_the_same_is_a_page(console: Console, browser: Browser, marketer: Visitor) -> None:
    sent(marketer, compose_for(marketer))
    with window_of(browser, console, marketer, scripts=False) as window:
        page = window.page()
        page.goto("/log/?q=last:24h")

        page.get_by_role("link", name="Counts and timeline").click()

        expect(page.locator("#log-summary")).to_contain_text("in the last 24 hours")
        expect(page.get_by_role("heading", name="Sent by")).to_be_visible()
        page.locator(".bars-list a").last.click()
        expect(page.locator(".log-table tbody tr").first).to_be_visible()


def test_on_a_phone_rows_come_first_and_the_timeline_with_the_counts(
    console: Console, browser: Browser, marketer: Visitor
) -> None:
    sent(marketer, compose_for(marketer))
    with window_of(browser, console, marketer) as window:
        page = window.page()
        page.set_viewport_size(PHONE)
        page.goto("/log/")
        first = page.locator(".log-table tbody tr").first
        expect(page.locator("#log-summary")).to_contain_text("deliver")
        expect(page.locator(".bars-list")).to_be_hidden()
        box = first.bounding_box()
        assert box
        assert box["y"] < 300

        page.locator(".log-facets summary").click()
        expect(page.locator(".bars-list")).to_be_visible()
