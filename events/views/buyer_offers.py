"""Words that the log knows of buyers, whom a bare word does not search: the offer to look them up as what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.domain.query import Field, Term
from events.forms.log import Address
from events.models import search

# With so few rows the word has hardly found what was meant.
FEW = 5
_MOST_WORDS = 3
_ENDING = re.compile(r"\d{4}(?:\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offer:
    """`label` as it could be typed; in the address that it leads to the value is hidden."""

    label: str
    address: Address


def offers_of(address: Address, row_count: int) -> list[Offer]:
    """Only what finds somebody: one lookup tells, and none is made where nothing can be meant."""
    words = [term for term in address.query.of(Field.WORD) if not term.negated][:_MOST_WORDS]
    meant = {other: term for term in words for other in _meant(term.value, row_count < FEW)}
    return [
        Offer(str(other), Address(address.without(meant[other]).query.adding(other)).hidden())
        for other in search.known(list(meant))
    ]


def _meant(word: str, is_scarce: bool) -> Iterator[Term]:
    if _ENDING.fullmatch(word):
        yield Term(Field.PHONE, word)
    elif is_scarce:
        if word.isalpha():
            yield Term(Field.NAME, word)
        yield Term(Field.EMAIL, word)
