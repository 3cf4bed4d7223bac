"""Every outcome is explained: a sentence, what it means, and the next step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from events.domain.ending import Ending
from events.domain.exchange import BodyMark, Failure
from events.domain.explanation import explain, explain_mark
from events.domain.finding import Finding, Severity
from events.domain.outcome import Outcome
from events.domain.refusal import Complaint
from events.domain.text import Text
from events.domain.waiting import Wait

QUANTITY = ("variants", 0, "quantity")
ZERO = Finding("C036", Severity.ERROR, QUANTITY, Text("Line 1 has quantity 0."))
NO_CODE = Finding("S010", Severity.WARNING, ("user_data", "ph"), Text("The phone has no country code."))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_sentence_a_meaning_and_a_next_step(outcome: Outcome) -> None:
    explanation = explain(Ending(outcome, status=500))

    for text in (explanation.sentence, explanation.meaning, explanation.next_step):
        assert text.endswith(".")
        assert text.template.format(**text.params) == text


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.TIMED_OUT, Outcome.INTERRUPTED])
@pytest.mark.parametrize("failure", [*Failure, None])
def test_every_failure_has_a_sentence_a_meaning_and_a_next_step(outcome: Outcome, failure: Failure | None) -> None:
    explanation = explain(Ending(outcome, failure=failure))

    assert all((explanation.sentence, explanation.meaning, explanation.next_step))


def test_failures_before_the_first_byte_are_told_apart() -> None:
    before = [
        Failure.DNS,
        Failure.REFUSED,
        Failure.CONNECT_TIMEOUT,
        Failure.CERTIFICATE_UNTRUSTED,
        Failure.CERTIFICATE_EXPIRED,
        Failure.CERTIFICATE_EARLY,
        Failure.CERTIFICATE_NAME,
        Failure.HANDSHAKE,
        Failure.TLS,
        Failure.BLOCKED_ADDRESS,
        Failure.BAD_KEY,
        Failure.RESET,
    ]

    explanations = [explain(Ending(Outcome.UNREACHABLE, failure=failure)) for failure in before]

    assert len({each.sentence for each in explanations}) == len(before)
    assert len({each.next_step for each in explanations}) == len(before)
    assert all(each.next_step.endswith("then resend the event as it was.") for each in explanations)


@pytest.mark.parametrize(
    ("failure", "sentence", "step"),
    [
        (Failure.CERTIFICATE_UNTRUSTED, "cannot be trusted", "a certificate of its own in place of Scalev's"),
        (Failure.CERTIFICATE_EXPIRED, "By this server's clock, a certificate", "renew the certificate"),
        (Failure.CERTIFICATE_EARLY, "is not valid yet", "whether this server's clock is behind"),
        (Failure.CERTIFICATE_NAME, "not for the host that was called", "whether its host name leads to the right"),
        (Failure.HANDSHAKE, "failed while it was being set up", "speaks HTTPS, with TLS 1.2 or newer"),
    ],
)
def test_each_cause_of_a_failed_handshake_has_its_own_next_step(failure: Failure, sentence: str, step: str) -> None:
    explanation = explain(Ending(Outcome.UNREACHABLE, failure=failure))

    assert sentence in explanation.sentence
    assert step in explanation.next_step
    assert explanation.meaning.startswith("No byte of the event left the console.")


@pytest.mark.parametrize("failure", [Failure.CERTIFICATE_EXPIRED, Failure.CERTIFICATE_EARLY])
def test_a_certificate_out_of_its_time_puts_this_servers_clock_in_question(failure: Failure) -> None:
    assert "this server's clock" in explain(Ending(Outcome.UNREACHABLE, failure=failure)).next_step


def test_a_handshake_that_broke_off_blames_no_certificate() -> None:
    explanation = explain(Ending(Outcome.UNREACHABLE, failure=Failure.HANDSHAKE))

    assert "certificate" not in explanation.sentence + explanation.next_step


def test_a_handshake_of_before_the_causes_were_told_apart_names_them_all() -> None:
    explanation = explain(Ending(Outcome.UNREACHABLE, failure=Failure.TLS))

    assert "Where it is the certificate" in explanation.next_step
    assert "speaks HTTPS" in explanation.next_step


def test_a_head_that_was_too_long_is_not_called_unreadable_and_stays_open() -> None:
    explanation = explain(Ending(Outcome.INTERRUPTED, failure=Failure.HEAD_TOO_LONG))

    assert explanation.sentence == "The head of the answer, its status and headers, was too long to read."
    assert "Whether Scalev got it is open" in explanation.meaning
    assert explanation.next_step.startswith("Look for the event ID in Meta's Test Events first.")
    assert explanation.next_step.endswith("If the same comes back, show this page to Scalev's support.")


def test_garbage_may_have_been_an_answer() -> None:
    explanation = explain(Ending(Outcome.INTERRUPTED, failure=Failure.GARBAGE))

    assert explanation.sentence == "What came back could not be read as an HTTP answer."


def test_accepted_says_nothing_about_meta_and_where_to_look() -> None:
    explanation = explain(Ending(Outcome.ACCEPTED, status=204))

    assert "nothing yet about Meta" in explanation.meaning
    assert "Test Events" in explanation.next_step


def test_a_refusal_names_the_place_in_the_words_of_the_finding_on_it() -> None:
    ending = Ending(
        Outcome.REJECTED, 400, complaints=(Complaint(QUANTITY, "must be greater than 0"),), findings=(ZERO,)
    )

    assert explain(ending).sentence == "Scalev refused this request: line 1 has quantity 0."


def test_a_mere_warning_on_the_place_does_not_speak_for_scalev() -> None:
    ending = Ending(
        Outcome.REJECTED, 400, complaints=(Complaint(("user_data", "ph"), "is blocked"),), findings=(NO_CODE,)
    )

    assert explain(ending).sentence == "Scalev refused this request: the buyer's `ph` “is blocked”."


def test_a_place_without_a_finding_is_named_with_scalevs_words() -> None:
    ending = Ending(Outcome.REJECTED, 400, complaints=(Complaint(("events", 1, "event_id"), "is taken"),))

    assert explain(ending).sentence == "Scalev refused this request: event 2, `event_id` “is taken”."


def test_without_a_place_the_first_contract_error_that_was_known_is_named() -> None:
    ending = Ending(Outcome.REJECTED, 400, complaints=(Complaint((), "Bad request"),), findings=(NO_CODE, ZERO))

    assert "line 1 has quantity 0" in explain(ending).sentence


def test_without_place_and_error_scalevs_own_words_are_quoted() -> None:
    ending = Ending(Outcome.REJECTED, 400, complaints=(Complaint((), "Store is locked"),), findings=(NO_CODE,))

    assert explain(ending).sentence == "Scalev refused this request: “Store is locked”."


@pytest.mark.parametrize("words", ["true", "Bad request", "error"])
def test_words_that_tell_nothing_are_not_quoted(words: str) -> None:
    explanation = explain(Ending(Outcome.REJECTED, 400, complaints=(Complaint((), words),)))

    assert explanation.sentence == "Scalev refused this request."
    assert "Read its response" in explanation.next_step


def test_braces_in_scalevs_words_stay_braces() -> None:
    ending = Ending(Outcome.REJECTED, 400, complaints=(Complaint((), "{0} {status}"),))

    assert "“{0} {status}”" in explain(ending).sentence


def test_the_other_complaints_are_listed() -> None:
    complaints = tuple(Complaint(("variants", index, "quantity"), "too small") for index in range(3))

    assert len(explain(Ending(Outcome.REJECTED, 400, complaints=complaints)).likely) == 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_sends_the_reader_to_an_admin(status: int) -> None:
    assert "admin" in explain(Ending(Outcome.REJECTED, status)).next_step


def test_not_found_lists_every_cause() -> None:
    causes = " ".join(cause.text for cause in explain(Ending(Outcome.NOT_FOUND, 404)).causes)

    for word in ("store ID", "storefront key is wrong", "page key", "plan"):
        assert word in causes


def test_a_web_page_instead_of_not_found_points_at_something_in_between() -> None:
    assert "in between" in explain(Ending(Outcome.NOT_FOUND, 404, content_type="text/html; charset=utf-8")).likely[0]


@pytest.mark.parametrize(
    ("wait", "age", "words"),
    [
        (None, timedelta(), "does not say how long"),
        (Wait(30, "Retry-After"), timedelta(seconds=5), "wait 30 seconds"),
        (Wait(30, "Retry-After"), timedelta(seconds=31), "is over"),
    ],
)
def test_a_rate_limit_says_how_long_to_wait(wait: Wait | None, age: timedelta, words: str) -> None:
    assert words in explain(Ending(Outcome.RATE_LIMITED, 429, wait=wait, age=age)).next_step


def test_a_server_error_leaves_open_whether_the_event_was_taken() -> None:
    explanation = explain(Ending(Outcome.SERVER_ERROR, 503, wait=Wait(20, "Retry-After")))

    assert "leaves open" in explanation.meaning
    assert "20 seconds" in explanation.next_step
    assert explanation.likely


@pytest.mark.parametrize(
    ("status", "content_type", "words"),
    [(307, "", "redirect"), (200, "text/html", "web page"), (202, "application/json", "does not document")],
)
def test_unexpected_answers_are_told_apart(status: int, content_type: str, words: str) -> None:
    assert words in explain(Ending(Outcome.UNEXPECTED, status, content_type=content_type)).sentence


def test_interrupted_promises_that_nothing_is_sent_again_by_itself() -> None:
    assert "never sent again by itself" in explain(Ending(Outcome.INTERRUPTED)).meaning


def test_what_was_accepted_in_a_later_try_needs_nothing_more() -> None:
    assert "Nothing more to do" in explain(Ending(Outcome.TIMED_OUT, settled=True)).next_step


@pytest.mark.parametrize("mark", list(BodyMark))
def test_every_mark_of_a_body_is_said_with_what_is_kept(mark: BodyMark) -> None:
    assert "65536" in explain_mark(mark, kept=65536, seen=400_000_000)


@pytest.mark.parametrize("outcome", [Outcome.INTERRUPTED, Outcome.TIMED_OUT])
@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"failure": Failure.TIMED_OUT, "left_whole": True}, "all of the request left the console"),
        ({"failure": Failure.RESET}, "How many of its bytes left is not known"),
        ({}, "written down before the call"),
    ],
)
def test_without_an_answer_what_is_known_and_what_is_not_are_told_apart(
    outcome: Outcome, known: dict[str, Any], words: str
) -> None:
    points = explain(Ending(outcome, **known)).likely

    assert points[0].startswith("Known:")
    assert words in points[0]
    assert points[1].startswith("Not known: whether Scalev took it.")


@pytest.mark.parametrize("outcome", [Outcome.SERVER_ERROR, Outcome.UNREACHABLE, Outcome.RATE_LIMITED])
def test_what_went_through_since_says_that_it_seems_to_be_over(outcome: Outcome) -> None:
    likely = explain(Ending(outcome, 500, taken_since=timedelta(minutes=4))).likely

    assert "4 minutes after this one, so it seems to be over (inferred)" in likely[0]


def test_what_went_through_since_excuses_no_refusal() -> None:
    assert "over" not in str(explain(Ending(Outcome.REJECTED, 400, taken_since=timedelta(minutes=4))).likely)
