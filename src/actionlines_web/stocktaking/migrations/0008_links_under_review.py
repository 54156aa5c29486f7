import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def make_room_between(apps, schema_editor):
    """Links found in the text move from tier 2 to 3: 2 is for those a reviewer has accepted."""
    for name in ("EntryLink", "MatrixCell"):
        apps.get_model("stocktaking", name).objects.filter(tier=2).update(tier=3)


class Migration(migrations.Migration):

    dependencies = [
        ('stocktaking', '0007_moderation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.CharField(max_length=16)),
                ('node', models.CharField(max_length=16)),
                ('accepted', models.BooleanField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('basis', models.CharField(max_length=16)),
                ('source', models.CharField(blank=True, max_length=16)),
                ('probability', models.FloatField()),
                ('evidence', models.JSONField(default=list)),
                ('edition', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('text', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='entrylink',
            name='edition',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AlterField(
            model_name='entrylink',
            name='tier',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Declared by the owner'), (2, 'Declared, or accepted by a reviewer'), (3, 'Declared, accepted or found in the text')]),
        ),
        migrations.AlterField(
            model_name='matrixcell',
            name='tier',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Declared by the owner'), (2, 'Declared, or accepted by a reviewer'), (3, 'Declared, accepted or found in the text')]),
        ),
        migrations.AddIndex(
            model_name='entrylink',
            index=models.Index(condition=models.Q(('tier', 3)), fields=['probability', 'entry'], name='link_by_doubt'),
        ),
        migrations.AddField(
            model_name='linkdecision',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='link_decisions', to='stocktaking.entry'),
        ),
        migrations.AddField(
            model_name='linkdecision',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linkdecision',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stocktaking.reviewedtext'),
        ),
        migrations.AddIndex(
            model_name='linkdecision',
            index=models.Index(fields=['entry', 'framework', 'node', 'id'], name='decision_by_link'),
        ),
        # The last operation: what precedes alters the same tables, which PostgreSQL refuses after a change of rows.
        migrations.RunPython(make_room_between),
    ]
