"""What Django's own lookups cannot say of a search, each as its database says it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Func
from django.db.models.lookups import BuiltinLookup, FieldGetDbPrepValueMixin, Lookup
from django.db.models.sql.compiler import SQLCompiler


class Holds(Lookup):
    """`text__holds="ord-88"`: the piece stands somewhere in the text, letter case as it is."""

    lookup_name = "holds"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"instr({column}, %s) > 0", [*params, self.rhs]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        piece = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", [*params, f"%{piece}%"]


class Matches(Lookup):
    """`match=…` on a column of an index: an FTS5 expression on SQLite, a tsquery on PostgreSQL."""

    lookup_name = "match"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*params, self.rhs]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, self.rhs]


class Unindexed(Func):
    """The column's value, with its index out of the planner's sight: beside a text index it would only mislead."""

    template = "(+%(expressions)s)"
    arity = 1

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        sql, params = self.as_sql(compiler, connection, template="%(expressions)s")
        return sql, list(params)


class _Told(FieldGetDbPrepValueMixin, BuiltinLookup):
    """A time that bounds of the row's ID tell already, nearly: expected of every row, and with no use for an index.

    PostgreSQL's planner takes the two for independent. Of the rows of a week it would expect a tenth to be of that
    week, and read and sort them all where a walk ends after the first page.
    """

    operator: str

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        return f"{self.operator} {rhs}"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        sql, params = self.as_sql(compiler, connection)
        return f"CASE WHEN {sql} THEN 1 ELSE 0 END <> 0", list(params)


class ToldSince(_Told):
    """`told_gte`: as `gte`."""

    lookup_name, operator = "told_gte", ">="


class ToldBefore(_Told):
    """`told_lt`: as `lt`."""

    lookup_name, operator = "told_lt", "<"


models.TextField.register_lookup(Holds)
models.DateTimeField.register_lookup(ToldSince)
models.DateTimeField.register_lookup(ToldBefore)
