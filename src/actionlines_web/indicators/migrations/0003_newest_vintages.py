"""What was stored before there were vintages: each value becomes its own first vintage.

Where a value stood there from two sources, the one stored last counts; the others keep their place before it.
"""

from collections import Counter
from datetime import timedelta

from django.db import migrations, models


def order_vintages(apps, schema_editor):
    Observation = apps.get_model("indicators", "Observation")
    later = Counter()
    columns = ("pk", "series", "economy", "period", "breakdown", "demonstration", "vintage")
    for key, *cell, vintage in Observation.objects.order_by("-pk").values_list(*columns):
        place = tuple(cell)
        if later[place]:
            day = vintage - timedelta(days=later[place])
            Observation.objects.filter(pk=key).update(vintage=day, newest=False)
        later[place] += 1


def fill_coverage(apps, schema_editor):
    Observation, Coverage = (apps.get_model("indicators", name) for name in ("Observation", "Coverage"))
    known = Observation.objects.filter(newest=True)
    latest = {}
    for series, economy, period, key in known.filter(breakdown="").values_list("series", "economy", "period", "pk"):
        latest[series, economy] = max(latest.get((series, economy), ("", 0)), (period, key))
    rows = known.values("series", "economy").annotate(
        first=models.Min("period"), last=models.Max("period"), values=models.Count("pk")
    )
    Coverage.objects.bulk_create(
        Coverage(latest_id=latest.get((row["series"], row["economy"]), ("", None))[1], **row) for row in rows
    )


class Migration(migrations.Migration):

    dependencies = [("indicators", "0002_vintages")]

    operations = [
        migrations.RunPython(order_vintages, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(condition=models.Q(('newest', True)), fields=['series', 'breakdown', 'economy', 'period'], name='observation_of_series'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(condition=models.Q(('newest', True)), fields=['economy', 'breakdown', 'series', 'period'], name='observation_of_economy'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(fields=('series', 'economy', 'period', 'breakdown', 'vintage', 'demonstration'), name='observation_once'),
        ),
        migrations.RunPython(fill_coverage, migrations.RunPython.noop),
    ]
