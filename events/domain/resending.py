"""Sending again: what may be, and what the same event_id means to Meta when it comes twice."""

from __future__ import annotations

from datetime import timedelta

from events.domain.outcome import Outcome, ResendAdvice, is_final, resend_advice
from events.domain.text import NO_TEXT, Text

# Scalev said that it did not take the request, or never got it: the event cannot have counted.
NEVER_COUNTED = frozenset(
    {Outcome.REJECTED, Outcome.NOT_FOUND, Outcome.RATE_LIMITED, Outcome.UNREACHABLE, Outcome.QUEUED}
)


def may_be_corrected(outcome: Outcome) -> bool:
    """Whether a changed event may keep its event_id: only where the first one cannot have counted."""
    return is_final(outcome) and outcome in NEVER_COUNTED


def resend_warning(tries: tuple[Outcome, ...], age: timedelta) -> Text:
    """What to confirm before the same bytes go out again, or "" where nothing speaks against it.

    `tries` are the outcomes of everything sent with these bytes so far, `age` the time since the first of them.
    """
    advice = resend_advice(age)
    if advice is ResendAdvice.FINE:
        return NO_TEXT
    if advice is ResendAdvice.MAY_COUNT_TWICE and not NEVER_COUNTED.issuperset(tries):
        return Text(
            "This event was first sent {age} ago. Meta drops a repeated event ID only within 48 hours, so if the first "
            "one arrived, this one counts a second time.",
            age=age_words(age),
        )
    return Text(
        "This event was first sent {age} ago. Scalev stamps the time itself, so Meta will see it as if it happened "
        "now.",
        age=age_words(age),
    )


def resend_remark(outcome: Outcome, earlier: tuple[Outcome, ...], age: timedelta) -> Text:
    """What to know of something that was sent `age` after the first of its `earlier` tries, or "" for nothing."""
    counted = outcome not in NEVER_COUNTED and not NEVER_COUNTED.issuperset(earlier)
    if resend_advice(age) is not ResendAdvice.MAY_COUNT_TWICE or not counted:
        return NO_TEXT
    return Text(
        "Sent {age} after the first. Meta drops a repeated event ID only within 48 hours, so if both arrived, this one "
        "counts a second time.",
        age=age_words(age),
    )


def repeat_warning(age: timedelta, outcome: Outcome) -> Text:
    """What to confirm where the same bytes were already sent again, `age` ago: a second press looks like a first."""
    if outcome is Outcome.ACCEPTED:
        return Text("It was already resent {age} ago, and Scalev took it: once more is not needed.", age=age_words(age))
    return Text("It was already resent {age} ago. Look at how that ended first.", age=age_words(age))


def gap_words(gap: timedelta) -> Text:
    """A time between two tries: `age_words`, with seconds for what is shorter than a minute."""
    seconds = round(gap.total_seconds())
    if seconds >= 60:
        return age_words(gap)
    return Text("{n} seconds", n=seconds) if seconds > 1 else Text("a second")


def age_words(age: timedelta) -> Text:
    """An age in the largest unit that says enough."""
    hours = int(age.total_seconds() // 3600)
    if hours >= 48:
        return Text("{n} days", n=hours // 24)
    if hours >= 2:
        return Text("{n} hours", n=hours)
    if hours == 1:
        return Text("an hour")
    minutes = int(age.total_seconds() // 60)
    return Text("{n} minutes", n=minutes) if minutes > 1 else Text("a minute")
