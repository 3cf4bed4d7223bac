"""Every misbehaviour of the sandbox, provoked over real sockets: the outcome, a sentence and the next step."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from events.sandbox.scenarios import GROUPS, Scenario
from tests.journeys.composing import compose_for
from tests.journeys.console import Console
from tests.journeys.reading import Element, Page
from tests.journeys.test_stores_and_keys import new_key, new_store, store_name
from tests.journeys.visitor import Visitor

# What the page says first, by outcome: its label, the sentence, and words of the next step.
SAID = {
    "accepted": ("Accepted", "Scalev took this event for delivery.", "look for its event ID under Test Events"),
    "rejected": ("Refused", "Scalev refused this request", "end again"),
    "not_found": ("Not found", "Scalev does not find the store", "esend the event as it was"),
    "rate_limited": ("Rate limited", "Scalev asks to slow down.", "esend the event as it was"),
    "server_error": ("Server error", "Scalev had a problem of its own", "then resend it as it was"),
    "unexpected": ("Unexpected answer", "answer", "resend"),
    "timed_out": ("Timed out", "Scalev did not answer in time.", "Test Events first"),
    "interrupted": ("Interrupted", "", "Test Events first"),
}
# Where one of them has more to say than its outcome.
ALSO_SAID = {
    "unauthorized": "Let an admin test the storefront key",
    "forbidden": "Let an admin test the storefront key",
    "rate_limit": "seconds",
    "rate_limit_json": "It asks to wait",
    "rate_limit_epoch": "It asks to wait",
    "rate_limit_garbled": "Give it a minute",
    "bad_gateway": "A server in front of Scalev answered in its place",
    "ok_200": "Scalev answered 200, which it does not document.",
    "html_200": "A web page came back instead of Scalev's answer (200).",
    "redirect": "a redirect (307), which is not followed",
    "redirect_get": "a redirect (302), which is not followed",
    "half_body": "The connection ended before the body did",
    "drip_body": "The time was over while the body was still arriving",
    "drip_chunks": "The time was over while the body was still arriving",
    "gzip_bomb": "The body is larger than what is kept",
    "huge": "The body is larger than what is kept",
    "not_gzip": "The body's compression is broken or unknown",
    "gzip_twice": "byte",
    "hang_up": "Scalev closed the connection without a complete answer.",
    "reset": "The connection broke before Scalev answered.",
    "garbage": "What came back could not be read as an HTTP answer.",
    "many_headers": "The head of the answer, its status and headers, was too long to read.",
    "long_header": "The head of the answer, its status and headers, was too long to read.",
}


@pytest.mark.parametrize("group", [group for group, _ in GROUPS])
def test_each_misbehaviour_is_named_and_explained(admin: Visitor, group: str) -> None:
    scenarios = dict(GROUPS)[group]
    listed = admin.open("/stores/")
    store = admin.follow(listed, f"Sandbox: {group.lower()}")
    with ThreadPoolExecutor(8) as at_once:
        pages = list(at_once.map(lambda scenario: _tested(admin.tab(), store, scenario), scenarios))

    assert [_missing(page, scenario) for page, scenario in zip(pages, scenarios, strict=True)] == [[]] * len(scenarios)


def test_an_answer_that_repeats_the_buyer_is_shown_without_her(console: Console, admin: Visitor) -> None:
    """Chosen by the store's ID this time, and sent from the form."""
    store = new_store(admin, "store_sandbox_rejected_echo")
    admin.press(store, "Add the key", {"Storefront key": new_key()})
    marketer = console.visitor("marketer")
    page = compose_for(marketer, store_name(store))
    typed = {"E-mail": "sekar.ayu@contoh.id", "Phone": "6281290076999"}

    refused = marketer.press(page, "Send event", typed)

    assert refused.heading.startswith("Refused")
    assert "Correct and send" in refused.buttons()
    shown_to_others = console.visitor("support")
    for shown in (refused, shown_to_others.open(refused.url), shown_to_others.open("/log/")):
        assert "sekar.ayu" not in shown.html
        assert "6281290076999" not in shown.html


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ("closed", "Nobody answers at Scalev's address: the connection was refused."),
        ("nowhere", "Scalev's address could not be looked up."),
        ("without-tls", "The secure connection to Scalev failed while it was being set up."),
    ],
)
def test_what_is_not_reached_says_that_nothing_left(admin: Visitor, environment: str, sentence: str) -> None:
    store = admin.press(new_store(admin, environment=environment), "Add the key", {"Storefront key": new_key()})

    page = admin.press(store, "Test")

    assert page.heading == f"Not reached: {sentence}"
    assert "sending it again is safe" in page.text
    assert "then resend the event as it was." in page.text
    assert "No byte of the request left the console." in page.text


def _tested(admin: Visitor, store: Page, scenario: Scenario) -> Page:
    row = next(each for each in store.root.all("tr") if _cell(each) == scenario.title)
    form = next(each for each in row.all("form") if each.attrs["action"].endswith("/test/"))
    return admin.send(store, form, {}, form.all("button")[0])


def _cell(row: Element) -> str:
    return next((each.text for each in row.all("td") if each.attrs.get("data-label") == "Label"), "")


def _missing(page: Page, scenario: Scenario) -> list[str]:
    """Which of the promised words are not on the page."""
    label, sentence, next_step = SAID[scenario.expected_outcome]
    if scenario.slug in ("unauthorized", "forbidden"):
        next_step = "resend it as it was"
    verdict = page.of_class("verdict")[0].text if page.of_class("verdict") else ""
    wanted = [(f"{label}:", page.heading), (sentence, page.heading), (next_step, verdict)]
    wanted.append((ALSO_SAID.get(scenario.slug, ""), page.text))
    return [f"{scenario.slug}: {words!r} not in {text[:300]!r}" for words, text in wanted if words not in text]
