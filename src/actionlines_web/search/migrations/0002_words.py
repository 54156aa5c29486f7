"""The words of titles with their trigrams, to tell what a misspelt word may have been."""

from typing import Any

from django.db import migrations

WORDS = "CREATE TABLE search_word (word varchar(40) PRIMARY KEY, shown varchar(80) NOT NULL){}"
TRIGRAMS = (
    "CREATE TABLE search_trigram (trigram varchar(3), length smallint, word varchar(40),"
    " PRIMARY KEY (trigram, length, word)){}"
)


def create(apps: Any, schema_editor: Any) -> None:
    end = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    schema_editor.execute(WORDS.format(end))
    schema_editor.execute(TRIGRAMS.format(end))


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE search_trigram")
    schema_editor.execute("DROP TABLE search_word")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]
    operations = [migrations.RunPython(create, drop)]
