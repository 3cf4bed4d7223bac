"""Queries that never change their shape: the ORM puts them together once a process, and from then on they only run.

Every page of the log asks a handful of them, and to compose one takes five times as long as to answer it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import RawSQL

# A function of a module, so that the same query is known again.
Query: TypeAlias = Callable[[], models.QuerySet[Any, Any]]


class Place(models.Expression):
    """Stands for a value that is given when the query is run: `filter(lease_until__lt=Place("now"))`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return "%s", [self]


def rows(query: Query, **values: object) -> list[tuple[Any, ...]]:
    """What it finds, as the database gives it: for numbers and texts, which need no conversion."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(*_filled(query, values))
        return list(cursor.fetchall())


def part(query: Query, **values: object) -> RawSQL:
    """It as a part of another query, which may differ from page to page."""
    return RawSQL(*_filled(query, values))  # nosec B611  # composed by the ORM, its values are apart


def _filled(query: Query, values: dict[str, object]) -> tuple[str, list[Any]]:
    sql, params = _composed(query, connections[DEFAULT_DB_ALIAS].vendor)
    return sql, [_as_compared(values[each.name]) if isinstance(each, Place) else each for each in params]


@cache
def _composed(query: Query, vendor: str) -> tuple[str, tuple[Any, ...]]:
    sql, params = query().query.sql_with_params()
    return sql, tuple(params)


def _as_compared(value: object) -> object:
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)
    return value
