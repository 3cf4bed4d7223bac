"""How a row may change: an ending stays, but for the lease's, which the answer of the row's own call replaces."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.delivery.recording import record
from events.domain.exchange import Exchange, Failure, Timings
from events.domain.outcome import Outcome, classify
from events.models import Delivery
from tests.factories import make_body, make_delivery, make_store

pytestmark = pytest.mark.django_db

ENDINGS = (204, 200, 302, 400, 404, 429, 500, Failure.REFUSED, Failure.TIMED_OUT, Failure.RESET)
# Seconds between the lease's end and the look of somebody whose clock may be off, and whether that ends the row.
LOOKS = {-60: False, 0: False, 1: True, 3600: True, -3600: True}
# What may happen to a row, in any order and any number of times.
HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(ENDINGS)),
        st.tuples(st.just("answer of another attempt"), st.sampled_from(ENDINGS)),
        st.tuples(st.just("look"), st.sampled_from(sorted(LOOKS))),
    ),
    max_size=8,
)


def exchange(ending: int | Failure) -> Exchange:
    status = None if isinstance(ending, Failure) else ending
    return Exchange(
        method="POST",
        url="https://api.scalev.com/v3/stores/store_Batik/public/analytics/meta/events",
        request_headers=(),
        request_body=b"{}",
        status=status,
        reason="",
        response_headers=(),
        response_body=b"",
        body_marks=frozenset(),
        response_size=0,
        failure=ending if isinstance(ending, Failure) else None,
        failure_detail="",
        bytes_may_have_left=ending is not Failure.REFUSED,
        timings=Timings(),
        peer="",
    )


def happens(delivery: Delivery, what: str, how: Any) -> None:
    if what == "look":
        Delivery.objects.close_expired(delivery.lease_until + timedelta(seconds=how))
        return
    answered = copy.copy(delivery)
    if what != "answer":
        answered.attempt = uuid.uuid4()
    record(answered, exchange(how), None)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HAPPENINGS)
@example([("answer", Failure.RESET), ("answer", 204)])
@example([("look", 1), ("answer", 204), ("look", 3600)])
def test_an_ending_stays_but_for_the_lease_s_which_the_own_answer_replaces(
    happenings: list[tuple[str, Any]],
) -> None:
    delivery = make_delivery(make_store(), outcome="pending", status_code=None, finished_at=None, duration_ms=None)
    make_body(delivery)
    expected, was_answered = Outcome.PENDING, False
    for what, how in happenings:
        happens(delivery, what, how)
        if what == "look" and expected is Outcome.PENDING and LOOKS[how]:
            expected = Outcome.INTERRUPTED
        if what == "answer" and not was_answered:
            expected, was_answered = classify(exchange(how)), True
        now = Delivery.objects.get(pk=delivery.pk)
        assert now.outcome == expected
        assert (now.body.response is not None) == was_answered
        assert now.attempt == delivery.attempt
