"""Files of entries that workers made: whose they are, where they lie, how long they stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone

from actionlines_web.accounts.models import User
from actionlines_web.jobs.queries import Status, status_of
from actionlines_web.stocktaking.exports import FORMATS
from actionlines_web.stocktaking.models import ExportFile
from actionlines_web.stocktaking.queries.filters import EntryQuery


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as its owner sees it.

    Attributes:
        name: under which it is downloaded.
        query: the filter its entries passed.
        job: where its making stands; None once it is there.
        until: when it is removed.
    """

    export: ExportFile
    name: str
    query: EntryQuery
    job: Status | None
    until: datetime


def files_of(user: User) -> list[ListedFile]:
    """The person's files, the newest first."""
    return [listed(export) for export in ExportFile.objects.filter(owner=user).order_by("-pk")]


def listed(export: ExportFile) -> ListedFile:
    """One file with where it stands."""
    return ListedFile(
        export,
        file_name(export),
        EntryQuery.from_params(export.params),
        status_of(export) if export.made_at is None else None,
        export.ordered_at + timedelta(days=settings.EXPORT_DAYS),
    )


def export_by_key(user: User, key: str) -> ExportFile | None:
    """The person's file with this key; another's is not there."""
    return ExportFile.objects.filter(key=key, owner=user).first()


def file_name(export: ExportFile) -> str:
    """The name it is downloaded under: 'entries-2026-03-01.csv'."""
    return f"entries-{export.ordered_at:%Y-%m-%d}.{FORMATS[export.form].ending or export.form}"


def objects() -> Storage | None:
    """The storage the files lie in, where that is a bucket and not a folder of this machine."""
    found = storages["exports"]
    return None if isinstance(found, FileSystemStorage) else found


def object_name(export: ExportFile) -> str:
    """Its name in the bucket."""
    return f"{export.key}.{export.form}"


def path_of(export: ExportFile) -> Path:
    """Where it lies once it is whole; where files lie in a bucket, where it is made."""
    return Path(settings.EXPORTS_DIR) / object_name(export)


def opened(export: ExportFile) -> IO[bytes]:
    """The whole file.

    Raises:
        FileNotFoundError: it is not there.
    """
    found = objects()
    return path_of(export).open("rb") if found is None else found.open(object_name(export), "rb")  # type: ignore[return-value] - a file of Django's reads as one


def remove_file(name: str) -> None:
    """Remove a file by its name in folder or bucket; one that is gone is no fault."""
    found = objects()
    if found is None:
        (Path(settings.EXPORTS_DIR) / name).unlink(missing_ok=True)
    else:
        found.delete(name)


def stale_before() -> datetime:
    """Files ordered before this moment are removed."""
    return timezone.now() - timedelta(days=settings.EXPORT_DAYS)
