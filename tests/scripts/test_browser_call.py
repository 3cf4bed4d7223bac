"""What a page finds out before and after a call, by itself: every address is answered from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

CONSOLE = "https://console.contoh.id"
SCALEV = "https://api.contoh.id"
EVENTS = "/v3/stores/store_a/public/analytics/meta/events"
READABLE = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}

FOUND: dict[str, Any] = {"status": 404, "headers": READABLE}
NEVER: dict[str, Any] = {}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.route(f"{CONSOLE}/", lambda route: route.fulfill(body="<p>Compose</p>", content_type="text/html"))
    opened.route(f"{CONSOLE}/static/**", lambda route: route.fulfill(path=_file(route.request.url)))
    opened.goto(f"{CONSOLE}/")
    yield opened
    context.close()


def _file(url: str) -> str:
    found = finders.find(url.partition("/static/")[2])
    assert isinstance(found, str), url
    return found


def called(page: Page, scalev: str = SCALEV, **order: Any) -> dict[str, Any]:
    """What the page would report of a call."""
    given = {
        "url": scalev + EVENTS,
        "headers": {"Content-Type": "application/json", "X-Scalev-Storefront-Api-Key": "sfpk_KemejaBatikParang"},
        "body_base64": "e30=",
        "deadline_ms": 3000,
    }
    script = "(order) => import('/static/js/browser-call.js').then(({call}) => call(order))"
    told: dict[str, Any] = page.evaluate(script, given | order)
    return told


def answer(page: Page, **by_kind: dict[str, Any]) -> None:
    """How Scalev answers a `post`, a `get`, an `unread` or `keyed` one, and the `robots`; else it breaks off.

    What a page may not read breaks off here: Playwright grants every origin what it answers in Scalev's place.
    """

    def reply(route: Route) -> None:
        request = route.request
        kind = "robots" if request.url.endswith("robots.txt") else request.method.lower()
        if kind == "get" and "x-scalev-storefront-api-key" in request.headers:
            kind = "keyed"
        elif kind == "get" and "origin" not in request.all_headers():
            kind = "unread"
        how = by_kind.get(kind)
        if how is None:
            route.abort("connectionreset")
        elif how != NEVER:
            route.fulfill(**how)

    page.route(f"{SCALEV}/**", reply)


def test_a_secure_page_calls_no_plain_address(page: Page) -> None:
    assert called(page, "http://api.contoh.id") == {"failure": "mixed_content"}


def test_a_sandbox_on_the_same_machine_may_be_plain(page: Page) -> None:
    page.route("http://127.0.0.1:4010/**", lambda route: route.fulfill(status=204, headers=READABLE))
    assert called(page, "http://127.0.0.1:4010")["status"] == 204


def test_an_answer_is_told_with_its_readable_headers_and_body(page: Page) -> None:
    headers = READABLE | {"Content-Type": "application/json", "X-Secret": "batik"}
    answer(page, post={"status": 400, "headers": headers, "body": '{"error": "Bad request"}'})
    told = called(page)
    assert (told["status"], told["body_size"], told["body_marks"]) == (400, 24, [])
    assert ["content-type", "application/json"] in told["headers"]
    assert told["timings"]["total_ms"] >= told["timings"]["first_byte_ms"] >= 0


def test_only_the_first_part_of_a_large_body_is_told(page: Page) -> None:
    answer(page, post={"status": 400, "headers": READABLE, "body": "batik " * 100_000})
    told = called(page)
    assert told["body_marks"] == ["too_large"]
    assert len(told["body_base64"]) == -(-64 * 1024 // 3) * 4


@pytest.mark.parametrize(
    ("answered", "failure"),
    [
        ({}, "network"),
        ({"robots": FOUND}, "blocked"),
        ({"robots": FOUND, "unread": FOUND}, "cors_origin"),
        ({"robots": FOUND, "unread": FOUND, "get": FOUND}, "cors_header"),
        ({"robots": FOUND, "unread": FOUND, "get": FOUND, "keyed": FOUND}, "blocked"),
    ],
    ids=["nothing answers", "this address alone", "unreadable", "header refused", "broke on the way"],
)
def test_the_probes_tell_causes_apart(page: Page, answered: dict[str, Any], failure: str) -> None:
    answer(page, **answered)
    told = called(page)
    assert told["failure"] == failure
    assert told["probes"]["network"] is ("robots" in answered)


def test_a_probe_that_took_too_long_says_nothing(page: Page) -> None:
    """A slow line is no refusal: what is only late must not make the event one that never left."""
    page.evaluate("AbortSignal.timeout = ((given) => (ms) => given.call(AbortSignal, ms / 10))(AbortSignal.timeout)")
    answer(page, robots=FOUND, unread=FOUND, get=FOUND, keyed=NEVER)
    told = called(page)
    assert told["failure"] == "blocked"
    assert told["probes"] == {"network": True, "address": True, "origin": True, "storefront_key": None}


def test_a_call_that_takes_too_long_is_given_up(page: Page) -> None:
    page.route(f"{SCALEV}/**", lambda route: None)
    told = called(page, deadline_ms=200)
    assert told["failure"] == "timed_out"
    assert 200 <= told["timings"]["total_ms"] < 3000
