"""A browser and small pages for it: no server, every address is answered from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

ORIGIN = "http://localhost"  # a name that a browser trusts with the clipboard
DOCUMENT = """<!doctype html><html lang="en"><title>A page</title>
<meta name="htmx-config" content='{{"includeIndicatorStyles": false}}'>
<body data-ago="# s ago|# min ago|# h ago"><main id="page" tabindex="-1">{body}</main>
<script src="/static/django_htmx/htmx-2.min.js"></script>
<script type="module" src="/static/js/{script}.js"></script></body></html>"""

Answer = Callable[[Route], None]
OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page("copy", "<p>…</p>")` gives a page with that body and one of the console's scripts."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(5_000)

    def open_it(script: str, body: str, answers: dict[str, Answer] | None = None) -> Page:
        page = context.new_page()
        page.route("**/static/**", lambda route: route.fulfill(path=_file(route.request.url)))
        document = DOCUMENT.format(body=body, script=script)
        page.route(f"{ORIGIN}/", lambda route: route.fulfill(body=document, content_type="text/html"))
        for path, answer in (answers or {}).items():
            page.route(f"{ORIGIN}{path}", answer)
        page.goto(f"{ORIGIN}/")
        return page

    yield open_it
    context.close()


def _file(url: str) -> Path:
    found = finders.find(url.partition("/static/")[2])
    assert isinstance(found, str), url
    return Path(found)
