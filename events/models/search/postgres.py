"""PostgreSQL: the index is a GIN index on a tsvector that the database makes of the documents (migration 0002).

The tokens become its lexemes as they are; no dictionary of PostgreSQL's looks at them.
"""

from __future__ import annotations

from events.models.search.expression import All, Either, Expression, Search, Token


def compiled(search: Search) -> str:
    """The text of a tsquery."""
    return " & ".join((_compiled(search.wanted), *(f"!{_compiled(part)}" for part in search.unwanted)))


def _compiled(part: Expression) -> str:
    match part:
        case Token(text, prefix):
            escaped = text.replace("\\", "\\\\").replace("'", "''")
            return f"'{escaped}'" + (":*" if prefix else "")
        case All(parts):
            return "(" + " & ".join(map(_compiled, parts)) + ")"
        case Either(parts):
            return "(" + " | ".join(map(_compiled, parts)) + ")"
