"""Sending again: what may be, and what the same event_id means to Meta when it comes twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from events.domain.outcome import Outcome, ResendAdvice, is_final, resend_advice
from events.domain.text import NO_TEXT, Text

# Scalev said that it did not take the request, or never got it: the event cannot have counted.
NEVER_COUNTED = frozenset(
    {Outcome.REJECTED, Outcome.NOT_FOUND, Outcome.RATE_LIMITED, Outcome.UNREACHABLE, Outcome.QUEUED}
)
# Refused for what they hold: any other refusal may pass, or lies in the storefront key.
REFUSED_BYTES = frozenset({400, 413, 415, 422})

_AS_IF_NOW = Text(
    "as if it happened now: Scalev stamps the time itself (inferred: its API takes none and does not say what it sets)."
)


def may_be_corrected(outcome: Outcome) -> bool:
    """Whether a changed event may keep its event_id: only where the first one cannot have counted."""
    return is_final(outcome) and outcome in NEVER_COUNTED


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier send of the same bytes: how it ended, and how long ago it was."""

    outcome: Outcome
    age: timedelta

    @property
    def may_have_counted(self) -> bool:
        return self.outcome not in NEVER_COUNTED


def foresight(earlier: Sequence[Earlier], *, has_id: bool = True, status: int | None = None) -> Text:
    """What Meta will do with the same bytes once more, after all that was sent with them so far, oldest first.

    Without an event ID (`has_id`) nothing tells Meta that it had them before. `status` is what Scalev answered to them.
    """
    counted = [each for each in earlier if each.may_have_counted]
    if not counted:
        return _refused_again(_first_to_count(earlier)) if status in REFUSED_BYTES else _first_to_count(earlier)
    if not has_id:
        return Text("It has no event ID, by which Meta would know it again: this one counts once more.")
    first_age = counted[0].age
    if resend_advice(first_age) is ResendAdvice.MAY_COUNT_TWICE:
        return Text(
            "This event was first sent {age} ago. Meta drops a repeated event ID only within 48 hours, so if the first "
            "one arrived, this one counts a second time.",
            age=gap_words(first_age),
        )
    known = _counts_once(counted)
    if not _is_late(earlier):
        return known
    return Text("{known} If the first one never got there, Meta sees this one {moment}", known=known, moment=_AS_IF_NOW)


def resend_warning(earlier: Sequence[Earlier], *, has_id: bool = True, status: int | None = None) -> Text:
    """The foresight where it has to be confirmed before the same bytes go out again, or "" where it need not be."""
    counts_twice = not has_id and any(each.may_have_counted for each in earlier)
    return foresight(earlier, has_id=has_id, status=status) if _is_late(earlier) or counts_twice else NO_TEXT


def early_warning(left: Text) -> Text:
    """What to confirm while the wait is not over that Scalev asked for; `left` is how much of it."""
    return Text(
        "Scalev asked to wait, and {left} are left: before that it will most likely turn it away again.", left=left
    )


def _refused_again(known: Text) -> Text:
    return Text(
        "Scalev refused these very bytes, and will most likely refuse them again: correct the event instead. {known}",
        known=known,
    )


def _first_to_count(earlier: Sequence[Earlier]) -> Text:
    if not _is_late(earlier):
        return Text("None of it can have counted so far: if Scalev takes this one, Meta counts it once.")
    return Text(
        "None of it can have counted so far, so it cannot count twice. It was first sent {age} ago, and Meta will see "
        "it {moment}",
        age=age_words(earlier[0].age),
        moment=_AS_IF_NOW,
    )


def _counts_once(counted: Sequence[Earlier]) -> Text:
    """What becomes of one more within the 48 hours in which Meta knows the event ID again."""
    if any(each.outcome is Outcome.ACCEPTED for each in counted):
        return Text(
            "Meta will most likely drop it: Scalev took this event {age} ago, and within 48 hours Meta counts the same "
            "event name and ID once.",
            age=gap_words(counted[0].age),
        )
    return Text(
        "Whether the first one arrived is open. Either way it counts once: within 48 hours of it, Meta drops a "
        "second one of the same event name and ID."
    )


def _is_late(earlier: Sequence[Earlier]) -> bool:
    return bool(earlier) and resend_advice(earlier[0].age) is not ResendAdvice.FINE


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
        return Text("It was already resent {age} ago, and Scalev took it: once more is not needed.", age=gap_words(age))
    return Text("It was already resent {age} ago. Look at how that ended first.", age=gap_words(age))


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
