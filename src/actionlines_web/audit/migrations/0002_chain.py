"""Records join a chain of hashes; what stands already is chained in its order."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from actionlines_web.audit.chain import GENESIS, Content, digest


def chain(apps: Any, schema_editor: Any) -> None:
    """Number and hash the records that stand."""
    record_model, head_model = apps.get_model("audit", "Record"), apps.get_model("audit", "Head")
    previous, sequence = GENESIS, 0
    for record in record_model.objects.order_by("pk").iterator(chunk_size=1_000):
        sequence += 1
        # Users stand by number; their names are looked up where they are shown.
        label = "" if record.actor_id is not None else record.actor_label
        content = Content(
            *(sequence, record.at, record.actor_id, label, record.verb),
            *(record.object_type, record.object_id, record.detail, ""),
        )
        hashed = digest(previous, content)
        record_model.objects.filter(pk=record.pk).update(
            sequence=sequence, actor_label=label, previous_hash=previous, hash=hashed
        )
        previous = hashed
    head_model.objects.create(pk=1, sequence=sequence, hash=previous)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default=GENESIS, max_length=64)),
            ],
        ),
        migrations.AlterField("record", "at", models.DateTimeField(db_index=True)),
        migrations.AlterField(
            "record",
            "actor",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField("record", "actor_label", models.CharField(blank=True, max_length=254)),
        migrations.AddField("record", "sequence", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("record", "request_id", models.CharField(blank=True, default="", max_length=32), False),
        migrations.AddField("record", "previous_hash", models.CharField(default="", max_length=64), False),
        migrations.AddField("record", "hash", models.CharField(default="", max_length=64), False),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
