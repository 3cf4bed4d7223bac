"""SQLite: the index is an FTS5 table over the documents, kept in step by triggers (migration 0002).

It keeps no positions (`detail=none`), so it is asked for tokens only; a token is one FTS5 term, since whatever
`document` leaves in a token is a letter, a digit or one of the tokenizer's `tokenchars`.
"""

from __future__ import annotations

from events.models.search.expression import All, Either, Expression, Search, Token


def compiled(search: Search) -> str:
    """The right-hand side of MATCH."""
    text = _compiled(search.wanted)
    for part in search.unwanted:
        text = f"({text}) NOT {_compiled(part)}"
    return text


def _compiled(part: Expression) -> str:
    match part:
        case Token(text, prefix):
            return '"' + text.replace('"', '""') + ('"*' if prefix else '"')
        case All(parts):
            return "(" + " AND ".join(map(_compiled, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(_compiled, parts)) + ")"
