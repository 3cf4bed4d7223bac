"""Files in real Chromium: saved from the menus, opened from a disk, replayed from HAR."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import BUYER, compose_for, sent, typed_line
from tests.journeys.console import Console
from tests.journeys.test_every_page_for_everybody import problems
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser

EMAIL = BUYER["E-mail"]


@pytest.fixture
def delivery(console: Console) -> str:
    """The address of one that was sent by somebody else."""
    marketer = console.visitor("marketer")
    return sent(marketer, typed_line(marketer, compose_for(marketer)), BUYER).url


def saved(page: Page, role: str, name: str, folder: Path) -> Path:
    """What a link or button downloads, under the name that it came with."""
    with page.expect_download() as download:
        page.get_by_role(role, name=name).click()  # type: ignore[arg-type]  # one of ARIA's many words
    assert download.value.failure() is None
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_log_is_saved_masked_and_with_a_reason_in_clear(
    console: Console, browser: Browser, delivery: str, tmp_path: Path
) -> None:
    with window_of(browser, console, console.visitor("support")) as window:
        page = window.page()
        page.goto("/log/?outcome=accepted")
        page.get_by_text("Export", exact=True).click()
        masked = saved(page, "link", "CSV for a spreadsheet", tmp_path).read_text()
        assert "w•••@contoh.id" in masked
        assert EMAIL not in masked

        page.get_by_role("link", name="In clear, with a reason").click()
        page.get_by_role("radio", name="JSON Lines, for programs").check()
        box(page, "Why do you need them in clear").fill("Scalev asks for the exact requests")
        clear = saved(page, "button", "Download in clear", tmp_path)
        assert EMAIL in clear.read_text()
        assert clear.name.endswith("-in-clear.jsonl")

        page.get_by_role("link", name="Back").click()
        expect(page).to_have_url(f"{console.origin}/log/?q=outcome%3Aaccepted")


def test_a_delivery_is_a_page_that_stands_on_its_own(
    console: Console, browser: Browser, delivery: str, tmp_path: Path
) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(delivery)
        page.get_by_text("Export", exact=True).click()
        file = saved(page, "link", "A page to mail or print", tmp_path)

    with window_of(browser, console) as window:
        page, asked = window.page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        expect(page.get_by_role("heading", level=1)).to_have_text("Scalev took this event for delivery.")
        assert asked == [file.as_uri()]
    # axe brings a script of its own, which the page's policy would not let run.
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        assert problems(page, "light") + problems(page, "dark") == []


def test_har_replays_the_exchange(console: Console, browser: Browser, delivery: str, tmp_path: Path) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(delivery)
        page.get_by_text("Export", exact=True).click()
        file = saved(page, "link", "HAR for DevTools", tmp_path)
    (entry,) = json.loads(file.read_text())["log"]["entries"]

    with browser.new_context() as context:
        context.route_from_har(file, not_found="abort")
        page = context.new_page()
        page.route("**/empty", lambda route: route.fulfill(body=""))
        page.goto(entry["request"]["url"].partition("/v3/")[0] + "/empty")
        status = page.evaluate(
            "([url, body]) => fetch(url, {method: 'POST', body}).then((answer) => answer.status)",
            [entry["request"]["url"], entry["request"]["postData"]["text"]],
        )
    assert status == 204


def test_the_command_is_copied(console: Console, browser: Browser, delivery: str) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        window.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=console.origin)
        page = window.page()
        page.goto(delivery)
        page.get_by_role("link", name="Copy as", exact=True).click()
        page.get_by_role("button", name="Copy as cURL").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl --include --url 'http://127.0.0.1:")
    assert '"X-Scalev-Storefront-Api-Key: $SCALEV_STOREFRONT_KEY"' in copied
