"""The full-text index: an FTS5 table on SQLite, a tsvector table on PostgreSQL."""

from typing import Any

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE search_entry USING fts5(title, body, tokenize=\"unicode61 remove_diacritics 0\")"
POSTGRESQL = """
CREATE TABLE search_entry (id bigint PRIMARY KEY, terms tsvector NOT NULL);
CREATE INDEX search_entry_terms ON search_entry USING gin (terms);
"""


def create(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE search_entry")


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(create, drop)]
