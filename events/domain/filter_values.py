"""What may stand behind the filters of the log's query language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from events.domain.outcome import Outcome
from events.domain.text import Text

_TIME = re.compile(r"20\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?\Z")
_HASH = re.compile(r"[a-z]{1,10}(?:\.[a-z2-7]{16}){1,8}\Z")


class Unreadable(ValueError):
    """A piece of a query that means nothing; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def read_value(prefix: str, value: str) -> str:
    """The value in its one form: an `Outcome`, 400 or 4xx, an ISO time. Raises `Unreadable`."""
    reader = _READERS.get(prefix)
    return reader(value) if reader else value


def _outcome(value: str) -> str:
    found = _OUTCOME_WORDS.get(re.sub(r"[\W_]", "", value.lower()))
    if found is None:
        known = ", ".join(sorted(_SPOKEN.values()))
        raise Unreadable(Text("There is no outcome of that name. There are: {known}.", known=known))
    return found.value


def _status(value: str) -> str:
    if not re.fullmatch(r"[1-5](\d\d|xx)", value.lower()):
        raise Unreadable(Text("A status is a number like 400, or a whole class like 4xx."))
    return value.lower()


def _channel(value: str) -> str:
    if value.lower() not in ("server", "browser"):
        raise Unreadable(Text("The channel is server or browser."))
    return value.lower()


def _time(value: str) -> str:
    try:
        if _TIME.match(value):
            read = datetime.fromisoformat(value).isoformat()
            return read if len(value) > 10 else value
    except ValueError:
        pass
    raise Unreadable(Text("Write a time like 2026-11-23 or 2026-11-23T18:30."))


def _hash(value: str) -> str:
    if not _HASH.match(value):
        raise Unreadable(Text("This is no hidden value that the console made."))
    return value


_READERS: dict[str, Callable[[str], str]] = {
    "outcome": _outcome,
    "status": _status,
    "channel": _channel,
    "before": _time,
    "after": _time,
    "hash": _hash,
}
# The words in which the pages speak of outcomes.
_SPOKEN = {outcome: outcome.value.replace("_", "-") for outcome in Outcome} | {
    Outcome.PENDING: "sending",
    Outcome.REJECTED: "refused",
    Outcome.UNREACHABLE: "not-reached",
}
_OUTCOME_WORDS = (
    {outcome.value.replace("_", ""): outcome for outcome in Outcome}
    | {word.replace("-", ""): outcome for outcome, word in _SPOKEN.items()}
    | {"unexpectedanswer": Outcome.UNEXPECTED, "timeout": Outcome.TIMED_OUT}
)
