"""From here on the database refuses to change or delete a record."""

from typing import Any

from django.db import migrations, models

from actionlines_web.audit.guards import lower_guards, raise_guards


def up(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    raise_guards(schema_editor.connection)


def down(apps: Any, schema_editor: Any) -> None:
    """Drop them."""
    lower_guards(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]
    operations = [
        migrations.AlterField("record", "sequence", models.PositiveBigIntegerField(unique=True)),
        migrations.RunPython(up, down),
    ]
