"""A search query as what the documents must hold: the same for both databases, which differ in how they look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Q

from events.domain import matching
from events.domain.query import Field, Hasher, SearchQuery, Term, hashes
from events.models.called import stores_called
from events.models.search.document import END, EVENT_ID, ORDER_ID, folded
from events.models.search.filters import Choice, Filters

SHORTEST_PIECE = 3
# Tokens of which all of one group must be there.
Groups: TypeAlias = tuple[tuple[str, ...], ...]
# (tokens) -> those of them that stand in any document.
IsKept: TypeAlias = Callable[[Iterable[str]], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text to be found; a store of that name will do as well, or a buyer's external ID (`token`)."""

    needle: str
    stores: tuple[int, ...] = ()
    token: str = ""

    def held_in(self, document: str = "document") -> Q:
        """`document` is the relation in which the document is joined."""
        return self.said_in(document) | Q(store_id__in=self.stores) if self.stores else self.said_in(document)

    def said_in(self, document: str) -> Q:
        """The same without the stores."""
        said = Q((f"{document}__text__holds", self.needle))
        return said | Q((f"{document}__words__holds", f" {self.token} ")) if self.token else said


@dataclass(frozen=True, slots=True)
class Search:
    """What documents must hold. `tokens` are hashes by term; `filters` are looked up by code or token."""

    pieces: tuple[Piece, ...]
    unwanted: tuple[Piece, ...]
    tokens: tuple[Groups, ...]
    unwanted_tokens: tuple[Groups, ...]
    filters: Filters

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.filters.indexed


def search_of(query: SearchQuery, filters: Filters, hasher: Hasher, is_kept: IsKept) -> Search:
    """`is_kept` says which of some tokens stand in any document: external IDs are nearly never what was meant."""
    terms = query.of(Field.WORD, Field.PHRASE)
    external = {term: f":{hasher('external', matching.external_form(term.value))}" for term in terms}
    kept = is_kept(external.values()) if external else frozenset()
    stores = stores_called().rows if terms else ()
    pieces: dict[bool, list[Piece]] = {False: [], True: []}
    for term, token in external.items():
        if needle := _needle(term.value):
            pieces[term.negated].append(Piece(needle, _called(needle, stores), token if token in kept else ""))
    for term in query.of(*_EXACT):
        pieces[term.negated].append(Piece(_EXACT[term.field].format(folded(term.value))))
    hidden = query.of(Field.HASH)
    return Search(
        tuple(pieces[False]),
        tuple(pieces[True]),
        tuple(tokens_of(term) for term in hidden if not term.negated),
        tuple(tokens_of(term) for term in hidden if term.negated),
        filters,
    )


_EXACT = {Field.ID: f" {{}}{END}{EVENT_ID}", Field.ORDER: f" {{}}{END}{ORDER_ID}", Field.HOST: " {}/"}


def _needle(value: str) -> str:
    """What must stand in the text: any piece of it, or the beginning of a word for two letters, or a word of one."""
    text = folded(value)
    if len(text) >= SHORTEST_PIECE or not text:
        return text
    return f" {text}" if len(text) == SHORTEST_PIECE - 1 else f" {text} "


def _called(needle: str, stores: Iterable[tuple[int, str, str]]) -> tuple[int, ...]:
    return tuple(
        pk for pk, name, store_id in stores if needle in f" {folded(name)} " or needle in f" {folded(store_id)} "
    )


def tokens_of(term: Term) -> Groups:
    return tuple(tuple(f":{found}" for found in group) for group in hashes(term))


def held_tokens(groups: Groups) -> Q:
    """That a document holds all tokens of one group."""
    held = Q()
    for group in groups:
        whole = Q()
        for token in group:
            whole &= Q(document__words__holds=f" {token} ")
        held |= whole
    return held
