"""PostgreSQL: know more words by their number.

Of a word that its statistics do not list, the planner takes half the rarest one's share. With the usual hundred words a
buyer's hash, which stands in one document or none, counts as one in two hundred: whole tables were read for it.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _know(words: int, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE events_searchdocument ALTER COLUMN vector SET STATISTICS {words}", None)
        schema_editor.execute("ANALYZE events_searchdocument (vector)", None)


def know_more(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _know(1000, schema_editor)


def know_the_usual(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _know(-1, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("events", "0010_fewer_indexes")]

    operations = [migrations.RunPython(know_more, know_the_usual)]
