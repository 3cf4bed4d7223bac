"""How a delivery ended, as far as it is known, and what a page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from events.domain.exchange import Failure
from events.domain.finding import Finding
from events.domain.not_found import Cause, Traces
from events.domain.outcome import Outcome
from events.domain.refusal import Complaint
from events.domain.text import Text
from events.domain.waiting import Wait


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence, what it means, the next step, and what may lie behind it. `to_copy` is what the next step needs.

    `causes` are those that exclude each other, with what speaks for and against each.
    """

    sentence: Text
    meaning: Text
    next_step: Text
    likely: tuple[Text, ...] = ()
    to_copy: str = ""
    causes: tuple[Cause, ...] = ()

    @property
    def behind(self) -> tuple[Text, ...]:
        """Causes and remarks as plain sentences, for a page that weighs nothing."""
        return (*(Text("{text} {why}", text=each.text, why=each.why) for each in self.causes), *self.likely)


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a delivery, as far as its explanation needs it.

    `complaints` are Scalev's own words, `wait` what the answer asked for, `age` the time since it came. `settled`
    means that the same bytes were accepted in a later try, `taken_since` is how long after this request Scalev took
    another one of the store, `left_whole` says that all of it went out. `traces` are of what was not found only.
    """

    outcome: Outcome
    status: int | None = None
    failure: Failure | None = None
    complaints: tuple[Complaint, ...] = ()
    findings: tuple[Finding, ...] = ()
    content_type: str = ""
    wait: Wait | None = None
    age: timedelta = timedelta()
    settled: bool = False
    left_whole: bool = False
    taken_since: timedelta | None = None
    traces: Traces | None = None

    @property
    def is_page(self) -> bool:
        return "html" in self.content_type.lower()
