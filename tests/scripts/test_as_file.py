"""Text that is too long for a field goes along as a file, and a file that is too large is not sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<form method="post" action="/send" enctype="multipart/form-data">
<textarea aria-label="Payload" name="text" data-as-file="file"></textarea>
<input type="file" id="file" name="file" data-most-bytes="100" data-too-large="Too large">
<button>Send</button></form>"""


def opened(open_page: OpenPage, sent: list[str]) -> Page:
    def answer(route: Route) -> None:
        sent.append((route.request.post_data_buffer or b"").decode())
        route.fulfill(body="<p>Sent</p>", content_type="text/html")

    page: Page = open_page("as-file", BODY, {"/send": answer})
    return page


@pytest.mark.parametrize(("length", "parts"), [(800_001, 1), (20, 0)])
def test_only_long_text_becomes_a_file(open_page: OpenPage, length: int, parts: int) -> None:
    sent: list[str] = []
    page = opened(open_page, sent)
    page.get_by_label("Payload").fill("k" * length)

    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("Sent")).to_be_visible()
    assert sent[0].count('filename="pasted.json"') == parts
    assert "k" * length in sent[0]


def test_a_file_that_is_too_large_stays_here(open_page: OpenPage) -> None:
    sent: list[str] = []
    page = opened(open_page, sent)
    page.locator("#file").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"k" * 101})

    page.get_by_role("button", name="Send").click()

    assert page.locator("#file").evaluate("(field) => field.validationMessage") == "Too large"
    page.locator("#file").set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"k" * 99})
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent")).to_be_visible()
    assert len(sent) == 1
