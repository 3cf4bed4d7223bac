"""The browser's half as it is written for a page: a real browser reads the payload's own values out of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from events.domain.pair import BrowserEvent, Verdict, compare
from events.domain.payload import Payload
from events.domain.snippets.literals import json_text
from events.domain.snippets.page import fbq, scalev_track
from events.domain.tree import read
from tests.domain.halves import payload, tree

HOSTILE = [
    "</script><script>boom()</script>", "<!--<script>", "it's \"quoted\" \\", "${boom()} `boom()`",
    "\u2028\u2029\r\n\t\0", "\u202efdp.exe", "]]>", "Kemeja Batik • 👘", "\U000e0001", "*/ // #", "__proto__", "\ud800",
]  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto("about:blank")
    yield opened
    context.close()


def calls(page: Page, program: str) -> list[list[Any]]:
    """What a page's `fbq` and `Scalev.analytics.track` are called with by a script of its own."""
    page.set_content(
        '<meta charset="utf-8"><script>'
        "window.calls = []; window.boom = () => calls.push('boom');"
        "window.fbq = (...given) => calls.push(JSON.stringify(given));"
        "window.Scalev = {analytics: {track: fbq}};</script>"
        f'<script type="module">{program}\nwindow.done = true;</script>'
    )
    page.wait_for_function("window.done")
    return [json.loads(call) for call in page.evaluate("calls")]


@pytest.mark.browser
def test_a_browser_reads_the_payloads_own_values(page: Page) -> None:
    parameters = {name: name for name in HOSTILE} | {"values": HOSTILE, "value": 189000.5, "on": True}
    own = payload(parameters, event_id='it\'s "<one>" \u2028', event_name="</script>")
    ((kind, name, given, options),) = calls(page, fbq(own))

    half = BrowserEvent(name, options["eventID"], tree(given))
    assert kind == "trackCustom"
    assert compare(half, own.events[0], own).verdict is Verdict.PAIRED


@pytest.mark.browser
def test_each_event_has_its_call_and_an_event_without_an_id_says_none(page: Page) -> None:
    one = {"event_id": "", "event_name": "PageView"}
    two = {
        "event_id": "ord-88212",
        "event_name": "Purchase",
        "parameters": {"value": 1, "currency": "", "status": None},
    }

    assert calls(page, fbq(Payload(tree({"events": [one, two]})))) == [
        ["track", "PageView", {}],
        ["track", "Purchase", {"value": 1}, {"eventID": "ord-88212"}],
    ]


@pytest.mark.browser
def test_html_mode_gets_scalevs_own_names_and_a_word_on_what_was_left_out(page: Page) -> None:
    whole = tree({
        "user_data": {"fn": "Wulan", "ph": "6281290076543", "em": "wulan.pertiwi@contoh.id", "x\n": "<"},
        "variants": [{"variant_unique_id": "variant_KmjBtk", "quantity": 2}],
        "events": [{"event_id": "ord-88212", "event_name": "Lead", "parameters": {"value": 179000}}],
    })  # fmt: skip
    written = scalev_track(Payload(whole))

    assert calls(page, written) == [
        [
            "facebook",
            {
                "firstName": "Wulan",
                "phone": "6281290076543",
                "variants": [{"uniqueId": "variant_KmjBtk", "quantity": 2}],
                "events": [{"eventName": "Lead", "eventId": "ord-88212", "parameters": {"value": 179000}}],
            },
        ]
    ]
    assert written.startswith("// Left out")
    assert "em" in written.partition("\n")[0]


def test_json_for_copying_reads_as_the_same_and_shows_every_sign() -> None:
    own = payload({name: name for name in HOSTILE}).tree

    assert read(json_text(own)) == own
    assert all(line.isprintable() for line in json_text(own).split("\n"))
