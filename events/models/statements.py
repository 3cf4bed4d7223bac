"""The few statements that every send waits for, put together once a process.

For these the ORM takes longer to compose the SQL than the database to run it. Columns and their conversions are the
models' own all the same: what a migration adds to a table is written here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=models.Model)
# (place among the columns, column, function) of each value that the database gives in another form.
Converted: TypeAlias = tuple[int, Any, Callable[..., Any]]


class Condition(NamedTuple):
    """What a row must be like to be written to: SQL with a `%s` for each of the values, as the database takes them."""

    sql: str
    values: tuple[Any, ...] = ()


class _Column(NamedTuple):
    """`name` is the attribute's. Values of the type `plain` are kept as they are, others as `prepare` gives them."""

    name: str
    plain: type
    prepare: Callable[[Any, BaseDatabaseWrapper], Any]


ALWAYS = Condition("TRUE")
_PLAIN = ((models.IntegerField, int), (models.AutoField, int), (models.CharField, str), (models.TextField, str))
_INSERT = "INSERT INTO {table} ({columns}) VALUES ({places})"
_SELECT = "SELECT {columns} FROM {table}"
_UPDATE = "UPDATE {table} SET {changes} WHERE {pk} = %s"


# Not the proxy that asks for the thread's connection at every look at an attribute: a row has dozens of columns.
def _database() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


def moment(at: datetime) -> object:
    """A time as the database compares it, for a `Condition`."""
    return connection.ops.adapt_datetimefield_value(at)


def first(model: type[M], only: Condition) -> M | None:
    """One row as the ORM would read it, or None."""
    database = _database()
    sql, names, converted = _selection(model, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(f"{sql} WHERE {only.sql} LIMIT 1", only.values)
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, column, convert in converted:
        values[place] = convert(values[place], column, database)
    return model.from_db(database.alias, names, values)


def insert(row: models.Model) -> None:
    """Write a whole new row, and give it its ID. Raises what `save(force_insert=True)` raises."""
    database = _database()
    sql, columns, is_numbered = _insertion(type(row), database.vendor)
    values = [_as_kept(getattr(row, column.name), column, database) for column in columns]
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        if is_numbered:
            row.pk = cursor.fetchone()[0] if database.vendor == "postgresql" else cursor.lastrowid
    row._state.adding, row._state.db = False, database.alias


def update(model: type[models.Model], pk: int, changes: Mapping[str, object], only: Condition = ALWAYS) -> bool:
    """Set columns of one row, where it is still as `only` says; whether it was."""
    database = _database()
    sql, columns = _update(model, tuple(changes))
    values = [_as_kept(changes[column.name], column, database) for column in columns]
    with database.cursor() as cursor:
        cursor.execute(f"{sql} AND {only.sql}", [*values, pk, *only.values])
        return bool(cursor.rowcount)


@cache
def _selection(model: type[models.Model], vendor: str) -> tuple[str, list[str], list[Converted]]:
    fields = model._meta.concrete_fields
    columns = [field.get_col(model._meta.db_table) for field in fields]
    converted = [
        (place, column, convert)
        for place, column in enumerate(columns)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]
    listed = ", ".join(f'"{field.column}"' for field in fields)
    sql = _SELECT.format(table=model._meta.db_table, columns=listed)
    return sql, [field.attname for field in fields], converted


@cache
def _insertion(model: type[models.Model], vendor: str) -> tuple[str, list[_Column], bool]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    is_numbered = len(fields) < len(model._meta.concrete_fields)
    listed, places = (", ".join(each) for each in zip(*((f'"{field.column}"', "%s") for field in fields), strict=True))
    sql = _INSERT.format(table=model._meta.db_table, columns=listed, places=places)
    returning = f" RETURNING {model._meta.pk.column}" if is_numbered and vendor == "postgresql" else ""
    return sql + returning, list(map(_column, fields)), is_numbered


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[_Column]]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    changes = ", ".join(f'"{field.column}" = %s' for field in fields)
    return _UPDATE.format(table=model._meta.db_table, changes=changes, pk=model._meta.pk.column), list(
        map(_column, fields)
    )


def _column(field: models.Field[Any, Any]) -> _Column:
    kept: Any = field
    while isinstance(kept, models.ForeignKey):
        kept = kept.target_field
    plain = next((plain for kind, plain in _PLAIN if isinstance(kept, kind)), type(None))
    return _Column(field.attname, plain, field.get_db_prep_save)


def _as_kept(value: Any, column: _Column, database: BaseDatabaseWrapper) -> Any:
    return value if value is None or type(value) is column.plain else column.prepare(value, database)
