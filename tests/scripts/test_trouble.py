from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import Answer, OpenPage

pytestmark = pytest.mark.browser

KINDS = ("failed", "offline", "unreachable", "signed-out")
NOTICES = "".join(f'<template data-trouble="{kind}"><p>{kind}</p></template>' for kind in KINDS)
BODY = f"""<div id="trouble" data-sign-in="/sign-in/">{NOTICES}</div>
<input id="typed" value="wulan.pertiwi@contoh.id">
<button hx-get="/preview" hx-target="#preview">Check</button><div id="preview">before</div>"""


def pressed(open_page: OpenPage, answer: Answer) -> Page:
    page = open_page("trouble", BODY, {"/preview": answer})
    page.get_by_role("button").click()
    return page


def say(page: Page) -> str:
    notice = page.locator("#trouble > p")
    notice.wait_for()
    return notice.inner_text()


def test_a_server_error_is_said_and_leaves_the_page_as_it_was(open_page: OpenPage) -> None:
    page = pressed(open_page, lambda route: route.fulfill(status=500, body="no"))
    assert say(page) == "failed"
    expect(page.locator("#preview")).to_have_text("before")
    expect(page.locator("#typed")).to_have_value("wulan.pertiwi@contoh.id")


def test_a_console_that_does_not_answer_is_said(open_page: OpenPage) -> None:
    assert say(pressed(open_page, lambda route: route.abort())) == "unreachable"


def test_a_page_for_signing_in_never_lands_inside_a_form(open_page: OpenPage) -> None:
    # What a redirect leaves behind for htmx: a good answer from another address.
    follow = "Object.defineProperty(XMLHttpRequest.prototype, 'responseURL', {get: () => 'http://localhost/sign-in/'})"
    page = open_page("trouble", BODY, {"/preview": lambda route: route.fulfill(body="<h1>Sign in</h1>")})
    page.evaluate(follow)
    page.get_by_role("button").click()
    assert say(page) == "signed-out"
    expect(page.locator("#preview")).to_have_text("before")


def test_what_was_said_goes_when_it_works_again(open_page: OpenPage) -> None:
    answers = iter([503, 200])

    def answer(route: Route) -> None:
        route.fulfill(status=next(answers), body="after")

    page = pressed(open_page, answer)
    assert say(page) == "failed"
    page.get_by_role("button").click()
    expect(page.locator("#preview")).to_have_text("after")
    expect(page.locator("#trouble > p")).to_have_count(0)


def test_being_offline_is_said_until_it_is_over(open_page: OpenPage) -> None:
    page = open_page("trouble", BODY)
    page.context.set_offline(True)
    assert say(page) == "offline"
    page.context.set_offline(False)
    expect(page.locator("#trouble > p")).to_have_count(0)
