"""A search query as an expression over the tokens of the index, the same for both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from events.domain import matching
from events.domain.query import Field, Hasher, SearchQuery, Term, hashes
from events.models.search.document import EVERY, words_of
from events.models.search.filters import Filters


@dataclass(frozen=True, slots=True)
class Token:
    """One token, or with `prefix` every token that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Expression, ...]


Expression: TypeAlias = Token | All | Either


@dataclass(frozen=True, slots=True)
class Search:
    """What a document must hold, and what it must not. `wanted` is never empty."""

    wanted: All
    unwanted: tuple[Expression, ...]


_NEEDS_INDEX = (Field.WORD, Field.PHRASE, Field.HASH, Field.EVENT)


def expression(query: SearchQuery, filters: Filters, hasher: Hasher) -> Search | None:
    """What the index is asked, or None where the columns of the row answer the query alone.

    With words, the filters go into the index too: a common word and a rare filter would else read every hit's row.
    """
    if not query.of(*_NEEDS_INDEX):
        return None
    wanted: list[Expression] = []
    unwanted: list[Expression] = []
    for term in query.of(Field.WORD, Field.PHRASE, Field.HASH):
        if (part := _part(term, hasher)) is not None:
            (unwanted if term.negated else wanted).append(part)
    for choice in filters.indexed:
        tokens = Either(tuple(Token(token) for token in choice.tokens))
        (unwanted if choice.negated else wanted).append(tokens)
    return Search(All(tuple(wanted or [Token(EVERY)])), tuple(unwanted))


def phrases(query: SearchQuery) -> Iterator[tuple[str, bool]]:
    """(text to find in the document, whether it must not be there): phrases, whose order the index does not keep."""
    for term in query.of(Field.PHRASE):
        words = words_of(term.value)
        if len(words) > 1:
            yield f" {' '.join(words)} ", term.negated


def _part(term: Term, hasher: Hasher) -> Expression | None:
    if term.field is Field.HASH:
        return All(tuple(Token(f":{found}") for found in hashes(term)))
    words = words_of(term.value)
    if term.field is Field.PHRASE:
        # Leaving out every document with these words anywhere would be too much.
        needless = not words or (term.negated and len(words) > 1)
        return None if needless else All(tuple(Token(word) for word in words))
    external = Token(f":{hasher('external', matching.external_form(term.value))}")
    return Either((All(tuple(Token(word, prefix=True) for word in words)), external)) if words else external
