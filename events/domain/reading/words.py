"""A command as a shell splits it: words, and what a shell would have put in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Word:
    """One argument. `variables` are the parts that only the shell of whoever wrote it could fill in."""

    text: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a text; `given` is what it is fed on its standard input, None where that is not said."""

    words: tuple[Word, ...]
    given: Word | None = None

    @property
    def name(self) -> str:
        """The program without its folder and its ending: `curl`."""
        first = self.words[0].text if self.words else ""
        return first.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")


class NotClosed(ValueError):
    """A quote or bracket is opened and never closed; `opened` is where it stands, as a line from 1."""

    def __init__(self, opened: int) -> None:
        super().__init__(opened)
        self.opened = opened


def not_closed(text: str, place: int) -> NoReturn:
    raise NotClosed(text.count("\n", 0, place) + 1)
