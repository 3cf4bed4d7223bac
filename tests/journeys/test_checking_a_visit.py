"""A recording is dropped into the browser, which sends only what is judged of it; without scripts it goes as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.checking import RUINED, checked
from tests.journeys.console import Console
from tests.journeys.watching import box, window_of
from tests.recordings import COOKIE, KEY, SHOP, entry, har, visit

PASSWORD = "lembayung-senja-72"
# Somebody signs in during the visit, and a page is large.
SIGN_IN = entry(f"{SHOP}/masuk", 5, method="POST", posted={"mimeType": "text/plain", "text": f"sandi={PASSWORD}"})
PICTURE = entry(f"{SHOP}/kemeja.png?token=rahasia", 6)
PICTURE["response"]["content"]["text"] = "QUJD" * 500_000
RECORDING = har(*visit(), SIGN_IN, PICTURE, RUINED)
DROP = """(form, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "kunjungan.har"));
    for (const kind of ["dragover", "drop"]) form.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true }));
}"""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    file = tmp_path / "kunjungan.har"
    file.write_bytes(RECORDING)
    return file


def told(page: Page) -> str:
    return " ".join(page.locator("main").inner_text().split())


@pytest.mark.browser
def test_only_what_is_judged_leaves_the_browser_and_the_verdict_is_the_same(
    console: Console, browser: Browser, recording: Path
) -> None:
    sent: list[Request] = []
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
        page.goto("/recording/")
        page.get_by_label("The recording (HAR)").set_input_files(recording)
        page.get_by_role("button", name="Check the visit").click()
        expect(page.get_by_role("heading", name="events need a look")).to_be_visible()
        cut_down = told(page)
    with window_of(browser, console, console.visitor("marketer"), scripts=False) as window:
        page = window.page()
        page.goto("/recording/")
        page.get_by_label("The recording (HAR)").set_input_files(recording)
        page.get_by_role("button", name="Check the visit").click()
        whole = told(page)

    (request,) = sent
    body = request.post_data_buffer or b""
    assert len(body) < 20_000
    for secret in (COOKIE, KEY, PASSWORD, "rahasia", "QUJD"):
        assert secret.encode() not in body
    ladder = cut_down.partition("Check another recording")[0]
    assert "5 of 6 events need a look." in ladder
    assert "15 calls in the recording" in ladder
    assert whole.partition("Check another recording")[0] == ladder


@pytest.mark.browser
def test_a_dropped_recording_is_checked_at_once_and_a_half_is_mended_in_the_composer(
    console: Console, browser: Browser
) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto("/")
        page.get_by_role("link", name="Check a visit").click()
        page.locator("form[data-recording]").evaluate(DROP, RECORDING.decode())
        expect(page.get_by_text("“Rp” is not a currency code.")).to_be_visible()

        page.get_by_role("button", name="Open the server’s half of Purchase in the composer").last.click()
        expect(box(page, "Event ID")).to_have_value("ord-88214-Purchase")
        page.get_by_role("button", name="Fix all").click()
        expect(box(page, "Currency")).to_have_value("IDR")


@pytest.mark.browser
def test_what_the_browser_cannot_read_is_sent_as_it_is_and_explained(
    console: Console, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "kunjungan.har"
    file.write_bytes(RECORDING[:3000])
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto("/recording/")
        page.get_by_label("The recording (HAR)").set_input_files(file)
        page.get_by_role("button", name="Check the visit").click()
        expect(page.get_by_text("it was not saved whole. Save the recording again.")).to_be_visible()


@pytest.mark.browser
def test_what_is_too_large_to_be_sent_stays_here(console: Console, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "kunjungan.zip"
    file.write_bytes(b"PK\x03\x04" * 100)
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto("/recording/")
        field = page.get_by_label("The recording (HAR)")
        field.evaluate("(field) => { field.dataset.mostSent = '100'; }")
        field.set_input_files(file)
        page.get_by_role("button", name="Check the visit").click()
        expect(page.get_by_text("This file is larger than 64 MB.")).to_be_visible()
        assert page.url.endswith("/recording/")


def test_a_recording_of_fifty_megabytes_is_read_without_scripts_too(console: Console) -> None:
    pictures = []
    for number in range(25):
        pictures.append(entry(f"{SHOP}/{number}.png", 6))
        pictures[-1]["response"]["content"]["text"] = "QUJD" * 500_000

    page = checked(console, har(*visit(), *pictures))

    assert "4 of 5 events need a look." in page.text
