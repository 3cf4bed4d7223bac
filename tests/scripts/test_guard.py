from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = '<form method="post" action="/send" {once}><button name="act" value="send">Send</button></form>'
PRESS_TWICE = "const b = document.querySelector('button'); b.click(); b.click()"


def sent_by(open_page: OpenPage, once: str) -> list[str | None]:
    sent: list[str | None] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fulfill(body="<p>Sent</p>", content_type="text/html")

    page = open_page("guard", BODY.format(once=once), {"/send": answer})
    # Without the script the browser itself drops the first of two submits: count them before they leave.
    page.evaluate("addEventListener('submit', (e) => { window.sent = (window.sent ?? 0) + !e.defaultPrevented; });")
    page.evaluate(f"{PRESS_TWICE}; sessionStorage.sent = window.sent")
    page.get_by_text("Sent").wait_for()
    assert page.evaluate("sessionStorage.sent") == ("1" if once else "2")
    return sent


def test_a_second_press_sends_nothing(open_page: OpenPage) -> None:
    assert sent_by(open_page, "data-once") == ["act=send"]


TROUBLE = '<div id="trouble"><template data-trouble="offline"><p>You are offline.</p></template></div>'


def test_offline_nothing_leaves_and_the_form_stays(open_page: OpenPage) -> None:
    page = open_page("guard", TROUBLE + BODY.format(once="data-once"))
    page.route("**/guard.js", lambda route: route.abort())
    page.context.set_offline(True)
    page.locator("#trouble > p").evaluate("notice => notice.remove()")

    page.get_by_role("button").click()

    page.get_by_text("You are offline.").wait_for()
    page.get_by_role("button").wait_for()


def test_a_console_on_the_same_machine_takes_the_form_offline_too(open_page: OpenPage) -> None:
    sent: list[str | None] = []

    def answer(route: Route) -> None:
        sent.append(route.request.post_data)
        route.fulfill(body="<p>Sent</p>", content_type="text/html")

    page = open_page("guard", BODY.format(once="data-once"), {"/send": answer})
    page.evaluate("Object.defineProperty(Navigator.prototype, 'onLine', {get: () => false})")
    page.get_by_role("button").click()

    page.get_by_text("Sent").wait_for()
    assert sent == ["act=send"]


def test_a_form_that_may_be_sent_again_is_left_alone(open_page: OpenPage) -> None:
    assert sent_by(open_page, "")
