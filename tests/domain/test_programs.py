"""The programs that repeat a request: run for real, they send the same bytes, whatever those hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from events.domain.snippets import snippets_of
from events.domain.snippets.literals import python_text
from events.domain.snippets.programs import KEY_PLACEHOLDER, fetch, python_requests
from events.sandbox.running import Running, running_sandbox
from events.sandbox.scenarios import KEY, STORE_ID

ORDER = (
    '{"user_data":{"fn":"Wulan \'Wul\' Pertiwi","em":"wulan.pertiwi@contoh.id"},"events":[{"event_id":"ord-88212",'
    '"event_name":"Purchase","parameters":{"value":189000.00,'
    '"note":"</script><!-- \\"\\\\ \u2028\u202e\U000e0001 é"}}]}'
).encode()
BODIES = [ORDER, b"", b"\x00\xff\xfe it's", '\ufeff"\x1b[2J\r\n\t${x}`%s\\'.encode()]


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running_sandbox() as running:
        yield running


@pytest.mark.parametrize("body", BODIES)
def test_python_sends_the_same_bytes(sandbox: Running, body: bytes) -> None:
    program = python_requests(sandbox.url(STORE_ID), body).replace(KEY_PLACEHOLDER, KEY)
    environment = {"NO_PROXY": "*", "PYTHONWARNINGS": "error"}
    done = subprocess.run([sys.executable, "-"], input=program.encode(), env=environment, capture_output=True)

    assert done.stderr == b""
    assert done.stdout.startswith(b"204" if body == ORDER else b"400")
    (received,) = sandbox.received
    assert (received.body, received.method) == (body, "POST")


@pytest.fixture
def page(browser: Browser, sandbox: Running) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("body", BODIES)
def test_fetch_sends_the_same_bytes_even_from_a_script_within_a_page(sandbox: Running, page: Page, body: bytes) -> None:
    program = fetch(sandbox.url(STORE_ID), body).replace(KEY_PLACEHOLDER, KEY)
    document = f'<!doctype html><meta charset="utf-8"><script type="module">{program}</script>'
    page.route(f"{sandbox.origin}/shop", lambda route: route.fulfill(body=document, content_type="text/html"))
    with page.expect_console_message(lambda message: message.type == "log") as said:
        page.goto(f"{sandbox.origin}/shop")

    assert said.value.text.startswith("204" if body == ORDER else "400")
    (received,) = sandbox.received
    assert received.body == body


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_a_python_literal_is_the_text_again(text: str) -> None:
    written = python_text(text)

    assert ast.literal_eval(written) == text
    assert written.isprintable()


def test_no_form_holds_a_key() -> None:
    for snippet in snippets_of("https://api.contoh.id/", ORDER, None):
        assert "sfpk_" not in snippet.text
        assert KEY_PLACEHOLDER in snippet.text or "$SCALEV_STOREFRONT_KEY" in snippet.text
