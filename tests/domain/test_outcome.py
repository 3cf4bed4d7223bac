"""One table for the verdict on an exchange, and who may send it again."""

import dataclasses
from datetime import timedelta

import pytest

from events.domain.exchange import BodyMark, Exchange, Failure, Timings
from events.domain.outcome import (
    Outcome,
    ResendAdvice,
    classify,
    is_final,
    may_be_resent_by_machine,
    may_be_resent_by_person,
    resend_advice,
)

NOTHING_CAME = Exchange(
    method="POST",
    url="https://api.contoh.id/v3",
    request_headers=(),
    request_body=b"{}",
    status=None,
    reason="",
    response_headers=(),
    response_body=b"",
    body_marks=frozenset(),
    response_size=0,
    failure=Failure.CLOSED,
    failure_detail="",
    bytes_may_have_left=True,
    timings=Timings(),
    peer="",
)


def answered(status: int) -> Exchange:
    return dataclasses.replace(NOTHING_CAME, status=status, failure=None)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Outcome.ACCEPTED),
        (404, Outcome.NOT_FOUND),
        (429, Outcome.RATE_LIMITED),
        (400, Outcome.REJECTED),
        (401, Outcome.REJECTED),
        (403, Outcome.REJECTED),
        (422, Outcome.REJECTED),
        (499, Outcome.REJECTED),
        (500, Outcome.SERVER_ERROR),
        (503, Outcome.SERVER_ERROR),
        (599, Outcome.SERVER_ERROR),
        (101, Outcome.UNEXPECTED),
        (200, Outcome.UNEXPECTED),
        (201, Outcome.UNEXPECTED),
        (202, Outcome.UNEXPECTED),
        (205, Outcome.UNEXPECTED),
        (301, Outcome.UNEXPECTED),
        (308, Outcome.UNEXPECTED),
        (600, Outcome.UNEXPECTED),
        (999, Outcome.UNEXPECTED),
    ],
)
def test_a_status_decides_alone(status: int, outcome: Outcome) -> None:
    marked = dataclasses.replace(answered(status), body_marks=frozenset(BodyMark), response_body=b"\xff")
    assert classify(answered(status)) is classify(marked) is outcome


@pytest.mark.parametrize("failure", Failure)
def test_without_a_status_and_without_a_byte_sent_it_is_unreachable(failure: Failure) -> None:
    exchange = dataclasses.replace(NOTHING_CAME, failure=failure, bytes_may_have_left=False)
    assert classify(exchange) is Outcome.UNREACHABLE


@pytest.mark.parametrize("failure", Failure)
def test_without_a_status_after_bytes_left_it_is_open(failure: Failure) -> None:
    known = {Failure.TIMED_OUT: Outcome.TIMED_OUT, Failure.REDIRECTED: Outcome.UNEXPECTED}
    expected = known.get(failure, Outcome.INTERRUPTED)
    assert classify(dataclasses.replace(NOTHING_CAME, failure=failure)) is expected


@pytest.mark.parametrize(("outcome", "opted_in"), [(outcome, opted) for outcome in Outcome for opted in (False, True)])
def test_a_machine_repeats_only_what_was_not_taken_in(outcome: Outcome, opted_in: bool) -> None:
    allowed = {Outcome.UNREACHABLE, Outcome.RATE_LIMITED} | ({Outcome.SERVER_ERROR} if opted_in else set())
    assert may_be_resent_by_machine(outcome, store_opted_in=opted_in) is (outcome in allowed)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_person_may_repeat_whatever_is_over(outcome: Outcome) -> None:
    over = outcome not in (Outcome.QUEUED, Outcome.PENDING)
    assert is_final(outcome) is may_be_resent_by_person(outcome) is over


@pytest.mark.parametrize(
    ("age", "advice"),
    [
        (timedelta(minutes=59), ResendAdvice.FINE),
        (timedelta(hours=1), ResendAdvice.LATE),
        (timedelta(hours=47, minutes=59), ResendAdvice.LATE),
        (timedelta(hours=48), ResendAdvice.MAY_COUNT_TWICE),
    ],
)
def test_the_age_of_an_event_decides_what_a_resend_risks(age: timedelta, advice: ResendAdvice) -> None:
    assert resend_advice(age) is advice
