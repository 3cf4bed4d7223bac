"""From a request that some other tool wrote down to a composition; with a browser's script and without any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.domain.reading import specimens
from tests.journeys.composing import AT_BATIK, event_id_of
from tests.journeys.console import Console
from tests.journeys.pasting import SNIPPET
from tests.journeys.watching import box, drawn_with, window_of


@pytest.mark.browser
def test_a_broken_snippet_becomes_a_clean_payload_by_clicking_only(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        page.get_by_role("button", name="Paste from anywhere").click()
        page.get_by_label("The request, as you copied it").fill(SNIPPET)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="2. purchase")).to_be_visible()
        expect(page.get_by_text("A browser does not run a call that is written with them.")).to_be_visible()
        expect(page.get_by_role("row", name="parameters.content_ids: ids")).to_be_visible()

        page.get_by_role("button", name="Open in the composer").nth(1).click()
        expect(page.get_by_role("heading", name="Compose", exact=True)).to_be_visible()
        expect(page.get_by_role("combobox", name="Event event_name")).to_have_value("purchase")
        expect(box(page, "E-mail")).to_have_value("wulan.pertiwi@contoh.id")
        page.get_by_role("button", name="New event ID").click()
        expect(box(page, "Event ID")).not_to_have_value("")
        page.get_by_role("button", name="Fix all").click()
        expect(page.get_by_role("combobox", name="Event event_name")).to_have_value("Purchase")
        expect(box(page, "Value")).to_have_value("95300")
        expect(box(page, "Currency")).to_have_value("IDR")
        expect(page.locator('#pane .finding[data-severity="error"]')).to_have_count(0)
        page.get_by_role("button", name="Send event").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Accepted")


@pytest.mark.browser
def test_what_is_put_into_the_json_field_is_recognised_there(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        page.get_by_role("button", name="Raw JSON").click()
        drawn_with(page.get_by_role("textbox", name="The request as JSON"))
        page.get_by_role("textbox", name="The request as JSON").fill(specimens.powershell())
        expect(page.get_by_text("This looks like a PowerShell command")).to_be_visible()
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("heading", name="What was read", exact=True)).to_be_visible()

        page.get_by_role("link", name="Back to what you typed").click()
        expect(page.get_by_role("textbox", name="The request as JSON")).to_have_value(specimens.powershell())


@pytest.mark.browser
def test_a_recording_is_chosen_as_a_file_and_offers_its_requests(
    console: Console, browser: Browser, tmp_path: Path
) -> None:
    lead = json.dumps({"user_data": {}, "events": [{"event_id": "b", "event_name": "Lead"}]})
    file = tmp_path / "kunjungan.har"
    file.write_text(specimens.har(specimens.BODY, lead))
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto("/compose/paste/")
        page.get_by_label("Or a file with it").set_input_files(file)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_text("2 requests are in it")).to_be_visible()
        page.get_by_role("button", name="Open in the composer").first.click()
        expect(box(page, "Event ID")).to_have_value("ord-88212-Purchase")


def test_without_scripts_it_is_the_same(console: Console) -> None:
    marketer = console.visitor("marketer")
    asked = marketer.press(marketer.open(AT_BATIK), "Paste from anywhere")
    refused = marketer.press(asked, "Read it", {"text": "gtag('event', 'purchase')"})
    read = marketer.press(refused, "Read it", {"text": specimens.curl_bash()})
    composer = marketer.press(read, "Open in the composer")

    assert "This is a snippet of Google's tag (gtag)." in refused.text
    assert event_id_of(composer) == "ord-88212-Purchase"
    assert f"The request was made for the store {specimens.STORE}." in composer.text
