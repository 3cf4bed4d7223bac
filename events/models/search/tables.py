"""The indexes as Django sees them: tables of one column beside the deliveries, made by migrations.

Models of their own, so that a search joins one and follows its order: `id__in` would read every match first.
"""

from __future__ import annotations

from django.db import models

from events.models.delivery import Delivery
from events.models.search.lookups import Matches


class Words(models.Model):
    """Facets and words of a document, whole: a virtual table on SQLite, a view on PostgreSQL."""

    delivery = models.OneToOneField(
        Delivery, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="words"
    )
    # FTS5 calls the whole of a row by the name of its table.
    words = models.TextField(db_column="events_words")

    class Meta:
        managed = False
        db_table = "events_words"

    def __str__(self) -> str:
        return f"words of {self.delivery_id}"


class Fragments(models.Model):
    """Facets and text in pieces of three letters, on SQLite only: PostgreSQL hangs an index on the document."""

    delivery = models.OneToOneField(
        Delivery, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="fragments"
    )
    pieces = models.TextField(db_column="events_fragments")

    class Meta:
        managed = False
        db_table = "events_fragments"

    def __str__(self) -> str:
        return f"fragments of {self.delivery_id}"


Words._meta.get_field("words").register_lookup(Matches)
Fragments._meta.get_field("pieces").register_lookup(Matches)
