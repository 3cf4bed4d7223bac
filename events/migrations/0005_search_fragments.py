"""The search finds pieces of text: a second index, codes for the filters, shorter hashes.

What stood in the old documents is carried over. The pieces between their words are not known any more.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from events.models.search import facets
from events.models.search.document import END

_TRIGGER = """CREATE TRIGGER events_{table}_{name} AFTER {event} ON events_searchdocument {when} BEGIN
    {statements}
END"""
_FORGET = """INSERT INTO events_{table}(events_{table}, rowid, facets, {column})
    VALUES ('delete', old.delivery_id, old.facets, old.{column});"""
_LEARN = "INSERT INTO events_{table}(rowid, facets, {column}) VALUES (new.delivery_id, new.facets, new.{column});"
# What was only added to needs no forgetting: FTS5 takes more of a row that it knows. Two letters more, for the
# trigrams over the seam.
_GROW = """INSERT INTO events_{table}(rowid, facets, {column}) VALUES (new.delivery_id,
    substr(new.facets, max(1, length(old.facets) - 1)), substr(new.{column}, max(1, length(old.{column}) - 1)));"""
_CHANGED = "(old.facets IS NOT new.facets OR old.{column} IS NOT new.{column})"
_GREW = """(substr(new.facets, 1, length(old.facets)) = old.facets
    AND substr(new.{column}, 1, length(old.{column})) = old.{column})"""


def _triggers(table: str, column: str) -> list[str]:
    def trigger(name: str, event: str, when: str, *statements: str) -> str:
        text = _TRIGGER.replace("{statements}", "\n    ".join(statements)).replace("{when}", when)
        return text.format(name=name, event=event, table=table, column=column)

    forget, learn, grow, changed, grew = (
        text.format(table=table, column=column) for text in (_FORGET, _LEARN, _GROW, _CHANGED, _GREW)
    )
    update = f"UPDATE OF facets, {column}"
    return [
        trigger("insert", "INSERT", "", learn),
        trigger("delete", "DELETE", "", forget),
        trigger("grow", update, f"WHEN {changed} AND {grew}", grow),
        trigger("update", update, f"WHEN {changed} AND NOT {grew}", forget, learn),
    ]


SQLITE = (
    "DROP TABLE events_searchdocument",  # its triggers go with it
    "DROP TABLE events_words",
    """CREATE TABLE events_searchdocument (
        delivery_id integer NOT NULL PRIMARY KEY REFERENCES events_delivery (id) DEFERRABLE INITIALLY DEFERRED,
        facets text NOT NULL, words text NOT NULL, text text NOT NULL)""",
    """CREATE VIRTUAL TABLE events_words USING fts5(
        facets, words, content='events_searchdocument', content_rowid='delivery_id', detail=none, columnsize=0,
        tokenize="ascii tokenchars '$&^!=~%:_-@.+/'")""",
    """CREATE VIRTUAL TABLE events_fragments USING fts5(
        facets, text, content='events_searchdocument', content_rowid='delivery_id', detail=none, columnsize=0,
        tokenize='trigram')""",
    *_triggers("words", "words"),
    *_triggers("fragments", "text"),
)
POSTGRES = (
    "DROP VIEW events_words",
    "ALTER TABLE events_searchdocument DROP COLUMN vector",
    """ALTER TABLE events_searchdocument
        ADD COLUMN facets text NOT NULL DEFAULT '', ADD COLUMN text text NOT NULL DEFAULT ''""",
    """ALTER TABLE events_searchdocument ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words, ' '), ' '))) STORED""",
    "CREATE INDEX events_searchdocument_vector ON events_searchdocument USING gin (vector)",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX events_searchdocument_text ON events_searchdocument USING gin (text gin_trgm_ops)",
    """CREATE VIEW events_words AS
        SELECT delivery_id AS rowid, vector AS events_words FROM events_searchdocument""",
)


def carry_over(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT delivery_id, words FROM events_searchdocument")
        kept = cursor.fetchall()
        if connection.vendor == "postgresql":
            # Deferred checks of rows that are written here would stand in the way of altering their table.
            cursor.execute("DELETE FROM events_searchdocument")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in POSTGRES if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
        for delivery_id, words in kept:
            row = apps.get_model("events", "Delivery").objects.get(pk=delivery_id)
            cursor.execute(
                "INSERT INTO events_searchdocument (delivery_id, facets, words, text) VALUES (%s, %s, %s, %s)",
                [delivery_id, facets.facets(row), *_columns(words)],
            )


def _columns(words: str) -> tuple[str, str]:
    """Words and text of what stood between blanks; hashes were longer, and parts of words stood at the end."""
    tokens = words.split(" ")
    kept = [token[:13] for token in tokens if token.startswith(":")]
    kept += [token for token in tokens if token.startswith("e:")]
    clear, _, _parts = words.rpartition(" |")
    values = [token for token in clear.split(" ") if token and not _is_filter(token)]
    text = " ".join(END[1:] if token == "|" else token for token in values)
    return f" {' '.join(kept)} ", f" {text} {END[1:]} "


def _is_filter(token: str) -> bool:
    return token[0] == ":" or token.startswith(("e:", "z:", "s:", "o:", "c:", "ch:", "by:"))


class Migration(migrations.Migration):
    dependencies = [("events", "0004_export_acts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(carry_over)],
            state_operations=[
                migrations.AddField("searchdocument", "facets", models.TextField(default="")),
                migrations.AddField("searchdocument", "text", models.TextField(default="")),
                migrations.CreateModel(
                    name="Fragments",
                    fields=[
                        (
                            "delivery",
                            models.OneToOneField(
                                db_column="rowid",
                                on_delete=models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="fragments",
                                serialize=False,
                                to="events.delivery",
                            ),
                        ),
                        ("pieces", models.TextField(db_column="events_fragments")),
                    ],
                    options={"db_table": "events_fragments", "managed": False},
                ),
            ],
        )
    ]
