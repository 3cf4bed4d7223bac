"""Counts and timeline of a watched log follow the rows that come, and take nothing out of anybody's hands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<p id="log-summary">{0} deliveries</p><div id="log">
<section id="log-overview" data-counts="/log/overview/?q=lunas">
<a id="outcome-all" href="/log/">All {0}</a><ol><li>bar</li></ol>
<details><summary>Counts</summary><a href="/log/?q=store%3Abatik">Batik {0}</a></details></section></div>"""
FRAGMENT = BODY.replace('"log-summary"', '"log-summary" hx-swap-oob="true"').replace('<div id="log">', "")
A_WHILE = 10_000

Watch = Callable[..., tuple[Page, list[str]]]


@pytest.fixture
def watched(open_page: OpenPage) -> Watch:
    """A log with its counts, at a clock that the test turns, and what it has asked so far."""

    def watch(**answer: object) -> tuple[Page, list[str]]:
        asked: list[str] = []

        def count(route: Route) -> None:
            asked.append(route.request.url.partition("localhost")[2])
            route.fulfill(**({"body": FRAGMENT.format(len(asked)), "content_type": "text/html"} | answer))  # type: ignore[arg-type]

        page = open_page("counts", BODY.format(0), {"/log/overview/**": count})
        page.clock.install()
        page.reload()
        return page, asked

    return watch


def come(page: Page, rows: int = 1) -> None:
    page.evaluate(
        """(rows) => document.querySelector("#log").dispatchEvent(new CustomEvent("log:rows", { bubbles: true,
        detail: { rows: Array(rows).fill(document.createElement("tr")) } }))""",
        rows,
    )


def test_what_came_is_counted_and_what_is_open_or_focused_stays(watched: Watch) -> None:
    page, asked = watched()
    page.get_by_text("Counts").click()
    page.get_by_role("link", name="Batik").focus()

    come(page)

    expect(page.locator("#log-summary")).to_have_text("1 deliveries")
    expect(page.get_by_role("link", name="All 1")).to_be_visible()
    expect(page.get_by_role("link", name="Batik 1")).to_be_focused()
    assert asked == ["/log/overview/?q=lunas"]


def test_where_nothing_came_nothing_is_asked(watched: Watch) -> None:
    page, asked = watched()
    come(page, 0)
    page.clock.run_for(A_WHILE)
    come(page, 0)
    assert asked == []


def test_it_asks_every_ten_seconds_at_most_and_then_for_all_that_came(watched: Watch) -> None:
    page, asked = watched()
    come(page)
    expect(page.get_by_role("link", name="All 1")).to_be_visible()
    come(page)
    come(page, 0)
    assert len(asked) == 1

    page.clock.run_for(A_WHILE)
    come(page, 0)

    expect(page.get_by_role("link", name="All 2")).to_be_visible()
    come(page, 0)
    assert len(asked) == 2


def test_under_a_pointer_that_is_down_nothing_moves(watched: Watch) -> None:
    page, asked = watched()
    page.locator("ol").hover()
    page.mouse.down()
    come(page)
    assert asked == []

    page.mouse.up()
    come(page, 0)

    expect(page.get_by_role("link", name="All 1")).to_be_visible()


@pytest.mark.parametrize("answer", [{"status": 503, "body": "Away"}, {"body": "<h1>Sign in</h1>"}])
def test_in_trouble_the_counts_stay_as_they_are(watched: Watch, answer: dict[str, object]) -> None:
    page, asked = watched(**answer)
    for _ in range(3):
        with page.expect_response("**/log/overview/**"):
            come(page)
        page.clock.run_for(A_WHILE)
    expect(page.get_by_role("link", name="All 0")).to_be_visible()
    assert len(asked) == 3
