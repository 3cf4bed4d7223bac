"""What the log asks while it is watched, and when it does not."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

ROWS = "".join(
    f'<tr id="row-{number}" data-row="{outcome}"><td>{outcome}</td></tr>'
    for number, outcome in ((9, "pending"), (8, "accepted"), (7, "queued"), (6, "rejected"))
)
BODY = f"""<div data-watch data-sign-in="/sign-in/" hx-get="/log/live/" hx-trigger="every 4s, look" hx-swap="none"
hidden>
<b data-when="live" hidden>Live</b><b data-when="paused" hidden>Paused</b><b data-when="away" hidden>Away</b>
<button data-pause>Pause</button></div>
<div id="log" data-live="/log/live/?q=lunas" data-since="7"><table class="log-table"><tbody>{ROWS}</tbody></table>
<nav class="pager">OLDER</nav></div><aside class="pager"><a rel="next">not the log's</a></aside>"""
TICK = 4_000

Watch = Callable[..., tuple[Page, list[Request]]]


@pytest.fixture
def watched(open_page: OpenPage) -> Watch:
    """A page that is watched at a clock that the test turns, and what it has asked so far."""

    def watch(status: int = 204, body: str = BODY) -> tuple[Page, list[Request]]:
        asked: list[Request] = []

        def answer(route: Route) -> None:
            asked.append(route.request)
            route.fulfill(status=status, headers={"Log-Since": "8"})

        page = open_page("live", body, {"/log/live/**": answer})
        # Loaded once more, now with the clock in the test's hands.
        page.clock.install()
        page.reload()
        return page, asked

    return watch


def ask(page: Page) -> Request:
    with page.expect_response("**/log/live/**") as answer:
        page.clock.run_for(TICK + 100)
    return answer.value.request


def asked_for(request: Request) -> dict[str, list[str]]:
    return parse_qs(urlsplit(request.url).query, keep_blank_values=True)


def test_it_asks_for_the_search_what_it_has_and_what_is_open(watched: Watch) -> None:
    page, _asked = watched()
    first = ask(page)
    assert asked_for(first) == {"q": ["lunas"], "since": ["7"], "seen": ["9.8"], "open": ["9.7"]}
    assert first.headers["x-unattended"] == "yes"
    expect(page.locator("[data-watch]")).to_have_attribute("data-state", "live")
    assert asked_for(ask(page))["since"] == ["8"]


def test_of_a_full_page_it_asks_nothing_below_the_last_row(watched: Watch) -> None:
    page, _asked = watched(body=BODY.replace("OLDER", '<a rel="next" href="/log/">Older</a>').replace('"7"', '"2"', 1))
    assert asked_for(ask(page))["since"] == ["6"]


def test_a_hidden_tab_asks_once_a_minute(watched: Watch) -> None:
    page, asked = watched()
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    with page.expect_response("**/log/live/**"):
        page.clock.run_for(61_000)
    page.clock.run_for(50_000)
    assert len(asked) == 1


def test_while_more_waits_than_a_page_holds_it_does_not_ask(watched: Watch) -> None:
    page, asked = watched()
    page.evaluate("document.querySelector('#log').dataset.full = '51'")
    page.clock.run_for(60_000)
    assert asked == []


def test_a_pause_outlives_a_reload(watched: Watch) -> None:
    page, asked = watched()
    page.get_by_role("button").click()
    page.reload()
    expect(page.locator("[data-watch]")).to_have_attribute("data-state", "paused")
    page.clock.run_for(60_000)
    assert asked == []


def test_a_console_in_trouble_is_asked_less_often(watched: Watch) -> None:
    page, asked = watched(status=503)
    ask(page)
    expect(page.get_by_text("Away")).to_be_visible()
    with page.expect_response("**/log/live/**"):
        page.clock.run_for(3 * TICK)
    assert len(asked) == 2
