"""What an import says of the parts that it left out."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.reading.sign_in import without_sign_ins
from events.domain.redaction import hide_keys
from events.domain.text import Text, writable

_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class NotRead:
    """One part that was not taken over. `what` is some of the pasted text; `why` is a sentence."""

    what: str
    why: Text

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", quote(self.what))


def quote(source: str) -> str:
    """Some of the pasted text, to be recognised by: one line, a few words, and never a key or a cookie."""
    line = writable(" ".join(hide_keys(without_sign_ins(source[:400])).split()))
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
