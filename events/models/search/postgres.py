"""PostgreSQL: a GIN index on a tsvector of the words, and one of trigrams on the text (migrations).

The tokens become lexemes as they are; no dictionary of PostgreSQL's looks at them. Which index leads, its planner
decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db.models import FilteredRelation, Q, QuerySet

from events.models.delivery import Delivery
from events.models.search.bounds import NOWHERE, Bounds, bounded
from events.models.search.document import SearchDocument
from events.models.search.expression import Groups, Piece, Search
from events.models.search.tables import Words

# So many rows are found by their IDs, one by one, sooner than anybody notices; and to see that there are more of them
# takes no longer.
FEW = 1_000


def narrowed(found: QuerySet[Delivery], search: Search, bounds: Bounds) -> tuple[QuerySet[Delivery], str]:
    """The deliveries within the bounds that hold what is searched for, and the column to be ordered by."""
    parts = [_groups(groups) for groups in search.tokens]
    parts += [f"!{_groups(groups)}" for groups in search.unwanted_tokens]
    for choice in search.choices:
        if choice.condition is None:
            either = " | ".join(map(_quoted, choice.tokens))
            parts.append(f"!({either})" if choice.negated else f"({either})")
    if parts:
        found = found.filter(words__words__match=" & ".join(parts))
    column = "words__delivery" if parts else _walked(search)
    found = search.filters.narrow(_with_pieces(found, search, bounds, column))
    # Both sides of the join: the planner carries no bound from one to the other. Walked in step with a bounded index,
    # an unbounded one would be read from its newest row on, and none of the row's own indexes could use the bound.
    return bounded(found, bounds, *dict.fromkeys((column, "id"))), column


def _with_pieces(found: QuerySet[Delivery], search: Search, bounds: Bounds, column: str) -> QuerySet[Delivery]:
    """Beside another walk the document is joined within the bounds, too: where a row may lack one, nothing else could
    keep the planner from reading the documents in step with the rows, from the first one of the log on."""
    document = "document"
    if bounds != NOWHERE and column != "document__delivery" and (search.pieces or search.unwanted):
        document = "near"
        found = found.alias(near=FilteredRelation("document", condition=bounds.on("document__delivery")))
    for stores, pieces in _by_stores(search.pieces).items():
        found = found.filter(_few(stores, pieces) or _either(stores, pieces, document))
    for piece in search.unwanted:
        found = found.exclude(piece.held_in(document))
    return found


def _by_stores(pieces: tuple[Piece, ...]) -> dict[tuple[int, ...], list[Piece]]:
    """The pieces by the stores that are called so: both words of a name mean the same ones."""
    found: dict[tuple[int, ...], list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.stores, []).append(piece)
    return found


def _either(stores: tuple[int, ...], pieces: list[Piece], document: str) -> Q:
    """That the text holds all pieces, or the row is of one of the stores.

    Asked piece by piece, the planner would take "of this store" twice for far rarer than once, and read the whole log.
    """
    said = Q(*(piece.said_in(document) for piece in pieces))
    return said | Q(store_id__in=stores) if stores else said


def _few(stores: tuple[int, ...], pieces: list[Piece]) -> Q | None:
    """The same by the rows' IDs, where both are few; None where they are not.

    No index knows of text and store: for a word that only a small store's name holds the whole log would be read.
    """
    if not stores or any(piece.token for piece in pieces):
        return None
    sent = Delivery.objects.filter(store_id__in=stores).order_by().values_list("pk", flat=True)
    if sent[: FEW + 1].count() > FEW:
        return None
    holding = SearchDocument.objects.filter(*(Q(text__holds=piece.needle) for piece in pieces))
    said = holding.order_by().values_list("pk", flat=True)
    return Q(pk__in=sent.union(said)) if said[: FEW + 1].count() <= FEW else None


def _walked(search: Search) -> str:
    """The planner carries no bound of the row over to the table that it walks, and walks none that may lack the row.

    Whoever is called by a store's name, or is to hold something not, is found without a document, too.
    """
    return "document__delivery" if any(not piece.stores for piece in search.pieces) else "id"


def kept(tokens: Iterable[str], besides: Collection[int] = ()) -> frozenset[str]:
    """Those of the tokens that stand in any document but those of the deliveries `besides`."""
    asked = list(tokens)
    if not Words.objects.filter(words__match=" | ".join(map(_quoted, asked))).exists():
        return frozenset()
    return frozenset(token for token in asked if _stands(token, besides))


def _stands(token: str, besides: Collection[int]) -> bool:
    held = Words.objects.filter(words__match=_quoted(token)).values_list("pk", flat=True)
    return any(pk not in besides for pk in held[: len(besides) + 1])


def merge() -> Iterator[None]:
    """Nothing to do: PostgreSQL's autovacuum does."""
    yield from ()


def compact() -> Iterator[None]:
    """Nothing to do: rewriting the table makes its indexes anew."""
    yield from ()


def _groups(groups: Groups) -> str:
    return "(" + " | ".join(f"({' & '.join(map(_quoted, group))})" for group in groups) + ")"


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
