"""Every page, light and dark, wide and on a phone: accessible, within the window, and clean in the browser's eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, Page, Route

from tests.installation import Installation
from tests.journeys.composing import compose_for
from tests.journeys.console import Console, console_of
from tests.journeys.every_page import PAGES
from tests.journeys.reading import Page as Answer
from tests.journeys.visitor import Visitor
from tests.journeys.watching import PHONE, WIDE, Window, window_of

DAMAGE = """
from django.db import connection
from events.models import Draft
Draft.objects.update(envelope=b"of another master key")
connection.cursor().execute("DROP TABLE events_auditentry")
"""

# The menus that lie partly off the page once they are open, or hold more than they show.
MENUS_CUT = """() => [...document.querySelectorAll("details.menu")].filter((menu) => {
  const was = menu.open, items = menu.querySelector(".menu-items");
  menu.open = true;
  const box = items.getBoundingClientRect(), isCut = items.scrollWidth > items.clientWidth;
  menu.open = was;
  return isCut || box.left < 0 || box.right > document.documentElement.clientWidth;
}).map((menu) => menu.innerText)"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def window(console: Console, browser: Browser) -> Iterator[Window]:
    """One for all pages, as a browser goes from page to page: what they load and run is fetched and compiled once."""
    with window_of(browser, console) as made:
        made.page()
        yield made


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(console: Console, window: Window, name: str) -> None:
    answer = PAGES[name](console)
    assert "Something broke" not in answer.text
    page = window.context.pages[0]
    show(page, answer)
    found = problems(page, "light") + problems(page, "dark")
    leave(page)
    found += window.complaints
    window.complaints.clear()
    assert found == []


def test_an_installation_without_anything_and_one_that_is_broken_look_after_people_too(
    prepared: Installation, browser: Browser
) -> None:
    """Empty pages, too many attempts to sign in, a draft that cannot be read, and a fault of the console itself."""
    with console_of(prepared) as console, window_of(browser, console) as window:
        page, admin = window.page(), console.visitor("admin")
        draft = compose_for(admin).url
        stores = admin.open("/stores/")
        for form in [each for each in stores.root.all("a") if "row-link" in each.classes]:
            admin.press(admin.open(form.attrs["href"]), "Archive")
        answers = {each: admin.open(each) for each in ("/log/", "/stores/", "/compose/")}
        assert "Nothing has been sent yet" in answers["/log/"].text
        stranger = Visitor(console.origin)
        attempts = [stranger.sign_in("rani@contoh.id", f"salah-{number}") for number in range(12)]
        answers["throttled"] = attempts[-1]
        assert "Too many" in attempts[-1].text
        prepared.manage("shell", "-c", DAMAGE)
        answers["unreadable"] = admin.open(draft)
        assert "This draft cannot be read" in answers["unreadable"].text
        answers["broken"] = admin.open("/audit/")
        assert answers["broken"].status == 500
        for name, answer in answers.items():
            show(page, answer)
            assert problems(page, "light") + problems(page, "dark") == [], name


def show(page: Page, answer: Answer) -> None:
    """The browser opens an answer that is at hand already, whatever was typed to get it; all else it fetches."""
    look(page, "light")

    def fulfill(route: Route) -> None:
        route.fulfill(status=200, headers=answer.headers, body=answer.html)

    page.route(answer.url, fulfill, times=1)
    page.goto(answer.url)


def leave(page: Page) -> None:
    """Nothing of a page is left for the next one."""
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()
    page.goto("about:blank")


def look(page: Page, scheme: str) -> None:
    """Light on a wide screen, or dark on a phone."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size(PHONE if scheme == "dark" else WIDE)


def problems(page: Page, scheme: str) -> list[str]:
    """What is wrong with the page in this scheme."""
    look(page, scheme)
    # Colours on their way from one scheme to the other are nobody's.
    page.evaluate("document.getAnimations().forEach((each) => each instanceof CSSTransition && each.finish())")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate("axe.run({resultTypes: ['violations']})"))
    told = [found.generate_report()] if found.violations_count else []
    width, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    told += [f"{scheme}: the menu {menu} is cut" for menu in page.evaluate(MENUS_CUT)]
    return told + ([f"{scheme}: {width} px in a window of {window}"] if width > window else [])
