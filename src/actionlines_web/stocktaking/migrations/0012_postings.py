"""Postings in place of the counted cells of the matrix; those of the entries that stand are written here."""

from typing import Any

from django.db import migrations, models


def post(apps: Any, schema_editor: Any) -> None:
    from actionlines_web.stocktaking.postings.block import BLOCK
    from actionlines_web.stocktaking.postings.writing import read_block

    entry, link, block = (
        apps.get_model("stocktaking", name).objects for name in ("Entry", "EntryLink", "PostingBlock")
    )
    newest = entry.order_by("-pk").values_list("pk", flat=True).first()
    for number in range(newest // BLOCK + 1 if newest is not None else 0):
        content = read_block(number, entry.all(), link.all()).packed()
        block.create(number=number, version=number, content=content)


class Migration(migrations.Migration):
    dependencies = [("stocktaking", "0011_carried_decisions")]
    operations = [
        migrations.CreateModel(
            name="PostingBlock",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.RunPython(post, migrations.RunPython.noop),
        migrations.DeleteModel(name="MatrixCell"),
    ]
