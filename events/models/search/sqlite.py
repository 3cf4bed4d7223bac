"""SQLite: two FTS5 tables over the documents, kept in step by triggers (migrations).

`events_words` knows facets and words whole, `events_fragments` facets and every three letters of the text. Neither
keeps positions (`detail=none`), so a piece of text is asked for by its rarest trigrams and then looked for in the
document. One of the two leads, newest rows first; what it does not know is looked up row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import connection
from django.db.models import QuerySet

from events.models import prepared
from events.models.delivery import Delivery
from events.models.prepared import Place
from events.models.search import rarity
from events.models.search.bounds import Bounds, bounded
from events.models.search.expression import SHORTEST_PIECE, Groups, Piece, Search, held_tokens
from events.models.search.tables import Fragments, Words

# As many rows may be looked at one by one before somebody has to wait for it.
FEW = 2_000
# More trigrams cost more than they save.
TRIGRAMS, TRIGRAMS_BESIDE, MOST_PIECES = 4, 2, 4

PAGES_A_STEP = 100


def narrowed(found: QuerySet[Delivery], search: Search, bounds: Bounds) -> tuple[QuerySet[Delivery], str]:
    """The deliveries within the bounds that hold what is searched for, and the column to be ordered by.

    The index that leads is bounded, alone.
    """
    found, column = _led(found, search)
    return bounded(found, bounds, column), column


def _led(found: QuerySet[Delivery], search: Search) -> tuple[QuerySet[Delivery], str]:
    leading = [piece for piece in search.pieces if len(piece.needle) >= SHORTEST_PIECE and not piece.token]
    words = _words(search)
    for piece in search.pieces:
        if piece.token:
            found = found.filter(pk__in=_either(piece))
    if leading and not (_has_tokens(search) and _are_few(words)):
        column = "fragments__delivery"
        found = found.filter(fragments__pieces__match=_fragments(search, leading[:MOST_PIECES]))
        found = _narrowed_by_document(found, search)
    elif _has_tokens(search) or len(search.choices) > 1 or any(not choice.exact for choice in search.choices):
        column = "words__delivery"
        found = found.filter(words__words__match=words)
    else:
        return search.filters.narrow(_with_pieces(found, search)), "id"
    return search.filters.narrow_rest(_with_pieces(found, search)), column


def kept(tokens: Iterable[str], besides: Collection[int] = ()) -> frozenset[str]:
    """Those of the tokens that stand in any document but those of the deliveries `besides`."""
    asked = list(tokens)
    if not prepared.rows(_first, words=_any(map(_quoted, asked))):
        return frozenset()
    return frozenset(token for token in asked if _stands(token, besides))


def _first() -> QuerySet[Words, int]:
    return Words.objects.filter(words__match=Place("words")).values_list("pk", flat=True)[:1]


def _stands(token: str, besides: Collection[int]) -> bool:
    held = Words.objects.filter(words__match=_quoted(token)).values_list("pk", flat=True)
    return any(pk not in besides for pk in held[: len(besides) + 1])


def merge() -> Iterator[None]:
    """Merge the segments that have piled up. Left to FTS5 that falls to whoever commits next, for twice as long."""
    for table in _TABLES:
        while _merge(table, PAGES_A_STEP):
            yield


def compact() -> Iterator[None]:
    """Merge each index into one segment: what was forgotten lies in the old ones, beside the word that it is.

    FTS5's own `optimize`, which is one transaction of seconds, in pieces of so many pages.
    """
    for table in _TABLES:
        # Gathers all segments, whatever their sizes.
        _merge(table, -PAGES_A_STEP)
        yield
    yield from merge()


_TABLES = ("events_words", "events_fragments")


def _merge(table: str, pages: int) -> bool:
    """Whether there was anything to do: one change is the command's own row."""
    with connection.cursor() as cursor:
        before = cursor.connection.total_changes
        cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [pages])  # nosec B608
        return bool(cursor.connection.total_changes - before >= 2)


def _has_tokens(search: Search) -> bool:
    return bool(search.tokens or search.unwanted_tokens) or search.filters.need_index


def _with_pieces(found: QuerySet[Delivery], search: Search) -> QuerySet[Delivery]:
    for piece in search.pieces:
        found = found.filter(piece.held_in())
    for piece in search.unwanted:
        found = found.exclude(piece.held_in())
    return found


def _narrowed_by_document(found: QuerySet[Delivery], search: Search) -> QuerySet[Delivery]:
    """By what `events_fragments` knows not at all, or takes for a piece of text."""
    for groups in search.tokens:
        found = found.filter(held_tokens(groups))
    for groups in search.unwanted_tokens:
        found = found.exclude(held_tokens(groups))
    for choice in search.choices:
        found = found.exclude(choice.held) if choice.negated else found.filter(choice.held)
    return found


def _words(search: Search) -> str:
    """The right-hand side of MATCH: what stands in facets and words, newest rows first."""
    wanted = [_groups(groups) for groups in search.tokens]
    unwanted = [_groups(groups) for groups in search.unwanted_tokens]
    for choice in search.choices:
        (unwanted if choice.negated else wanted).append(_any(map(_quoted, (*choice.codes, *choice.tokens))))
    return " NOT ".join([_all(wanted or [_any(map(_quoted, rarity.EVERY))]), *unwanted])


def _groups(groups: Groups) -> str:
    return _any(_all(map(_quoted, group)) for group in groups)


def _fragments(search: Search, pieces: list[Piece]) -> str:
    # What is common narrows little, however many of its trigrams are asked for.
    rarest = min(pieces, key=lambda piece: rarity.commonness(piece.needle))
    wanted = []
    for piece in pieces:
        count = TRIGRAMS if piece is rarest else TRIGRAMS_BESIDE
        trigrams = _all(map(_quoted, rarity.rarest(piece.needle, count)))
        wanted.append(_any([trigrams, *(_code(code) for code in map(rarity.store, piece.stores))]))
    for choice in search.choices:
        if choice.codes and not choice.negated:
            wanted.append(_any(map(_code, choice.codes)))
    return _all(wanted)


def _code(code: str) -> str:
    return _all(map(_quoted, rarity.trigrams(code)))


def _are_few(words: str) -> bool:
    return Words.objects.filter(words__match=words)[: FEW + 1].count() <= FEW


def _either(piece: Piece) -> QuerySet[Words, int]:
    """Rows with the piece in their text or its token among their words: few, or it were no external ID."""
    found = Words.objects.filter(words__match=_quoted(piece.token)).values_list("pk", flat=True)
    if len(piece.needle) < SHORTEST_PIECE:
        return found
    by_text = _all(map(_quoted, rarity.rarest(piece.needle, TRIGRAMS)))
    by_text = _any([by_text, *(_code(code) for code in map(rarity.store, piece.stores))])
    in_text = Fragments.objects.filter(pieces__match=by_text).values_list("pk", flat=True)
    return found.union(in_text)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _all(parts: Iterable[str]) -> str:
    return "(" + " AND ".join(parts) + ")"


def _any(parts: Iterable[str]) -> str:
    return "(" + " OR ".join(parts) + ")"
