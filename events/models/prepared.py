"""Queries that never change their shape: the ORM puts them together once a process, and from then on they only run.

Every page of the log asks a handful of them, and to compose one takes five times as long as to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

# A function of a module, so that the same query is known again.
Query: TypeAlias = Callable[[], models.QuerySet[Any, Any]]
# (place in a row, column, function) of a value that the database gives in another form.
Conversion: TypeAlias = tuple[int, Any, Callable[..., Any]]


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
    return [tuple(converted(row, composed.conversions)) for row in found] if composed.conversions else found


def part(query: Query, **values: object) -> RawSQL:
    """It as a part of another query, which may differ from page to page."""
    composed = _composed(query, _database().vendor)
    return RawSQL(composed.sql, composed.filled(values))  # nosec B611  # composed by the ORM, its values are apart


def conversions(columns: Iterable[Any]) -> tuple[Conversion, ...]:
    """What the ORM makes of the values of these columns."""
    database = _database()
    return tuple(
        (place, column, convert)
        for place, column in enumerate(columns)
        for convert in (*database.ops.get_db_converters(column), *column.get_db_converters(database))
    )


def converted(row: Sequence[Any], needed: Iterable[Conversion]) -> list[Any]:
    """A row of the database as the ORM would give it."""
    values, database = list(row), _database()
    for place, column, convert in needed:
        values[place] = convert(values[place], column, database)
    return values


@dataclass(frozen=True, slots=True)
class _Composed:
    sql: str
    params: tuple[Any, ...]
    conversions: tuple[Conversion, ...]

    def filled(self, values: dict[str, object]) -> list[Any]:
        return [_as_compared(values[each.name]) if isinstance(each, Place) else each for each in self.params]


@cache
def _composed(query: Query, vendor: str) -> _Composed:
    compiler = query().query.get_compiler(connection=_database())
    sql, params = compiler.as_sql()
    return _Composed(sql, tuple(params), conversions(column for column, *_sql in compiler.select))


def _as_compared(value: object) -> object:
    return _database().ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


# Not the proxy that asks for the thread's connection at every look at an attribute.
def _database() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]
