"""The index as Django sees it: a table of one column beside the deliveries, and the lookup that asks it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from events.models.delivery import Delivery
from events.models.search import postgres, sqlite


class Words(models.Model):
    """A row of the index. Made by migration 0002: a virtual table on SQLite, a view on PostgreSQL.

    A model of its own, so that a search joins it and follows its order: `id__in` would read every match first.
    """

    delivery = models.OneToOneField(
        Delivery, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="words"
    )
    # FTS5 calls the whole of a row by the name of its table.
    words = models.TextField(db_column="events_words")

    class Meta:
        managed = False
        db_table = "events_words"

    def __str__(self) -> str:
        return f"index of {self.delivery_id}"


class Matches(Lookup):
    """`words__words__match=Search(…)`."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*params, sqlite.compiled(self.rhs)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, postgres.compiled(self.rhs)]


Words._meta.get_field("words").register_lookup(Matches)
