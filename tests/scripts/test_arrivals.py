"""Where rows go that come while somebody watches: in their place, or behind the bar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.scripts.conftest import Answer, OpenPage

pytestmark = pytest.mark.browser


def row(number: int, outcome: str = "accepted") -> str:
    cells = f'<td><a class="row-link" href="/log/{number}/">10:42</a></td><td>{outcome}</td>'
    return f'<tr id="row-{number}" data-row="{outcome}">{cells}</tr>'


def body(*rows: str) -> str:
    table = f'<table class="log-table"><tbody>{"".join(rows)}</tbody></table>' if rows else ""
    return f"""<div id="log" data-size="3" data-newest="/log/" data-older="/log/?cursor=older.0"><p data-said></p>
    <p data-arrivals="1 new|# new|Many new" hidden><a href="/log/">new</a></p>{table}
    <nav class="pager"><ul><li><a>Newer</a></li><li><a role="link" aria-disabled="true">Older</a></li></ul></nav></div>
    <p class="end">The end</p>"""


def opened(open_page: OpenPage, *rows: str, answers: dict[str, Answer] | None = None) -> Page:
    return open_page("arrivals", body(*rows), answers)


def come(page: Page, *rows: str) -> None:
    page.evaluate(
        """(rows) => {
        const told = new DOMParser().parseFromString(`<table><tbody>${rows}</tbody></table>`, "text/html");
        const detail = { rows: [...told.querySelectorAll("tr")] };
        document.querySelector("#log").dispatchEvent(new CustomEvent("log:rows", { bubbles: true, detail })); }""",
        "".join(rows),
    )


def shown(page: Page) -> list[str]:
    every = page.locator("tbody:not([hidden]) > tr").all()
    return [(each.get_attribute("id") or "").removeprefix("row-") for each in every]


def test_new_rows_stand_where_their_numbers_belong(open_page: OpenPage) -> None:
    page = opened(open_page, row(7), row(4))
    come(page, row(8), row(5))
    assert shown(page)[:3] == ["8", "7", "5"]
    assert page.locator("[data-new]").count() == 2
    expect(page.locator("[data-said]")).to_have_text("2 new")


def test_only_the_last_to_come_are_marked(open_page: OpenPage) -> None:
    page = opened(open_page, row(4))
    come(page, row(5))
    come(page)
    assert page.locator("[data-new]").count() == 1
    come(page, row(6))
    expect(page.locator("[data-new]")).to_have_id("row-6")


def test_the_list_does_not_grow_and_the_rest_is_on_the_older_page(open_page: OpenPage) -> None:
    page = opened(open_page, row(3), row(2), row(1))
    come(page, row(5), row(4))
    assert shown(page) == ["5", "4", "3"]
    older = page.get_by_role("link", name="Older")
    expect(older).to_have_attribute("href", "/log/?cursor=older.3")
    expect(older).not_to_have_attribute("aria-disabled", "true")


def test_an_ending_comes_into_its_row_wherever_somebody_reads(open_page: OpenPage) -> None:
    page = opened(open_page, row(5), row(4, "pending"))
    page.evaluate("document.querySelector('#row-4').dataset.selected = ''")
    page.locator("#row-4 a").focus()
    come(page, row(4, "rejected"))
    expect(page.locator("#row-4")).to_contain_text("rejected")
    expect(page.locator("#row-4")).to_have_attribute("data-selected", "")
    expect(page.locator("#row-4 a")).to_be_focused()
    expect(page.locator("[data-arrivals]")).to_be_hidden()
    assert shown(page) == ["5", "4"]


@pytest.mark.parametrize(
    "reading",
    [
        "document.querySelector('#row-4').dataset.selected = ''",
        "getSelection().selectAllChildren(document.querySelector('#row-4'))",
        "document.body.style.minHeight = '4000px'; scrollTo(0, 60)",
        "document.querySelector('#row-4').dispatchEvent(new PointerEvent('pointermove', {bubbles: true}))",
    ],
)
def test_where_somebody_reads_new_rows_wait(open_page: OpenPage, reading: str) -> None:
    page = opened(open_page, row(4))
    page.evaluate(reading)
    come(page, row(5))
    come(page, row(6))
    assert shown(page) == ["4"]
    expect(page.locator("[data-arrivals] a")).to_have_text("2 new")


def test_what_waited_comes_when_nobody_reads_any_more(open_page: OpenPage) -> None:
    page = opened(open_page, row(4))
    page.evaluate("document.querySelector('#row-4').dataset.selected = ''")
    come(page, row(5))
    page.evaluate("delete document.querySelector('#row-4').dataset.selected")
    come(page)
    assert shown(page) == ["5", "4"]
    expect(page.locator("[data-arrivals]")).to_be_hidden()


def test_the_bar_lets_them_in_and_lets_go_of_the_chosen_row(open_page: OpenPage) -> None:
    page = opened(open_page, row(4))
    page.evaluate("document.querySelector('#row-4').dataset.selected = ''")
    come(page, row(5))
    page.locator("[data-arrivals] a").click()
    assert shown(page) == ["5", "4"]
    assert page.locator("[data-selected]").count() == 0
    expect(page.locator("#page")).to_be_focused()


@pytest.mark.parametrize(("before", "new"), [((4,), (9, 8, 7, 6)), ((), (5,))])
def test_more_than_a_page_holds_or_the_first_of_all_bring_the_whole_list(
    open_page: OpenPage, before: tuple[int, ...], new: tuple[int, ...]
) -> None:
    def whole(route: Route) -> None:
        route.fulfill(body='<div id="log">All of it</div>', content_type="text/html")

    page = opened(open_page, *map(row, before), answers={"/log/": whole})
    come(page, *map(row, new))
    expect(page.locator("#log")).to_have_text("All of it")


def test_the_whole_list_is_not_drawn_under_somebodys_hands(open_page: OpenPage) -> None:
    page = opened(open_page, row(4))
    page.locator("#row-4 a").focus()
    come(page, *(row(number) for number in (9, 8, 7, 6)))
    expect(page.locator("[data-arrivals] a")).to_have_text("Many new")
    assert shown(page) == ["4"]
