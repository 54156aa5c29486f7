"""The row '*' of the matrix stands once: the plan's rows no longer keep their own, which held fewer entries."""

from typing import Any

from django.db import migrations


def drop_margins(apps: Any, schema_editor: Any) -> None:
    cells = apps.get_model("stocktaking", "MatrixCell").objects
    cells.filter(rows="itu-d-2020", row="*").delete()


class Migration(migrations.Migration):
    dependencies = [("stocktaking", "0008_links_under_review")]
    operations = [migrations.RunPython(drop_margins, migrations.RunPython.noop)]
