"""The choice between this browser and the server: what each proves, what stands there first, who does not get it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.by_browser import compose, ends_as, press_send, store_number
from tests.journeys.composing import BATIK, compose_for, sent
from tests.journeys.console import Console
from tests.journeys.test_stores_and_keys import new_key, new_store
from tests.journeys.visitor import Visitor
from tests.journeys.watching import box, window_of

pytestmark = pytest.mark.browser


@pytest.fixture
def page(console: Console, browser: Browser) -> Iterator[Page]:
    with window_of(browser, console, console.visitor("marketer")) as window:
        yield window.page()


def store_of(console: Console, environment: str, **settings: str) -> str:
    """A new store in this environment; `settings` are fields of its form."""
    admin = console.visitor("admin")
    store = new_store(admin, environment=environment)
    admin.press(store, "Add the key", {"Storefront key": new_key()})
    if settings:
        admin.press(admin.follow(store, "Edit"), "Save", settings)
    return store.heading


def words(page: Page) -> str:
    """What is to be read beside Send."""
    return " ".join(page.locator("#send").inner_text().split())


def test_only_the_words_of_the_chosen_channel_stand_there(console: Console, page: Page) -> None:
    compose(page, console)
    assert "Scalev sees your own address and browser" in words(page)
    assert "this server’s address" not in words(page)

    page.get_by_text("Server", exact=True).click()
    assert "Scalev sees this server’s address" in words(page)
    assert "your own address" not in words(page)


def test_a_production_store_begins_with_the_browser_and_says_that_it_counts(console: Console, page: Page) -> None:
    name = store_of(console, "production")
    page.goto(f"/compose/?store={store_number(console, name)}")
    expect(page.get_by_label("This browser", exact=True)).to_be_checked()
    assert "This is a real event: Meta counts it." in words(page)

    page.get_by_text("Server", exact=True).click()
    assert "This is a real event from the wrong address: Meta counts it." in words(page)


def test_a_sandbox_store_begins_with_the_server(page: Page, console: Console) -> None:
    page.goto(f"/compose/?store={store_number(console, BATIK)}")
    expect(page.get_by_label("Server", exact=True)).to_be_checked()


def test_the_choice_stays_while_somebody_composes_and_after_a_reload(console: Console, page: Page) -> None:
    compose(page, console)
    page.get_by_role("button", name="Variant").click()
    expect(page.locator("#in-variants-0-quantity")).to_be_visible()
    expect(page.get_by_label("This browser", exact=True)).to_be_checked()
    page.reload()
    expect(page.get_by_label("This browser", exact=True)).to_be_checked()


def test_another_store_begins_with_its_own_channel(console: Console, page: Page) -> None:
    name = store_of(console, "sandbox", default_channel="server")
    compose(page, console)
    page.locator("#in-store").select_option(store_number(console, name))
    expect(page.get_by_label("Server", exact=True)).to_be_checked()


def test_a_store_that_forbids_it_says_who_did_and_sends_from_the_server(console: Console, page: Page) -> None:
    name = store_of(console, "sandbox", browser_sends="no")
    page.goto(f"/compose/?store={store_number(console, name)}")
    expect(page.get_by_text("An admin has switched off sending from browsers for this store.")).to_be_visible()
    expect(page.get_by_text("This browser", exact=True)).to_have_count(0)
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")
    expect(page.get_by_role("button", name="Resend from this browser")).to_have_count(0)


def test_a_store_that_came_to_forbid_it_is_read_above_the_form_with_what_was_typed(
    console: Console, page: Page
) -> None:
    name = store_of(console, "sandbox")
    compose(page, console, name)
    box(page, "E-mail").fill("wulan.pertiwi@contoh.id")
    admin = console.visitor("admin")
    store = admin.open(f"/stores/{store_number(console, name)}/")
    admin.press(admin.follow(store, "Edit"), "Save", {"browser_sends": "no"})
    press_send(page)
    expect(page.locator("#notices")).to_contain_text(f"{name} is not sent to from browsers. An admin can allow it.")
    expect(page.locator("#trouble .notice:visible")).to_have_count(0)
    expect(box(page, "E-mail")).to_have_value("wulan.pertiwi@contoh.id")


@pytest.mark.parametrize("environment", ["sandbox", "production"])
def test_without_scripts_the_choice_is_not_there_and_the_page_says_why(
    console: Console, browser: Browser, environment: str
) -> None:
    name = store_of(console, environment)
    with window_of(browser, console, console.visitor("marketer"), scripts=False) as window:
        page = window.page()
        page.goto(f"/compose/?store={store_number(console, name)}")
        expect(page.get_by_text("Sent by this console’s server")).to_be_visible()
        expect(page.get_by_text("Sending from your own browser needs JavaScript")).to_be_visible()
        expect(page.get_by_text("This browser", exact=True)).to_be_hidden()
        expect(page.get_by_text("Send down both channels")).to_have_count(2)
        assert not page.get_by_text("Send down both channels").first.is_visible()
        assert "your own address" not in page.locator("#send").inner_text()


def test_without_scripts_the_form_sends_from_the_server(console: Console, marketer: Visitor) -> None:
    page = sent(marketer, compose_for(marketer))
    assert "Resend as it was" in page.buttons()
    (request,) = console.received(page.by_id("event-id-1").text)
    assert "origin" not in {name.lower() for name, _ in request["headers"]}


def test_the_channel_is_chosen_by_keyboard(console: Console, page: Page) -> None:
    compose(page, console)
    page.get_by_label("This browser", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Server", exact=True)).to_be_checked()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("This browser", exact=True)).to_be_checked()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_choice_is_for_everybody(console: Console, page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    compose(page, console)
    page.get_by_text("Send down both channels, to compare").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_only_the_pages_that_send_may_call_scalev_and_only_at_its_addresses(console: Console, page: Page) -> None:
    compose(page, console)
    composer = policy(page, page.url)
    assert composer[:2] == ["'self'", "https://api.scalev.com"]
    assert console.sandbox in composer
    assert not [source for source in composer if "*" in source or source in ("https:", "http:")]
    press_send(page)
    ends_as(page, "Scalev took this event for delivery.")
    assert policy(page, page.url) == composer, "it may be resent from here"
    for path in ("/log/", "/profile/"):
        assert policy(page, path) == ["'self'"]


def policy(page: Page, address: str) -> list[str]:
    """What a page may call."""
    header = page.request.get(address).headers["content-security-policy"]
    found = re.search(r"connect-src ([^;]+)", header)
    assert found, header
    return found[1].split()
