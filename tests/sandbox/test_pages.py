"""The sandbox's own pages: nothing that came in can run, and no other site can reach them."""

from __future__ import annotations

import json
import re

import pytest

from events.models.delivery import OutcomeChoices
from events.sandbox.running import Running
from events.sandbox.scenarios import KEY, SCENARIOS, STORE_ID
from tests.sandbox.talk import ask, payload, post

HOSTILE = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>&amp;'


def page(sandbox: Running, path: str = "/") -> str:
    reply = ask(sandbox, "GET", path)
    assert reply.status == 200
    return reply.body.decode()


def test_the_front_page_lists_every_scenario_with_its_store_id_and_key(sandbox: Running) -> None:
    html = page(sandbox)
    for scenario in SCENARIOS:
        assert scenario.store_id in html
        assert scenario.key in html
    assert STORE_ID in html


def test_each_scenario_is_told_in_the_words_that_the_console_will_use(sandbox: Running) -> None:
    told = re.findall(r'id="scenario-([^"]+)".*?console says <b>([^<]+)</b>', page(sandbox))
    assert {(each.slug, OutcomeChoices(each.expected_outcome).label) for each in SCENARIOS} <= set(told)


def test_the_front_page_says_when_nothing_came_in(sandbox: Running) -> None:
    assert "Nothing has come in yet." in page(sandbox)


def test_requests_are_listed_newest_first_and_link_to_their_pages(sandbox: Running) -> None:
    post(sandbox)
    post(sandbox, b"{}")
    html = page(sandbox)
    assert "2 requests came in, 1 accepted." in html
    assert html.index('href="/requests/2"') < html.index('href="/requests/1"')


def test_the_page_of_a_request_tells_the_rule_that_decided(sandbox: Running) -> None:
    post(sandbox, payload(variants=[{"variant_unique_id": "v", "quantity": 0}]))
    html = page(sandbox, "/requests/1")
    assert "variants[0].quantity must be at least 1, found 0." in html
    assert "failed, decided" in html
    assert "wulan.pertiwi@contoh.id" in html


def test_the_page_of_a_scenario_tells_what_the_contract_would_have_said(sandbox: Running) -> None:
    post(sandbox, b"{}", store_id="store_sandbox_rejected")
    post(sandbox, store_id="store_sandbox_rejected")
    assert "would have refused" in page(sandbox, "/requests/1")
    assert "would have accepted" in page(sandbox, "/requests/2")


@pytest.mark.parametrize("path", ["/", "/requests/1"])
def test_nothing_that_came_in_becomes_markup(sandbox: Running, path: str) -> None:
    body = payload(user_data={"fn": HOSTILE, HOSTILE: 1}, variants=[{HOSTILE: 1}])
    post(sandbox, body, store_id="store_<script>", headers={"X-Hostile": HOSTILE})
    post(sandbox, body, headers={"X-Hostile": HOSTILE})
    html = page(sandbox, path)
    for raw in ("<script", "<img", "onerror=alert(1)>"):
        assert raw not in html
    assert "&lt;script&gt;" in html


def test_the_hostile_answer_is_shown_as_text(sandbox: Running) -> None:
    post(sandbox, store_id="store_sandbox_markup")
    html = page(sandbox, "/requests/1")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("body", [b"\xff\xfe\x00 batik", b'{"a": "\\ud800"}', b"\x00", b"x" * 100_000])
def test_a_body_of_any_bytes_can_be_shown(sandbox: Running, body: bytes) -> None:
    post(sandbox, body)
    assert "\x00" not in page(sandbox, "/requests/1")
    assert json.loads(page(sandbox, "/requests.json"))["count"] == 1


def test_half_a_surrogate_pair_in_a_key_breaks_no_page(sandbox: Running) -> None:
    post(sandbox, payload(variants=[{"\ud800": 1}]))
    assert "ud800" in page(sandbox, "/requests/1")


@pytest.mark.parametrize("path", ["/", "/sandbox.css", "/requests.json", "/icon.svg", "/requests/9"])
def test_every_page_is_guarded(sandbox: Running, path: str) -> None:
    headers = ask(sandbox, "GET", path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_style_or_script(sandbox: Running) -> None:
    post(sandbox, store_id="store_sandbox_rejected")
    for path in ("/", "/requests/1"):
        for inline in (" style=", "<style", "<script", " onclick="):
            assert inline not in page(sandbox, path)


def test_a_request_that_is_forgotten_has_a_page_with_the_way_back(sandbox: Running) -> None:
    reply = ask(sandbox, "GET", "/requests/9")
    assert reply.status == 404
    assert b'href="/"' in reply.body


def test_requests_are_told_as_json_for_scripts(sandbox: Running) -> None:
    post(sandbox)
    post(sandbox, b"\xff")
    told = json.loads(page(sandbox, "/requests.json"))
    newest, oldest = told["requests"]
    assert told["count"] == 2
    assert (oldest["accepted"], oldest["body"], oldest["answer"]["status"]) == (True, payload().decode(), 204)
    assert (newest["accepted"], newest["body_base64"], newest["answer"]["status"]) == (False, "/w==", 400)
    assert newest["decided_by"]["rule"].startswith("the body is UTF-8")
    assert KEY not in json.dumps(told)


@pytest.mark.parametrize("host", ["contoh.id", "contoh.id:4010", "127.0.0.1.contoh.id", "", "[", "10.0.0.1"])
def test_a_host_that_is_not_this_machine_gets_nothing(sandbox: Running, host: str) -> None:
    post(sandbox)
    for path in ("/", "/requests.json", "/requests/1"):
        reply = ask(sandbox, "GET", path, headers={"Host": host})
        assert reply.status == 421
        assert b"wulan" not in reply.body


@pytest.mark.parametrize("host", ["localhost:4010", "127.0.0.1", "[::1]:4010", "LOCALHOST"])
def test_a_name_of_this_machine_is_served(sandbox: Running, host: str) -> None:
    assert ask(sandbox, "GET", "/", headers={"Host": host}).status == 200


def test_the_own_page_and_a_script_may_reset(sandbox: Running) -> None:
    own = {"Origin": sandbox.origin, "Sec-Fetch-Site": "same-origin"}
    for headers in (own, {}):
        post(sandbox)
        reply = ask(sandbox, "POST", "/reset", headers=headers)
        assert (reply.status, reply.headers["location"]) == (303, "/")
        assert sandbox.received == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://contoh.id"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_may_not_reset(sandbox: Running, headers: dict[str, str]) -> None:
    post(sandbox)
    assert ask(sandbox, "POST", "/reset", headers=headers).status == 403
    assert len(sandbox.received) == 1


def test_a_link_cannot_reset(sandbox: Running) -> None:
    post(sandbox)
    assert ask(sandbox, "GET", "/reset").status == 405
    assert len(sandbox.received) == 1


def test_looking_at_pages_is_not_remembered(sandbox: Running) -> None:
    for path in ("/", "/sandbox.css", "/requests.json", "/requests/1", "/favicon.ico"):
        ask(sandbox, "GET", path)
    assert sandbox.received == ()
