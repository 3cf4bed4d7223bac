"""A drag over the bars of the timeline opens their time; a click stays the bar's own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

_BAR = '<li data-after="2026-11-23T0{0}:00" data-before="2026-11-23T0{1}:00">{2}</li>'
_LINK = '<a href="/#bar"><svg width="100%" height="40"></svg></a>'
# Without the console's style sheet: as wide, and as high, as there.
BODY = (
    '<div id="log"><ol data-bars="/?q=last%3A24h">'
    + "".join(_BAR.format(hour, hour + 1, "" if hour == 2 else _LINK) for hour in range(5))
    + "</ol></div>"
)
LAID = "ol { display: flex; padding: 0; width: 500px } li { flex: 1; height: 40px } a { display: block }"
# Which links are followed, without going there.
FOLLOW = """window.followed = []; document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!event.defaultPrevented && link) followed.push(link.getAttribute("href"));
    event.preventDefault();
})"""


def _opened(open_page: OpenPage) -> Page:
    page = open_page("bars", BODY)
    page.add_style_tag(content=LAID)
    page.evaluate(FOLLOW)
    return page


def _followed(page: Page) -> list[str]:
    return list(page.evaluate("window.followed"))


def _drag(page: Page, start: int, end: int, *, let_go: bool = True) -> None:
    """From and to so many pixels from the left."""
    box = page.locator("ol").bounding_box()
    assert box
    page.mouse.move(box["x"] + start, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + (start + end) / 2, box["y"] + 22)
    page.mouse.move(box["x"] + end, box["y"] + 25)
    if let_go:
        page.mouse.up()


@pytest.mark.parametrize(("start", "end"), [(150, 350), (350, 150)])
def test_a_drag_opens_from_its_first_bar_to_its_last(open_page: OpenPage, start: int, end: int) -> None:
    page = _opened(open_page)

    _drag(page, start, end)

    assert _followed(page) == ["/?q=after%3A2026-11-23T01%3A00+before%3A2026-11-23T04%3A00+last%3A24h"]


def test_a_drag_beyond_the_ends_stays_within_them(open_page: OpenPage) -> None:
    page = _opened(open_page)

    _drag(page, 250, 600)

    assert _followed(page) == ["/?q=after%3A2026-11-23T02%3A00+before%3A2026-11-23T05%3A00+last%3A24h"]


def test_what_is_dragged_over_is_marked_until_escape_lets_go(open_page: OpenPage) -> None:
    page = _opened(open_page)

    _drag(page, 150, 350, let_go=False)
    expect(page.locator("[data-dragged]")).to_have_count(3)

    page.keyboard.press("Escape")
    expect(page.locator("[data-dragged]")).to_have_count(0)
    page.mouse.up()
    assert _followed(page) == []


def test_a_click_is_the_bar_s_own_link(open_page: OpenPage) -> None:
    page = _opened(open_page)

    page.locator("a").first.click()

    assert _followed(page) == ["/#bar"]


def test_after_a_drag_a_click_is_a_click_again(open_page: OpenPage) -> None:
    page = _opened(open_page)
    _drag(page, 150, 350)

    page.locator("a").first.click()

    assert _followed(page)[1:] == ["/#bar"]


def test_a_drag_that_comes_back_opens_its_bar_once(open_page: OpenPage) -> None:
    page = _opened(open_page)
    _drag(page, 50, 350, let_go=False)
    box = page.locator("ol").bounding_box()
    assert box

    page.mouse.move(box["x"] + 55, box["y"] + 20)
    page.mouse.up()

    assert _followed(page) == ["/?q=after%3A2026-11-23T00%3A00+before%3A2026-11-23T01%3A00+last%3A24h"]
