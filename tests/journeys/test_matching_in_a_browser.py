"""What Meta will look for follows the typing, and a click ID is built by a click."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.composing import AT_BATIK
from tests.journeys.console import Console
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser
CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"


@pytest.fixture
def composer(console: Console, browser: Browser) -> Iterator[Page]:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto(AT_BATIK)
        yield page


def test_picture_and_hash_follow_the_typing_and_stay_open(composer: Page) -> None:
    composer.get_by_text("As Meta will compare it").click()

    box(composer, "E-mail").fill(" Wulan.Pertiwi@contoh.id")

    digest = hashlib.sha256(b"wulan.pertiwi@contoh.id").hexdigest()
    expect(composer.locator("#hash-em")).to_have_text(digest)
    expect(composer.locator("#hash-em")).to_be_visible()
    expect(composer.get_by_role("img", name="E-mail: there")).to_be_visible()
    expect(composer.get_by_role("button", name="Copy the hash: E-mail")).to_be_visible()


def test_a_click_id_is_built_from_the_landing_page_by_a_click(composer: Page) -> None:
    composer.get_by_text("Click ID from the landing page").click()
    box(composer, "Landing page address").fill(f"https://batiknusantara.example/?fbclid={CLICK}")

    composer.get_by_role("button", name="Build fbc from it").click()

    expect(composer.locator("#landing-said")).to_contain_text("letter for letter")
    expect(composer.locator("#in-user_data-fbc")).to_have_value(re.compile(rf"^fb\.1\.[0-9]{{13}}\.{CLICK}$"))
    expect(box(composer, "Landing page address")).to_have_value(f"https://batiknusantara.example/?fbclid={CLICK}")
