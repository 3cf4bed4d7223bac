"""The search index: the one entrance to finding deliveries by what they hold.

Purpose: one small document per delivery, written in the same transaction as the row, and queries on it.

May import: Django's database layer, the models beside it, `events.domain`.
Must not import: anything of HTTP or HTML. Only this room knows the search engine of either database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Replace

from events.domain.matching import external_form
from events.domain.personal import buyer_values
from events.domain.query import BUYER, Field, Hasher, SearchQuery, Term, redacted
from events.domain.redaction import Scrubber
from events.domain.tree import Json
from events.models.delivery import Delivery
from events.models.encryption import index_hasher
from events.models.search import document, facets, postgres, sqlite
from events.models.search.bounds import NOWHERE, Bounds, bounded
from events.models.search.document import NO_REMARK, Remark, SearchDocument
from events.models.search.expression import Search, search_of, tokens_of
from events.models.search.filters import Filters
from events.models.search.tables import Fragments, Words
from events.models.statements import Change

__all__ = [
    "Filters",
    "Fragments",
    "Remark",
    "SearchDocument",
    "Words",
    "compact",
    "drawn_up",
    "ending",
    "hidden",
    "holders",
    "index",
    "index_many",
    "kept",
    "known",
    "matching",
    "merge",
    "neighbours",
    "recognised",
    "remark",
    "without_origin",
]


def drawn_up(delivery: Delivery, payload: Json | None, findings: Iterable[str], scrub: Scrubber) -> SearchDocument:
    """The document that is to be written beside a row: made before a lock is taken. See `document`."""
    return document.document(delivery, payload, "", index_hasher(), findings, scrub)


def index(delivery: Delivery, payload: Json | None, error_text: str = "", findings: Iterable[str] = ()) -> None:
    """Write or replace the delivery's search document, inside the caller's transaction.

    `payload` is the request body, None where it was no JSON. `error_text` is what Scalev or the network said; it is
    scrubbed of the buyer here. `findings` are the codes of what was found in the payload before it was sent.
    """
    index_many([(delivery, payload, error_text, findings)])


def index_many(found: Iterable[tuple[Delivery, Json | None, str, Iterable[str]]]) -> None:
    """The same for many at once: (delivery, payload, error text, codes of findings) of each."""
    hasher = index_hasher()
    made = [document.document(delivery, payload, error, hasher, codes) for delivery, payload, error, codes in found]
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, [(each.pk, each.facets, each.words, each.text) for each in made])


_WRITE = """INSERT INTO events_searchdocument (delivery_id, facets, words, text) VALUES (%s, %s, %s, %s)
    ON CONFLICT (delivery_id) DO UPDATE SET facets = excluded.facets, words = excluded.words, text = excluded.text"""


def remark(delivery: Delivery, payload: Json | None, error_text: str) -> Remark:
    """What `ending` adds of an error, scrubbed of the buyer: made before a lock is taken."""
    if not error_text:
        return NO_REMARK
    clean = partial(Scrubber(buyer_values(payload)), instead=" ")
    return document.remark(error_text, clean, delivery.store.country, index_hasher())


def ending(delivery: Delivery, said: Remark = NO_REMARK) -> Change:
    """What brings the document of a row that was open up to date with its ending, to be written beside it, once.

    The rest stays as it was written before the send: nothing is scrubbed and hashed a second time.
    """
    # What is not named, the indexes do not even look at.
    added = said._asdict() if said != NO_REMARK else {}
    return Change(SearchDocument, {"facets": facets.ending(delivery), **added}, grows=True)


def join_group(pks: Iterable[int], group: int) -> None:
    """Bring the documents of deliveries up to date that were closed without an error group and have one now."""
    added = Concat("facets", Value(f"{facets.group(group)} "))
    SearchDocument.objects.filter(delivery__in=list(pks)).update(facets=added)


def without_origin(deliveries: QuerySet[Delivery]) -> None:
    """Bring the documents of resends up to date whose origin is about to be no more."""
    again, first = f" {facets.RESEND} ", f" {facets.FIRST} "
    SearchDocument.objects.filter(delivery__in=deliveries).update(facets=Replace("facets", Value(again), Value(first)))


def kept(tokens: Iterable[str], besides: Collection[int] = ()) -> frozenset[str]:
    """Those of the tokens that stand in any document but those of the deliveries `besides`."""
    found: set[str] = set()
    for asked in _in_groups(sorted(tokens)):
        found |= _engine().kept(asked, besides)
    return frozenset(found)


def _in_groups(tokens: list[str], size: int = 100) -> Iterator[list[str]]:
    return (tokens[start : start + size] for start in range(0, len(tokens), size))


def merge() -> Iterator[None]:
    """Do what the indexes put off while rows were removed, in steps that are short transactions each."""
    yield from _engine().merge()


def compact() -> Iterator[None]:
    """Let the indexes forget for good what they were told to forget, in steps that are short transactions each."""
    yield from _engine().compact()


def hidden(query: SearchQuery) -> SearchQuery:
    """The same search with every buyer's value as a keyed hash: the form that may stand in a URL."""
    return redacted(query, index_hasher() if query.of(*BUYER) else _never)


def recognised(query: SearchQuery) -> SearchQuery:
    """The same search with the words that name a buyer looked up as such, so that none stands in a URL.

    An external ID is one that the index knows. A word right behind `name:` is hers, too: people seldom write quotes.
    What the log's texts hold stays a word: it finds those.
    """
    words, hasher, before = query.of(Field.WORD, Field.PHRASE), index_hasher(), None
    asked = {term: f":{hasher(Field.EXTERNAL, external_form(term.value))}" for term in words}
    known, terms = kept(asked.values()), []
    for term in query.terms:
        kind = Field.EXTERNAL if asked.get(term) in known else None
        if before is Field.NAME and term.field is Field.WORD and term.value.isalpha():
            kind = kind or Field.NAME
        if kind and not _stands_in_a_text(term, hasher):
            term = replace(term, field=kind)
        before = term.field
        terms.append(term)
    return replace(query, terms=tuple(dict.fromkeys(terms)))


def _stands_in_a_text(term: Term, hasher: Hasher) -> bool:
    alone = SearchQuery((replace(term, negated=False),))
    search = search_of(alone, Filters.of(alone), hasher, lambda _tokens: frozenset())
    found, _column = _engine().narrowed(Delivery.objects.all(), search, NOWHERE)
    return bool(found.exists())


def known(terms: Sequence[Term]) -> list[Term]:
    """Those of some buyers' terms that any document answers."""
    tokens = {term: tokens_of(hidden(SearchQuery((term,))).terms[0]) for term in terms}
    found = kept(token for groups in tokens.values() for group in groups for token in group)
    return [term for term in terms if any(found.issuperset(group) for group in tokens[term])]


def _never(kind: str, form: str) -> str:
    raise AssertionError("nothing in this query is a buyer's")


def matching(
    deliveries: QuerySet[Delivery], query: SearchQuery, *, above: int | None = None, below: int | None = None
) -> QuerySet[Delivery]:
    """Narrow `deliveries` to what the query asks for, newest first; `above` and `below` bound the row's ID.

    An index is walked backwards and left at the LIMIT, which is why the bounds are given here: set on the delivery
    alone they would not reach it. A time is such a bound, too.
    """
    found, column = _found(deliveries, _asked(query), Bounds(above, below))
    return found.order_by(f"-{column}")


def neighbours(query: SearchQuery, pk: int) -> tuple[int | None, int | None]:
    """The IDs of the rows that a search finds next to this one: (newer, older), None at an end.

    Two short looks at one index, in one query; whether the row itself is found makes no difference.
    """
    asked, every = _asked(query), Delivery.objects.all()
    above, column = _found(every, asked, Bounds(above=pk))
    below, _column = _found(every, asked, Bounds(below=pk))
    newer, older = _pks_of_each([above.order_by(column)[:1], below.order_by(f"-{column}")[:1]])
    return next(iter(newer), None), next(iter(older), None)


def holders(
    deliveries: QuerySet[Delivery], terms: Sequence[Term], most: int, *, below: int | None = None
) -> list[list[int]]:
    """For each term by itself the IDs of those of `deliveries` that hold it: the newest, `most` at most.

    One query for all of them; none may be a buyer's. `below` bounds the row's ID, as in `matching`.
    """
    searches = []
    for term in terms:
        found, column = _found(deliveries, _asked(SearchQuery((term,)), _never), Bounds(below=below))
        searches.append(found.order_by(f"-{column}")[:most])
    return _pks_of_each(searches)


def _pks_of_each(searches: Sequence[QuerySet[Delivery]]) -> list[list[int]]:
    """What each of them finds, by one query: SQLite wants LIMITs of a union in subqueries, as no ORM writes it."""
    parts, values = [], list[Any]()
    for number, found in enumerate(searches):
        with suppress(EmptyResultSet):
            sql, params = found.values_list("pk").query.sql_with_params()
            parts.append(f"SELECT {number}, held.* FROM ({sql}) AS held")  # nosec B608: SQL that the ORM composed
            values += params
    held: list[list[int]] = [[] for _search in searches]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, pk in cursor.fetchall():
                held[number].append(pk)
    return held


class _Asked(NamedTuple):
    """A query as the documents must answer it, and between which IDs whatever it finds lies."""

    search: Search
    bounds: Bounds


def _asked(query: SearchQuery, hasher: Hasher | None = None) -> _Asked | None:
    """None where the whole log is asked for."""
    if not query:
        return None
    hasher = hasher or index_hasher()
    query = redacted(query, hasher)
    filters = Filters.of(query)
    if filters.impossible:
        return _Asked(Search((), (), (), (), filters), NOWHERE)
    search = search_of(query, filters, hasher, _engine().kept)
    return _Asked(search, Bounds(*filters.bounds()) if query.of(*_TIMES) else NOWHERE)


def _found(deliveries: QuerySet[Delivery], asked: _Asked | None, bounds: Bounds) -> tuple[QuerySet[Delivery], str]:
    """The deliveries that are asked for, within the bounds, and the column to order them by."""
    if asked is None:
        return bounded(deliveries, bounds, "id"), "id"
    if asked.search.filters.impossible:
        return deliveries.none(), "id"
    found, column = _engine().narrowed(deliveries, asked.search, bounds.within(asked.bounds))
    return found, column if column == "id" else f"{column}_id"


_TIMES = (Field.AFTER, Field.BEFORE, Field.LAST)


def _engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite
