"""The few statements that every send waits for, put together once a process.

For these the ORM takes longer to compose the SQL than the database to run it. Columns and their conversions are the
models' own all the same: what a migration adds to a table is written here, too. PostgreSQL is asked once for a row
and those that hang on it: there a question and its answer cost more than the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeAlias, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from events.models.prepared import Conversion, conversions, converted

M = TypeVar("M", bound=models.Model)
_Field: TypeAlias = "models.Field[Any, Any]"
# Model, names of the columns and whether they grow: what the SQL of a change hangs on.
_Form: TypeAlias = "tuple[type[models.Model], tuple[str, ...], bool]"


class Condition(NamedTuple):
    """What a row must be like to be written to: SQL with a `%s` for each of the values, as the database takes them."""

    sql: str
    values: tuple[Any, ...] = ()


class Change(NamedTuple):
    """Columns to be set; with `grows` they are texts, and the values are put at the ends of what stands there."""

    model: type[models.Model]
    values: Mapping[str, object]
    grows: bool = False

    @property
    def form(self) -> _Form:
        return self.model, tuple(self.values), self.grows


class _Column(NamedTuple):
    """`name` is the attribute's. Values of the type `plain` are kept as they are, others as `prepare` gives them."""

    name: str
    plain: type
    prepare: Callable[[Any, BaseDatabaseWrapper], Any]


ALWAYS = Condition("TRUE")
_PLAIN = (
    (models.IntegerField, int),
    (models.AutoField, int),
    (models.CharField, str),
    (models.TextField, str),
    (models.BinaryField, bytes),
)
_SELECT = "SELECT {columns} FROM {table}"
_INSERT = "INSERT INTO {table} ({columns}) VALUES ({places})"
_INSERT_BESIDE = "INSERT INTO {table} ({pk}, {columns}) SELECT kept.id, {places} FROM kept"
_UPDATE = "UPDATE {table} SET {changes} WHERE {pk} = %s"
_AT_ONCE = "WITH kept AS ({first} RETURNING {pk} AS id){beside} SELECT id FROM kept"
_UPDATE_BESIDE = "UPDATE {table} SET {changes} FROM kept WHERE {pk} = kept.id"


# Not the proxy that asks for the thread's connection at every look at an attribute: a row has dozens of columns.
def _database() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


def moment(at: datetime) -> object:
    """A time as the database compares it, for a `Condition`."""
    return connection.ops.adapt_datetimefield_value(at)


def first(model: type[M], only: Condition) -> M | None:
    """One row as the ORM would read it, or None."""
    database = _database()
    sql, names, needed = _selection(model, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(f"{sql} WHERE {only.sql} LIMIT 1", only.values)
        row = cursor.fetchone()
    if row is None:
        return None
    return model.from_db(database.alias, names, converted(row, needed))


def insert(row: models.Model, *beside: models.Model) -> None:
    """Write a whole new row, and give it its ID; then those beside it, whose primary key is that ID, too.

    Raises what `save(force_insert=True)` raises.
    """
    database, rows = _database(), (row, *beside)
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            sql, columns = _insertion_at_once(tuple(map(type, rows)))
            cursor.execute(sql, list(chain(*map(_kept, map(vars, rows), columns))))
            row.pk = cursor.fetchone()[0]
        else:
            _insert_in_turn(cursor, row, beside)
    for each in rows:
        each.pk, each._state.adding, each._state.db = row.pk, False, database.alias


def _insert_in_turn(cursor: CursorWrapper, row: models.Model, beside: Iterable[models.Model]) -> None:
    sql, columns = _insertion(type(row))
    cursor.execute(sql, _kept(vars(row), columns))
    row.pk = cursor.lastrowid
    for each in beside:
        each.pk = row.pk
        sql, columns = _insertion(type(each))
        cursor.execute(sql, _kept(vars(each), columns))


def update(pk: int, change: Change, *beside: Change, only: Condition = ALWAYS) -> bool:
    """Set columns of one row, where it is still as `only` says, and then of those beside it; whether it was."""
    database = _database()
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            changes = (change, *beside)
            sql, columns = _update_at_once(tuple(each.form for each in changes), only.sql)
            values, *others = map(_kept, (each.values for each in changes), columns)
            cursor.execute(sql, [*values, pk, *only.values, *chain(*others)])
            return bool(cursor.rowcount)
        is_first = _update_one(cursor, pk, change, only)
        for each in beside if is_first else ():
            _update_one(cursor, pk, each, ALWAYS)
        return is_first


def _update_one(cursor: CursorWrapper, pk: int, change: Change, only: Condition) -> bool:
    sql, columns = _update(*change.form)
    cursor.execute(f"{sql} AND {only.sql}", [*_kept(change.values, columns), pk, *only.values])
    return bool(cursor.rowcount)


@cache
def _selection(model: type[models.Model], vendor: str) -> tuple[str, list[str], tuple[Conversion, ...]]:
    fields, table = model._meta.concrete_fields, model._meta.db_table
    return (
        _SELECT.format(table=table, columns=_listed(fields)),
        [field.attname for field in fields],
        conversions(field.get_col(table) for field in fields),
    )


@cache
def _insertion(model: type[models.Model]) -> tuple[str, list[_Column]]:
    """Of a row by itself; an ID that the database gives is left out."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    return _formatted(_INSERT, model, fields), list(map(_column, fields))


@cache
def _insertion_at_once(kinds: tuple[type[models.Model], ...]) -> tuple[str, list[list[_Column]]]:
    fields = [[field for field in kind._meta.concrete_fields if not field.primary_key] for kind in kinds]
    forms = (_INSERT, *repeat(_INSERT_BESIDE, len(kinds) - 1))
    return _at_once(kinds[0], map(_formatted, forms, kinds, fields)), [list(map(_column, each)) for each in fields]


@cache
def _update(model: type[models.Model], names: tuple[str, ...], grows: bool) -> tuple[str, list[_Column]]:
    fields = _named(model, names)
    return _formatted(_UPDATE, model, fields, grows=grows), list(map(_column, fields))


@cache
def _update_at_once(forms: tuple[_Form, ...], condition: str) -> tuple[str, list[list[_Column]]]:
    first, _columns = _update(*forms[0])
    beside = [_formatted(_UPDATE_BESIDE, model, _named(model, names), grows=grows) for model, names, grows in forms[1:]]
    return _at_once(forms[0][0], [f"{first} AND {condition}", *beside]), [_update(*form)[1] for form in forms]


def _at_once(model: type[models.Model], statements: Iterable[str]) -> str:
    """The first writes a row, and the others what stands beside it: nothing, where it wrote none."""
    first, *others = statements
    beside = "".join(f", beside_{number} AS ({other})" for number, other in enumerate(others))
    return _AT_ONCE.format(first=first, pk=model._meta.pk.column, beside=beside)


def _formatted(form: str, model: type[models.Model], fields: Sequence[_Field], *, grows: bool = False) -> str:
    change = '"{0}" = "{0}" || %s' if grows else '"{0}" = %s'
    return form.format(
        table=model._meta.db_table,
        pk=model._meta.pk.column,
        columns=_listed(fields),
        places=", ".join("%s" for _field in fields),
        changes=", ".join(change.format(field.column) for field in fields),
    )


def _listed(fields: Sequence[_Field]) -> str:
    return ", ".join(f'"{field.column}"' for field in fields)


def _named(model: type[models.Model], names: tuple[str, ...]) -> list[_Field]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _column(field: _Field) -> _Column:
    kept: Any = field
    while isinstance(kept, models.ForeignKey):
        kept = kept.target_field
    plain = next((plain for kind, plain in _PLAIN if isinstance(kept, kind)), type(None))
    return _Column(field.attname, plain, field.get_db_prep_save)


def _kept(values: Mapping[str, Any], columns: list[_Column]) -> list[Any]:
    """The values of these columns as the database takes them."""
    database, found = _database(), []
    for name, plain, prepare in columns:
        value = values[name]
        found.append(value if value is None or type(value) is plain else prepare(value, database))
    return found
