"""What sending again means to Meta, by age and by what became of the tries so far."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.domain.outcome import Outcome
from events.domain.resending import (
    Earlier,
    age_words,
    early_warning,
    foresight,
    gap_words,
    may_be_corrected,
    repeat_warning,
    resend_remark,
    resend_warning,
)
from events.domain.text import Text


def sent(*outcomes: Outcome, first: timedelta) -> tuple[Earlier, ...]:
    """Sends a minute apart, the first of them so long ago."""
    return tuple(Earlier(outcome, first - timedelta(minutes=number)) for number, outcome in enumerate(outcomes))


def test_within_the_hour_nothing_needs_confirming() -> None:
    assert resend_warning(sent(Outcome.ACCEPTED, first=timedelta(minutes=59))) == ""


def test_an_hour_later_the_wrong_moment_is_pointed_out_as_inferred() -> None:
    warning = resend_warning(sent(Outcome.ACCEPTED, first=timedelta(hours=1)))

    assert "stamps the time itself (inferred" in warning
    assert "second time" not in warning


def test_after_48_hours_it_may_count_twice() -> None:
    assert "second time" in resend_warning(sent(Outcome.ACCEPTED, first=timedelta(hours=48)))


def test_what_never_counted_cannot_count_twice_however_old() -> None:
    warning = resend_warning(sent(Outcome.REJECTED, Outcome.UNREACHABLE, first=timedelta(days=3)))

    assert "cannot count twice" in warning
    assert "3 days" in warning


def test_one_open_try_among_many_may_have_counted() -> None:
    earlier = sent(Outcome.REJECTED, Outcome.TIMED_OUT, first=timedelta(days=3))

    assert "second time" in resend_warning(earlier)


def test_the_48_hours_count_from_the_first_that_may_have_counted() -> None:
    earlier = (Earlier(Outcome.REJECTED, timedelta(days=3)), Earlier(Outcome.ACCEPTED, timedelta(hours=5)))

    assert "most likely drop it: Scalev took this event 5 hours ago" in foresight(earlier)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.ACCEPTED, "Meta will most likely drop it: Scalev took this event 20 minutes ago"),
        (Outcome.TIMED_OUT, "Whether the first one arrived is open. Either way it counts once"),
        (Outcome.INTERRUPTED, "Whether the first one arrived is open."),
        (Outcome.REJECTED, "if Scalev takes this one, Meta counts it once"),
        (Outcome.NOT_FOUND, "None of it can have counted so far"),
    ],
)
def test_before_any_resend_is_said_what_meta_will_do_with_it(outcome: Outcome, words: str) -> None:
    said = foresight(sent(outcome, first=timedelta(minutes=20)))

    assert words in said
    assert said.endswith(".")


@pytest.mark.parametrize(("status", "is_said"), [(400, True), (422, True), (401, False), (404, False), (429, False)])
def test_bytes_that_scalev_refused_will_be_refused_again(status: int, *, is_said: bool) -> None:
    early, late = (sent(Outcome.REJECTED, first=timedelta(hours=hours)) for hours in (0, 3))

    said = foresight(early, status=status)
    assert ("will most likely refuse them again: correct the event instead." in said) is is_said
    assert said.endswith("Meta counts it once.")
    assert resend_warning(late, status=status) == foresight(late, status=status)


def test_bytes_that_scalev_took_once_are_not_called_refused() -> None:
    assert "refused" not in foresight(sent(Outcome.REJECTED, Outcome.ACCEPTED, first=timedelta(hours=3)), status=400)


def test_what_was_sent_seconds_ago_is_no_minute_old() -> None:
    assert "Scalev took this event 4 seconds ago" in foresight(sent(Outcome.ACCEPTED, first=timedelta(seconds=4)))
    assert "already resent 4 seconds ago" in repeat_warning(timedelta(seconds=4), Outcome.ACCEPTED)


def test_without_an_event_id_nothing_is_dropped() -> None:
    earlier = sent(Outcome.ACCEPTED, first=timedelta(minutes=1))

    assert "no event ID" in foresight(earlier, has_id=False)
    assert resend_warning(earlier, has_id=False) == foresight(earlier, has_id=False)


def test_an_event_without_an_id_that_never_counted_is_as_good_as_new() -> None:
    assert resend_warning(sent(Outcome.REJECTED, first=timedelta(minutes=1)), has_id=False) == ""


def test_a_resend_before_its_time_is_warned_of() -> None:
    assert "12 seconds are left" in early_warning(Text("12 seconds"))


@pytest.mark.parametrize(
    ("outcome", "earlier", "hours", "is_said"),
    [
        (Outcome.ACCEPTED, (Outcome.ACCEPTED,), 48, True),
        (Outcome.TIMED_OUT, (Outcome.REJECTED, Outcome.TIMED_OUT), 72, True),
        (Outcome.ACCEPTED, (Outcome.ACCEPTED,), 47, False),
        (Outcome.REJECTED, (Outcome.ACCEPTED,), 72, False),
        (Outcome.ACCEPTED, (Outcome.REJECTED, Outcome.UNREACHABLE), 72, False),
    ],
)
def test_what_was_sent_after_48_hours_may_have_counted_twice(
    outcome: Outcome, earlier: tuple[Outcome, ...], hours: int, is_said: bool
) -> None:
    assert ("second time" in resend_remark(outcome, earlier, timedelta(hours=hours))) is is_said


def test_a_repeat_says_how_the_last_one_ended() -> None:
    assert "not needed" in repeat_warning(timedelta(minutes=5), Outcome.ACCEPTED)
    assert "5 minutes ago" in repeat_warning(timedelta(minutes=5), Outcome.TIMED_OUT)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.REJECTED, True),
        (Outcome.NOT_FOUND, True),
        (Outcome.RATE_LIMITED, True),
        (Outcome.UNREACHABLE, True),
        (Outcome.ACCEPTED, False),
        (Outcome.SERVER_ERROR, False),
        (Outcome.UNEXPECTED, False),
        (Outcome.TIMED_OUT, False),
        (Outcome.INTERRUPTED, False),
        (Outcome.PENDING, False),
        (Outcome.QUEUED, False),
    ],
)
def test_only_what_cannot_have_counted_is_corrected_under_its_event_id(outcome: Outcome, expected: bool) -> None:
    assert may_be_corrected(outcome) is expected


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=5), "a minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=61), "an hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=49), "2 days"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(age: timedelta, words: str) -> None:
    assert age_words(age) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "a second"), (12, "12 seconds"), (60, "a minute"), (7200, "2 hours")]
)
def test_a_gap_is_said_to_the_second_where_it_is_short(seconds: float, words: str) -> None:
    assert gap_words(timedelta(seconds=seconds)) == words
