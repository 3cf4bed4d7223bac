"""Queries that never change their shape: the ORM puts them together once a process, and from then on they only run.

Every page of the log asks a handful of them, and to compose one takes five times as long as to answer it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
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
    """What it finds, in the form in which `values_list` would give it."""
    database = _database()
    composed = _composed(query, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(composed.sql, composed.filled(values))
        found = cursor.fetchall()
    return [composed.read(row, database) for row in found] if composed.converted else found


def part(query: Query, **values: object) -> RawSQL:
    """It as a part of another query, which may differ from page to page."""
    composed = _composed(query, _database().vendor)
    return RawSQL(composed.sql, composed.filled(values))  # nosec B611  # composed by the ORM, its values are apart


@dataclass(frozen=True, slots=True)
class _Composed:
    """`converted` are (place in a row, column, function) of each value that the database gives in another form."""

    sql: str
    params: tuple[Any, ...]
    converted: tuple[tuple[int, Any, Callable[..., Any]], ...]

    def filled(self, values: dict[str, object]) -> list[Any]:
        return [_as_compared(values[each.name]) if isinstance(each, Place) else each for each in self.params]

    def read(self, row: tuple[Any, ...], database: BaseDatabaseWrapper) -> tuple[Any, ...]:
        values = list(row)
        for place, column, convert in self.converted:
            values[place] = convert(values[place], column, database)
        return tuple(values)


@cache
def _composed(query: Query, vendor: str) -> _Composed:
    database = _database()
    compiler = query().query.get_compiler(connection=database)
    sql, params = compiler.as_sql()
    converted = [
        (place, column, convert)
        for place, (column, *_sql) in enumerate(compiler.select)
        for convert in (*database.ops.get_db_converters(column), *column.get_db_converters(database))
    ]
    return _Composed(sql, tuple(params), tuple(converted))


def _as_compared(value: object) -> object:
    return _database().ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


# Not the proxy that asks for the thread's connection at every look at an attribute.
def _database() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]
