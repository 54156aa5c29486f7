from django.core.management import call_command
from django.db import migrations


def confirm_known_addresses(apps, schema_editor):
    # Until now accounts were made at the command line, by somebody who vouches for their addresses.
    User = apps.get_model('accounts', 'User')
    EmailAddress = apps.get_model('account', 'EmailAddress')
    known = EmailAddress.objects.values('user_id')
    for user in User.objects.exclude(pk__in=known).iterator():
        EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)


def make_cache_table(apps, schema_editor):
    # Where the counts of attempts are kept, for all workers together.
    call_command('createcachetable', database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_erased'),
        ('account', '0009_emailaddress_unique_primary_email'),
    ]

    operations = [
        migrations.RunPython(confirm_known_addresses, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
