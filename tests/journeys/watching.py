"""A browser that notices what no person would report: errors in the console, blocked resources, sideways scrolling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.journeys.console import Console
from tests.journeys.visitor import Visitor

# Reports what the content security policy blocks, also where the browser's console stays silent.
WATCH = """addEventListener("securitypolicyviolation", (event) => console.error(
    `blocked: ${event.violatedDirective} ${event.blockedURI}`), true);"""
# An answer like 404 or 422 is the console's, and is looked at where it is provoked. A pause in typing that a button or
# a page that leaves overtakes is ended, which htmx calls an error; one that fails says htmx:sendError besides.
EXPECTED = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass
class Window:
    """A browser window of one person. `complaints` are what the browser had to say against the pages."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        opened = self.context.new_page()
        opened.on("console", lambda said: self._hear(said.type, said.text))
        opened.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        return opened

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(EXPECTED):
            self.complaints.append(f"{kind}: {text}")


@contextmanager
def window_of(
    browser: Browser, console: Console, visitor: Visitor | None = None, *, scripts: bool = True, phone: bool = False
) -> Iterator[Window]:
    """A window in which `visitor` is signed in, or nobody. At its end nothing may have been complained about."""
    context = browser.new_context(
        base_url=console.origin, java_script_enabled=scripts, viewport=PHONE if phone else WIDE, locale="en-GB"
    )
    context.set_default_timeout(10_000)
    if scripts:
        context.add_init_script(WATCH)
    for name, value in (visitor.cookies if visitor else {}).items():
        context.add_cookies([{"name": name, "value": value, "url": console.origin}])
    window = Window(context)
    try:
        yield window
    finally:
        # A call that a test held back would keep the browser from closing, now and then for ever.
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    assert window.complaints == [], window.complaints


def drawn_with(wanted: Locator) -> None:
    """Wait for what a button draws anew: it is there, and htmx listens to it and has put the focus where it belongs.

    A moment lies between the two that no person could hit, and a script easily does.
    """
    expect(wanted).to_be_visible()
    expect(wanted.page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)


def box(page: Page, label: str) -> Locator:
    """The field whose label begins so; the wire name stands behind it, and sections have labels too."""
    fields = page.locator("input:not([type=hidden]), textarea, select")
    return fields.and_(page.get_by_label(re.compile(rf"^{re.escape(label)}\b")))
