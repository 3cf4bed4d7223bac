from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import DOCUMENT, ORIGIN, OpenPage

pytestmark = pytest.mark.browser

FORM = """<form {settled} method="post" action="/draft/"><button formaction="/draft/send/">Send</button></form>
<p>{words}</p>"""


def refused(open_page: OpenPage, settled: str = "data-settled") -> Page:
    """The page that a sent form came back in; what its addresses are asked for is shown as method and path."""

    def answer(route: Route) -> None:
        words = f"{route.request.method} {route.request.url.removeprefix(ORIGIN)}"
        document = DOCUMENT.format(body=FORM.format(settled=settled, words=words), script="settled")
        route.fulfill(body=document, content_type="text/html")

    page = open_page("settled", FORM.format(settled=settled, words="as it was opened"), {"/draft/**": answer})
    page.get_by_role("button").click()
    expect(page.get_by_text("POST /draft/send/")).to_be_visible()
    return page


def test_a_reload_asks_for_the_form_and_sends_nothing_again(open_page: OpenPage) -> None:
    page = refused(open_page)
    expect(page).to_have_url(f"{ORIGIN}/draft/")
    page.reload()
    expect(page.get_by_text("GET /draft/")).to_be_visible()


def test_a_form_without_an_address_of_its_own_is_left_alone(open_page: OpenPage) -> None:
    expect(refused(open_page, "")).to_have_url(f"{ORIGIN}/draft/send/")
