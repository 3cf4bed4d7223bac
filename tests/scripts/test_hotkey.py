from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser

BODY = """<input id="search" data-hotkey="/"><input id="page_url">
<a href="#list" data-hotkey="u">Back</a> <a role="link" aria-disabled="true" data-hotkey="j">Older</a>
<button data-hotkey="!">Say it</button><dialog>Keys</dialog>"""


def test_a_slash_moves_the_focus_to_the_search(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("")


def test_a_slash_in_an_address_is_a_slash(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.locator("#page_url").press("/")
    expect(page.locator("#page_url")).to_have_value("/")


def test_a_key_follows_a_link(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.keyboard.press("u")
    assert page.url.endswith("#list")


def test_a_key_presses_a_button(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.evaluate("document.querySelector('button').onclick = (event) => { event.target.textContent = 'Said'; }; 0")
    page.keyboard.press("!")
    expect(page.get_by_role("button")).to_have_text("Said")


def test_a_step_that_is_not_possible_does_nothing(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_keys_rest_while_a_modifier_is_held(open_page: OpenPage, held: str) -> None:
    page = open_page("hotkey", BODY)
    page.keyboard.press(f"{held}+u")
    assert "#list" not in page.url


def test_keys_rest_under_an_open_dialog(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.evaluate("document.querySelector('dialog').showModal()")
    page.keyboard.press("u")
    assert "#list" not in page.url


def test_keys_rest_where_they_were_turned_off(open_page: OpenPage) -> None:
    page = open_page("hotkey", BODY)
    page.evaluate("localStorage.setItem('console.single-keys', 'off')")
    page.keyboard.press("u")
    assert "#list" not in page.url
