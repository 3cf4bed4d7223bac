from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Triggers keep index and documents one whatever writes, deletes or cascades. A later migration that alters the table
# of documents must make them again: SQLite alters a table by copying it, which drops its triggers.
FORWARDS = {
    "sqlite": (
        """CREATE VIRTUAL TABLE events_words USING fts5(
            words, content='events_searchdocument', content_rowid='delivery_id', detail=none, columnsize=0,
            tokenize="ascii tokenchars '-_@.+/:'")""",
        """CREATE TRIGGER events_words_insert AFTER INSERT ON events_searchdocument BEGIN
            INSERT INTO events_words(rowid, words) VALUES (new.delivery_id, new.words);
        END""",
        """CREATE TRIGGER events_words_delete AFTER DELETE ON events_searchdocument BEGIN
            INSERT INTO events_words(events_words, rowid, words) VALUES ('delete', old.delivery_id, old.words);
        END""",
        """CREATE TRIGGER events_words_update AFTER UPDATE OF words ON events_searchdocument
        WHEN old.words IS NOT new.words BEGIN
            INSERT INTO events_words(events_words, rowid, words) VALUES ('delete', old.delivery_id, old.words);
            INSERT INTO events_words(rowid, words) VALUES (new.delivery_id, new.words);
        END""",
    ),
    "postgresql": (
        """ALTER TABLE events_searchdocument ADD COLUMN vector tsvector
            GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words, ' '), ' '))) STORED""",
        "CREATE INDEX events_searchdocument_vector ON events_searchdocument USING gin (vector)",
        """CREATE VIEW events_words AS
            SELECT delivery_id AS rowid, vector AS events_words FROM events_searchdocument""",
    ),
}
BACKWARDS = {
    "sqlite": (
        "DROP TRIGGER events_words_insert",
        "DROP TRIGGER events_words_delete",
        "DROP TRIGGER events_words_update",
        "DROP TABLE events_words",
    ),
    "postgresql": ("DROP VIEW events_words", "ALTER TABLE events_searchdocument DROP COLUMN vector"),
}


def make_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="events.delivery",
                    ),
                ),
                ("words", models.TextField()),
            ],
            options={"db_table": "events_searchdocument"},
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="events.delivery",
                    ),
                ),
                ("words", models.TextField(db_column="events_words")),
            ],
            options={"db_table": "events_words", "managed": False},
        ),
        migrations.RunPython(make_index, drop_index),
    ]
