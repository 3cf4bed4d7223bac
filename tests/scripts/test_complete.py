from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<input id="q" list="entries" data-complete="outcome status">
<datalist id="entries"><option value="outcome:refused"></option><option value="outcome:accepted"></option>
<option value="outcome:timed-out"></option><option value='store:"Toko Batik"'></option>
<option value='store:"Isian: Kopi"'></option><option value="event:Purchase"></option></datalist>"""


def offered(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all("#entries option", "options => options.map(option => option.value)")
    return found


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("out", ["outcome:refused", "outcome:accepted", "outcome:timed-out"]),
        ("purchase OUTCOME:R", ["purchase outcome:refused"]),
        ("kopi -outcome:a", ["kopi -outcome:accepted"]),
        ('kopi store:"toko b', ['kopi store:"Toko Batik"']),
        ("store:ko", ['store:"Toko Batik"', 'store:"Isian: Kopi"']),
        ('lunas store:"kopi', ['lunas store:"Isian: Kopi"']),
        ("Outcome:refused,ti", ["outcome:refused,timed-out"]),
        ("outcome:out", ["outcome:timed-out"]),
        ("event:Lead,pur", []),
        ("opi", []),
        ("purchase ", []),
        ("88213", []),
    ],
)
def test_the_word_being_typed_is_completed(open_page: OpenPage, typed: str, expected: list[str]) -> None:
    page = open_page("complete", BODY)
    page.locator("#q").fill(typed)
    assert offered(page) == expected


def test_what_was_offered_before_is_offered_again(open_page: OpenPage) -> None:
    page = open_page("complete", BODY)
    page.locator("#q").fill("zzz")
    page.locator("#q").fill("store")
    assert offered(page) == ['store:"Toko Batik"', 'store:"Isian: Kopi"']


def test_what_a_browser_would_leave_out_says_for_what_it_stands(open_page: OpenPage) -> None:
    page = open_page("complete", BODY)
    page.locator("#q").fill("store:kopi")
    assert page.eval_on_selector("#entries option", "option => option.getAttribute('label')") == "store:kopi"
