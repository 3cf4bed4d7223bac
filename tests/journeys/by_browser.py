"""The steps of sending from this browser, and what the browser itself has to say when somebody stands in its way."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, Route, expect

from tests.journeys.composing import BATIK
from tests.journeys.console import Console
from tests.journeys.test_stores_and_keys import new_key, new_store
from tests.journeys.watching import Window, box

# Said by Chromium in its own console of a call that was kept from the page; nobody can hush it.
KEPT_FROM_PAGE = "has been blocked by CORS policy"


def store_number(console: Console, name: str, role: str = "marketer") -> str:
    """How the composer calls the store of this name."""
    options = console.visitor(role).open("/compose/").by_id("in-store").all("option")
    return next(each.attrs["value"] for each in options if each.text.startswith(name))


def compose(page: Page, console: Console, store: str = BATIK) -> str:
    """Open the composer for a store, with this browser chosen; the event ID that it made up."""
    page.goto(f"/compose/?store={store_number(console, store)}")
    choose_browser(page)
    return box(page, "Event ID").input_value()


def choose_browser(page: Page) -> None:
    page.get_by_text("This browser", exact=True).click()
    expect(page.get_by_label("This browser", exact=True)).to_be_checked()


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Send event").click()


def handed_over(page: Page) -> dict[str, Any]:
    """Press Send; what the console hands to the page, read on the way because the page soon leaves."""
    seen: list[dict[str, Any]] = []

    def read(route: Route) -> None:
        answer = route.fetch()
        seen.append(answer.json())
        route.fulfill(response=answer)

    page.route("**/browser/", read, times=1)
    with page.expect_response("**/browser/"):
        press_send(page)
    return seen[0]


def ends_as(page: Page, words: str) -> None:
    """The page of the delivery opens by itself, and begins with these words."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=15_000)


def misbehaving_store(console: Console, slug: str = "", environment: str = "sandbox") -> str:
    """The name of a new store, with a key, that misbehaves so."""
    admin = console.visitor("admin")
    store_id = f"store_sandbox_{slug}_{uuid4().hex[:6]}" if slug else ""
    store = new_store(admin, store_id, environment)
    admin.press(store, "Add the key", {"Storefront key": new_key()})
    return store.heading


def overlook_pauses(window: Window) -> None:
    """A pause in typing may fall into the time without a network, or end before it: htmx complains of the first."""
    window.complaints[:] = [said for said in window.complaints if "htmx:sendError" not in said]


def expect_complaints(window: Window, *words: str) -> None:
    """Each of these comes to the browser's console, and nothing beside them; then forget them."""
    for _ in range(100):
        if all(any(word in said for said in window.complaints) for word in words):
            break
        window.context.pages[0].wait_for_timeout(50)
    unexpected = [said for said in window.complaints if not any(word in said for word in words)]
    assert unexpected == []
    assert all(any(word in said for said in window.complaints) for word in words), window.complaints
    window.complaints.clear()
