"""What the sandbox tells a browser that asks before it sends, and what pages of other origins may read."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest

from events.sandbox.cross_origin import NotAnOrigin, Registered
from events.sandbox.running import Running, running_sandbox
from events.sandbox.scenarios import KEY, PREFLIGHTS, STORE_ID, Scenario, by_key, by_store_id, preflight_by_store_id
from tests.sandbox.talk import Reply, ask, post

CONSOLE = "http://127.0.0.1:8000"
HEADERS = "content-type,x-scalev-storefront-api-key"
ALLOWED = "access-control-allow-origin"


def asked(
    sandbox: Running, store_id: str = STORE_ID, origin: str = CONSOLE, method: str = "POST", headers: str = HEADERS
) -> Reply:
    """A preflight, as a browser sends it."""
    given = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return ask(sandbox, "OPTIONS", urlsplit(sandbox.url(store_id)).path, headers=given)


def test_a_registered_origin_may_send_what_is_documented(sandbox: Running) -> None:
    reply = asked(sandbox)
    assert (reply.status, reply.headers[ALLOWED]) == (204, CONSOLE)
    assert reply.headers["access-control-allow-methods"] == "POST"
    assert reply.headers["access-control-allow-headers"].split(", ") == [
        *("X-Scalev-Storefront-Api-Key", "X-Scalev-Guest-Token", "Authorization", "Content-Type")
    ]
    assert (reply.headers["access-control-max-age"], reply.headers["vary"]) == ("0", "Origin")


def test_a_preflight_is_remembered_as_one_and_accepts_nothing(sandbox: Running) -> None:
    asked(sandbox)
    (row,) = sandbox.received
    assert (row.is_preflight, row.accepted, row.key) == (True, False, "")
    assert [step.place for step in row.steps] == [
        *("path", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers")
    ]
    assert all(step.passed for step in row.steps)


@pytest.mark.parametrize(
    ("question", "place", "words"),
    [
        ({"origin": "https://console.example"}, "Origin", "https://console.example is not registered"),
        ({"origin": "null"}, "Origin", "null is not registered"),
        ({"store_id": "store_sandbox_origin_refused"}, "Origin", "by the scenario origin_refused"),
        ({"method": "PUT"}, "Access-Control-Request-Method", "is PUT"),
        ({"headers": "content-type,x-batik"}, "Access-Control-Request-Headers", "has x-batik"),
        (
            {"store_id": "store_sandbox_header_refused"},
            "Access-Control-Request-Headers",
            "has x-scalev-storefront-api-key",
        ),
    ],
)
def test_the_trace_shows_which_rule_refused(sandbox: Running, question: dict[str, str], place: str, words: str) -> None:
    asked(sandbox, **question)
    (row,) = sandbox.received
    assert not row.decided_by.passed
    assert row.decided_by.place == place
    assert words in row.decided_by.words


@pytest.mark.parametrize(
    "question", [{"origin": "https://console.example"}, {"store_id": "store_sandbox_origin_refused"}]
)
def test_an_origin_that_is_not_registered_gets_no_permission(sandbox: Running, question: dict[str, str]) -> None:
    assert not [name for name in asked(sandbox, **question).headers if name.startswith("access-control")]


def test_the_store_of_the_withheld_answer_lets_every_event_in_and_no_page_read_of_it(sandbox: Running) -> None:
    assert asked(sandbox, "store_sandbox_answer_withheld").headers[ALLOWED] == CONSOLE
    reply = post(sandbox, store_id="store_sandbox_answer_withheld", headers={"Origin": CONSOLE})
    assert (reply.status, ALLOWED in reply.headers) == (204, False)


def test_the_store_of_the_refused_header_leaves_it_off_the_list(sandbox: Running) -> None:
    reply = asked(sandbox, "store_sandbox_header_refused")
    assert reply.headers[ALLOWED] == CONSOLE
    assert "x-scalev-storefront-api-key" not in reply.headers["access-control-allow-headers"].lower()


def test_the_slow_store_holds_its_permission_back(sandbox: Running) -> None:
    began = time.monotonic()
    reply = asked(sandbox, "store_sandbox_slow_preflight")
    assert time.monotonic() - began >= 0.3
    assert reply.headers[ALLOWED] == CONSOLE
    assert sandbox.received[0].scenario == "slow_preflight"


@pytest.mark.parametrize("scenario", PREFLIGHTS, ids=[each.slug for each in PREFLIGHTS])
def test_a_server_finds_the_stores_of_the_preflights_well_behaved(sandbox: Running, scenario: Scenario) -> None:
    assert post(sandbox, store_id=scenario.store_id, key=scenario.key).status == 204
    assert by_store_id(scenario.store_id) is by_key(scenario.key) is None
    assert preflight_by_store_id(f"{scenario.store_id}_2") is scenario
    assert sandbox.received[0].scenario == ""


def test_an_answer_to_a_registered_page_can_be_read_with_its_limits(sandbox: Running) -> None:
    headers = post(sandbox, headers={"Origin": CONSOLE}).headers
    assert headers[ALLOWED] == CONSOLE
    for name in ("X-Ratelimit-Remaining", "Retry-After"):
        assert name in headers["access-control-expose-headers"]
    assert headers["vary"] == "Origin"


@pytest.mark.parametrize("slug", ["rejected", "redirect", "server_error", "drip_body"])
def test_a_misbehaving_answer_can_be_read_as_well(sandbox: Running, slug: str) -> None:
    """Else a browser would tell every one of them as blocked."""
    reply = post(sandbox, store_id=f"store_sandbox_{slug}", headers={"Origin": CONSOLE})
    assert reply.headers[ALLOWED] == CONSOLE


@pytest.mark.parametrize("store_id", [STORE_ID, "store_sandbox_origin_refused"])
def test_an_answer_to_another_page_cannot_be_read(sandbox: Running, store_id: str) -> None:
    origin = CONSOLE if store_id != STORE_ID else "https://console.example"
    reply = post(sandbox, store_id=store_id, headers={"Origin": origin})
    assert reply.status == 204
    assert ALLOWED not in reply.headers
    assert "cannot read this answer" in sandbox.received[0].steps[0].words


def test_a_client_that_is_no_browser_hears_nothing_of_origins(sandbox: Running) -> None:
    headers = post(sandbox).headers
    assert not {"vary", ALLOWED} & set(headers)


@pytest.mark.parametrize("path", ["/", "/requests.json"])
def test_the_pages_about_the_sandbox_are_for_itself_alone(sandbox: Running, path: str) -> None:
    assert ALLOWED not in ask(sandbox, "GET", path, headers={"Origin": CONSOLE}).headers


def test_any_page_may_ask_whether_the_network_gets_here(sandbox: Running) -> None:
    reply = ask(sandbox, "GET", "/robots.txt", headers={"Origin": CONSOLE})
    assert reply.status == 200
    assert not {"cross-origin-resource-policy", ALLOWED} & set(reply.headers)


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        ("http://localhost:8000", True), ("http://127.0.0.9", True), ("http://[::1]:8000", True),
        ("https://console.example", False), ("http://127.0.0.1.example", False), ("http://192.168.1.9", False),
        ("null", False), ("http://[", False),
    ],
)  # fmt: skip
def test_any_page_of_this_machine_is_registered_unless_others_are_named(origin: str, known: bool) -> None:
    assert Registered().knows(origin) is known


def test_naming_origins_registers_these_and_no_others() -> None:
    with running_sandbox(registered=Registered.of(["https://Console.example", "http://10.0.0.7:8000"])) as sandbox:
        assert asked(sandbox, origin="https://console.example").headers[ALLOWED] == "https://console.example"
        assert ALLOWED in asked(sandbox, origin="http://10.0.0.7:8000").headers
        for other in (CONSOLE, "http://console.example", "https://console.example:8443", "https://a.console.example"):
            assert ALLOWED not in asked(sandbox, origin=other).headers


@pytest.mark.parametrize(
    "written",
    [
        *("console.example", "https://console.example/", "https://console.example/log", "*", "", "https://"),
        *("https://a@console.example", "https://console.example:batik", "ftp://console.example", "null"),
    ],
)
def test_what_no_browser_would_name_as_its_origin_is_refused(written: str) -> None:
    with pytest.raises(NotAnOrigin, match="write it as https://console"):
        Registered.of([written])


def test_an_options_request_that_is_no_preflight_gets_the_allowed_method(sandbox: Running) -> None:
    reply = ask(sandbox, "OPTIONS", urlsplit(sandbox.url(STORE_ID)).path, headers={"Origin": CONSOLE})
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_a_preflight_off_the_endpoint_gets_no_permission(sandbox: Running) -> None:
    given = {"Origin": CONSOLE, "Access-Control-Request-Method": "POST"}
    reply = ask(sandbox, "OPTIONS", "/elsewhere", headers=given)
    assert (reply.status, ALLOWED in reply.headers) == (404, False)


def test_the_front_page_counts_preflights_apart_and_says_who_may_send(sandbox: Running) -> None:
    asked(sandbox)
    asked(sandbox, "store_sandbox_header_refused")
    post(sandbox, key=KEY)
    html = ask(sandbox, "GET", "/").body.decode()
    assert "One request came in, 1 accepted, and 2 preflights." in html
    assert "May send" in html
    assert "May not send" in html
    assert "Every page of this machine is registered" in html
    assert all(scenario.store_id in html and scenario.key not in html for scenario in PREFLIGHTS)


def test_the_front_page_names_the_registered_origins() -> None:
    with running_sandbox(registered=Registered.of(["https://console.example"])) as sandbox:
        html = ask(sandbox, "GET", "/").body.decode()
    assert "These origins are registered: <code>https://console.example</code>." in html


def test_scripts_can_tell_a_preflight_from_a_request(sandbox: Running) -> None:
    asked(sandbox)
    post(sandbox)
    told = ask(sandbox, "GET", "/requests.json").json()
    assert [each["preflight"] for each in told["requests"]] == [False, True]
