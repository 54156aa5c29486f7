"""Backup and restore of the whole site."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from actionlines_web.audit.actions import write_record
from actionlines_web.operations import archive, databases, files
from actionlines_web.operations.models import Restoration

# Encryption needs the plain file and the locked one beside each other for a while.
_SPARE = 64 * 1024 * 1024


def write_backup(
    folder: Path,
    *,
    encrypt_to: Sequence[str] = (),
    keep: int | None = None,
    told: Callable[[str], None] = print,
) -> Path:
    """Write a backup of the site as it is now into a new folder below `folder`; returns it.

    Args:
        folder: where backups lie; made if it is not there.
        encrypt_to: public age keys; with any, everything but the manifest is encrypted.
        keep: how many backups stay; older ones are removed once the new one is complete.
        told: receives what is being done.

    Raises:
        CommandError: no room, no pg_dump, a wrong key: nothing is left behind.
    """
    recipients = archive.recipients_of(encrypt_to)
    moment = datetime.now(tz=UTC).replace(microsecond=0)
    _find_room(folder, (2 if recipients else 1) * (databases.size_of(connection) + files.size_of_files()))
    with archive.new_backup(folder, moment) as partial:
        told("Writing the database …")
        database = partial / databases.NAMES[connection.vendor]
        tables = databases.dump_database(connection, database)
        told("Writing the files …")
        packed = partial / files.NAME
        number = files.pack_files(packed)
        told("Encrypting and measuring …" if recipients else "Measuring …")
        members = dict(archive.finish_member(path, recipients) for path in (database, packed))
        manifest = archive.Manifest(
            moment.isoformat(), version("actionlines"), connection.vendor, tables, number, members
        )
        archive.write_manifest(partial, manifest)
        final = partial.with_name(partial.name.removesuffix(archive.PARTIAL))
    if keep is not None:
        for old in archive.backups(folder)[: -max(1, keep)]:
            shutil.rmtree(old)
            told(f"Removed {old.name}.")
    return final


def restore_backup(
    actor: Any,
    folder: Path,
    *,
    identity: Path | None = None,
    replace: bool = False,
    told: Callable[[str], None] = print,
) -> Restoration:
    """Put a backup in place of the site's database and files.

    Everything is checked and decrypted first; the database changes in one transaction, then newer migrations are
    applied; files that stood there are moved aside, not deleted.

    Raises:
        CommandError: the backup is damaged, of the other kind of database, or the site holds something and `replace`
            is not given: nothing was changed then.
    """
    manifest = archive.read_manifest(folder)
    if manifest.vendor != connection.vendor:
        raise CommandError(f"{folder} is of a {manifest.vendor} database, this site has {connection.vendor}")
    if not replace and not databases.is_empty(connection):
        raise CommandError("this site holds accounts or entries: --replace puts the backup in their place")
    archive.check_members(folder, manifest, told)
    identities = archive.identities_of(identity) if identity else []
    with TemporaryDirectory(prefix="actionlines-restore-") as scratch:
        plain = Path(scratch)
        database = archive.opened(folder, databases.NAMES[manifest.vendor], manifest, identities, plain)
        packed = archive.opened(folder, files.NAME, manifest, identities, plain)
        told("Putting the database in place …")
        found = databases.load_database(connection, database)
        if found != manifest.tables:
            names = sorted(
                name
                for name in found.keys() | manifest.tables.keys()
                if found.get(name) != manifest.tables.get(name)
            )
            raise CommandError(f"the restored database differs from the manifest in: {', '.join(names)}")
        told("Putting the files in place …")
        number, moved = files.unpack_files(packed, datetime.now(tz=UTC))
    for path in moved:
        told(f"What stood there before is in {path}.")
    if number != manifest.files:
        raise CommandError(f"the archive of files held {number}, the manifest says {manifest.files}")
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        row = Restoration.objects.create(backup_made_at=manifest.moment, backup_version=manifest.version)
        write_record(actor, "restore site", row, {"made": manifest.made_at})
    return row


def _find_room(folder: Path, needed: int) -> None:
    place = next(parent for parent in (folder, *folder.resolve().parents) if parent.exists())
    free = shutil.disk_usage(place).free
    if free < needed + _SPARE:
        raise CommandError(
            f"{place} has {free // 2**20} MB free, the backup may take {(needed + _SPARE) // 2**20} MB: nothing was written"
        )
