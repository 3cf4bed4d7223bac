"""What may stand behind the filters of the log's query language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from events.domain.outcome import Outcome
from events.domain.text import Text

_TIME = re.compile(r"20\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?\Z")
_HASH = re.compile(r"[a-z]{1,10}(?:\.[a-z2-7]{12}){1,9}\Z")


STATES = ("resend", "open", "pinned", "noted", "erased")
_SPAN = re.compile(r"(?P<number>\d{1,6}(?:[.]\d{1,3})?)(?P<unit>ms|s|m|h|d|w)\Z")
_UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_LONGEST_MS = 10 * 365 * _UNITS_MS["d"]


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
        known = ", ".join(sorted(SPOKEN_OUTCOMES.values()))
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


def span_ms(span: str) -> int:
    """A span of time like 24h or 1.5s, in milliseconds; 0 for what is none, and ten years at most."""
    match = _SPAN.match(span)
    return min(round(float(match["number"]) * _UNITS_MS[match["unit"]]), _LONGEST_MS) if match else 0


def _last(value: str) -> str:
    if not span_ms(value.lower()):
        raise Unreadable(Text("Write a span of time like 30m, 24h, 7d or 2w."))
    return value.lower()


def _took(value: str) -> str:
    bound = re.sub(r"[\s=]", "", value.lower())
    if bound[:1] not in ("<", ">") or not _SPAN.match(bound[1:]):
        raise Unreadable(Text("Write how long it took like >2s or <500ms."))
    return bound


def _is(value: str) -> str:
    if value.lower() not in STATES:
        raise Unreadable(Text("Behind is: stands one of {known}.", known=", ".join(STATES)))
    return value.lower()


def _finding(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]\d{3}", value):
        raise Unreadable(Text("A finding has a letter and three digits, like C001 or M014."))
    return value.upper()


def _number(value: str) -> str:
    found = re.fullmatch(r"#?0*([1-9]\d{0,17})", value)
    if not found:
        raise Unreadable(Text("Write the number, like 14."))
    return found[1]


def _tag(value: str) -> str:
    """As tags are written: see `tag_word`."""
    word = tag_word(value)
    if not word:
        raise Unreadable(Text("A tag is a word of letters and digits."))
    return word


def tag_word(text: str) -> str:
    """A tag in its one form: lower case, hyphens for blanks, 40 letters at most; "" for what holds no letter."""
    return re.sub(r"[^\w.-]+", "-", text.strip().lower().lstrip("#")).strip("-.")[:40]


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", value):
        raise Unreadable(Text("A country has two letters, like id or my."))
    return value.lower()


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
    "last": _last,
    "took": _took,
    "is": _is,
    "country": _country,
    "finding": _finding,
    "group": _number,
    "run": _number,
    "tag": _tag,
}
# The words in which the pages speak of outcomes.
SPOKEN_OUTCOMES = {outcome: outcome.value.replace("_", "-") for outcome in Outcome} | {
    Outcome.PENDING: "sending",
    Outcome.REJECTED: "refused",
    Outcome.UNREACHABLE: "not-reached",
}
_OUTCOME_WORDS = (
    {outcome.value.replace("_", ""): outcome for outcome in Outcome}
    | {word.replace("-", ""): outcome for outcome, word in SPOKEN_OUTCOMES.items()}
    | {"unexpectedanswer": Outcome.UNEXPECTED, "timeout": Outcome.TIMED_OUT}
)
