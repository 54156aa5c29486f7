"""The database refuses to change or delete a line of the ballot log."""

from typing import Any

from django.db import migrations

from actionlines_web.prizes.guards import lower_guards, raise_guards


def guard(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    raise_guards(schema_editor.connection)


def unguard(apps: Any, schema_editor: Any) -> None:
    """Drop them."""
    lower_guards(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers over prizes_ballotline."""

    dependencies = [("prizes", "0001_editions")]
    operations = [migrations.RunPython(guard, unguard)]
