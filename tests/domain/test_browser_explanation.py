"""A marketer who reads "blocked" knows what to do next, and what is knowledge and what is inference."""

from __future__ import annotations

import pytest

from events.domain.browser_explanation import Places, explain_browser
from events.domain.ending import Ending, Explanation
from events.domain.exchange import NEVER_LEFT_BROWSER, Failure
from events.domain.explanation import explain
from events.domain.outcome import Outcome
from events.domain.waiting import Wait

PLACES = Places(page="https://console.contoh.id", scalev="https://api.scalev.com")
KINDS = (
    (Failure.OFFLINE, Outcome.UNREACHABLE),
    (Failure.MIXED_CONTENT, Outcome.UNREACHABLE),
    (Failure.CORS_ORIGIN, Outcome.INTERRUPTED),
    (Failure.CORS_HEADER, Outcome.UNREACHABLE),
    (Failure.NETWORK, Outcome.INTERRUPTED),
    (Failure.BLOCKED, Outcome.INTERRUPTED),
    (Failure.TIMED_OUT, Outcome.TIMED_OUT),
    (Failure.REDIRECTED, Outcome.UNEXPECTED),
)


def of(failure: Failure | None, outcome: Outcome, places: Places = PLACES, *, settled: bool = False) -> Explanation:
    return explain_browser(Ending(outcome, failure=failure, settled=settled), places)


def all_words(explanation: Explanation) -> str:
    return " ".join((explanation.sentence, explanation.meaning, explanation.next_step, *explanation.likely))


@pytest.mark.parametrize(("failure", "outcome"), KINDS)
def test_each_failure_has_words_of_its_own_and_a_next_step(failure: Failure, outcome: Outcome) -> None:
    others = [of(kind, end).sentence for kind, end in KINDS if kind is not failure]
    explanation = of(failure, outcome)

    assert explanation.sentence not in others
    assert explanation.next_step
    assert "left the console" not in all_words(explanation)


@pytest.mark.parametrize("failure", [Failure.CORS_ORIGIN, Failure.BLOCKED])
def test_an_origin_to_register_stands_ready_to_copy(failure: Failure) -> None:
    explanation = of(failure, dict(KINDS)[failure])

    assert "Register this origin" in explanation.next_step or "register this origin" in explanation.next_step
    assert explanation.to_copy == "https://console.contoh.id"


@pytest.mark.parametrize(
    "failure",
    [Failure.OFFLINE, Failure.MIXED_CONTENT, Failure.CORS_ORIGIN, Failure.CORS_HEADER, Failure.BLOCKED],
)
def test_it_says_that_the_server_channel_does_not_have_this_error_and_why(failure: Failure) -> None:
    assert any("cannot appear:" in text for text in of(failure, dict(KINDS)[failure]).likely)


@pytest.mark.parametrize("failure", [Failure.CORS_ORIGIN, Failure.CORS_HEADER, Failure.NETWORK])
def test_what_is_inferred_is_called_so(failure: Failure) -> None:
    assert any("inferred" in text for text in of(failure, dict(KINDS)[failure]).likely)


@pytest.mark.parametrize("failure", [failure for failure, _outcome in KINDS])
def test_only_what_never_left_is_said_not_to_have_arrived(failure: Failure) -> None:
    assert ("cannot have arrived" in all_words(of(failure, dict(KINDS)[failure]))) is (failure in NEVER_LEFT_BROWSER)


@pytest.mark.parametrize("failure", [Failure.CORS_ORIGIN, Failure.NETWORK])
def test_where_a_page_cannot_tell_whether_it_left_it_says_so_and_how_it_counts_once(failure: Failure) -> None:
    explanation = of(failure, Outcome.INTERRUPTED)

    assert "Most likely" in explanation.meaning
    assert "it may have arrived" in explanation.meaning
    assert "under the same event ID, Meta counts it once within 48 hours" in explanation.next_step


def test_a_blocked_call_names_both_causes_and_the_try_that_separates_them() -> None:
    explanation = of(Failure.BLOCKED, Outcome.INTERRUPTED)

    assert "Either it does not know the origin" in explanation.meaning
    assert "extension" in explanation.meaning
    assert "private window" in explanation.next_step


def test_a_network_that_was_not_reached_offers_the_look_that_separates_the_causes() -> None:
    explanation = of(Failure.NETWORK, Outcome.INTERRUPTED)

    assert "in a new tab" in explanation.next_step
    assert explanation.to_copy == "https://api.scalev.com"


@pytest.mark.parametrize(
    ("probes", "words"),
    [
        ({"online": "no"}, "lost its connection"),
        ({"network": "yes", "address": "no"}, "Something in this browser stops calls"),
        ({"address": "yes", "origin": "yes", "storefront_key": "yes"}, "answer did not get to the page"),
        ({}, "does not say why"),
    ],
)
def test_probes_tell_a_blocked_call_apart(probes: dict[str, str], words: str) -> None:
    assert words in of(Failure.BLOCKED, Outcome.INTERRUPTED, Places(probes=probes)).sentence


def test_an_answer_that_a_page_may_not_read_is_not_called_a_broken_connection() -> None:
    probes = {"address": "yes", "origin": "yes", "storefront_key": "yes"}
    kept_away = of(Failure.BLOCKED, Outcome.INTERRUPTED, Places(probes=probes))

    assert "Either the connection broke" in kept_away.meaning
    assert "without the permission to read it" in kept_away.meaning
    assert "resend it from the server" in kept_away.next_step


def test_a_time_out_offers_the_send_that_separates_a_slow_permission_from_a_slow_scalev() -> None:
    assert any("send it from the server" in text for text in of(Failure.TIMED_OUT, Outcome.TIMED_OUT).likely)


def test_that_a_browser_repeats_a_broken_call_by_itself_is_said() -> None:
    broken = of(Failure.BLOCKED, Outcome.INTERRUPTED, Places(probes={"address": "yes", "storefront_key": "yes"}))

    assert any("once more by itself" in text for text in broken.likely)
    assert not any("once more by itself" in text for text in of(Failure.BLOCKED, Outcome.INTERRUPTED).likely)


def test_a_page_that_never_reported_is_told_from_a_broken_connection() -> None:
    explanation = of(None, Outcome.INTERRUPTED)

    assert "never reported" in explanation.sentence
    assert "Test Events first" in explanation.next_step


def test_an_open_call_asks_to_keep_the_page_open() -> None:
    assert "Keep that page open" in of(None, Outcome.PENDING).next_step


def test_a_limit_counts_the_browsers_own_address() -> None:
    wait = Wait(30, "Retry-After")
    explanation = explain_browser(Ending(Outcome.RATE_LIMITED, 429, wait=wait), PLACES)

    assert "this browser's network address" in explanation.meaning
    assert wait.words in explanation.next_step


@pytest.mark.parametrize("status", [400, 404, 500])
def test_what_came_with_a_status_means_the_same_on_both_channels(status: int) -> None:
    outcome = {400: Outcome.REJECTED, 404: Outcome.NOT_FOUND, 500: Outcome.SERVER_ERROR}[status]
    ending = Ending(outcome, status)

    assert explain_browser(ending, PLACES) == explain(ending)


def test_nothing_is_left_to_do_where_a_later_try_was_accepted() -> None:
    explanation = of(Failure.CORS_ORIGIN, Outcome.INTERRUPTED, settled=True)

    assert explanation.next_step.startswith("Nothing more to do")
    assert explanation.to_copy == ""
