"""Files of entries that a worker makes: whole or not there, for their owner alone, for some days."""

import os
import secrets
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django_tasks import task

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.jobs.actions import enqueue
from actionlines_web.jobs.queries import status_of
from actionlines_web.jobs.running import report
from actionlines_web.outbox.actions import queue_message
from actionlines_web.stocktaking.exports import FORMATS, Chunks
from actionlines_web.stocktaking.exports.kept import (
    file_name,
    object_name,
    objects,
    path_of,
    remove_file,
    stale_before,
)
from actionlines_web.stocktaking.models import Entry, ExportFile
from actionlines_web.stocktaking.queries import EntryQuery, Words
from actionlines_web.stocktaking.rules import may_submit

# How many files somebody may have at once, those being made among them.
MOST: Final = 10
# What a killed worker left half made is removed after so long; no file takes a day.
PART_SECONDS: Final = 86_400


def order_problems(query: EntryQuery, form: str) -> list[Problem]:
    """What keeps this filter's entries out of a file of the format: too many of them."""
    most = FORMATS[form].most
    if most is None or query.apply(Entry.objects.all()).order_by()[: most + 1].count() <= most:
        return []
    return [
        Problem(
            marked("More entries pass this filter than a file of this format can hold (%(most)s)."),
            {"most": most},
            expected=marked("a narrower filter, or the csv file, which has no limit."),
        )
    ]


@transaction.atomic
def order_export(actor: Actor, form: str, query: EntryQuery) -> ExportFile:
    """Have a worker make a file of every entry that passes; whoever asks again for what is being made gets that.

    One whose making failed is tried again.

    Raises:
        PermissionDenied: nobody is signed in.
        KeyError: no such format.
        InputError: more entries than the format holds, or more files than one may have.
    """
    if isinstance(actor, System) or not may_submit(actor):
        raise PermissionDenied("files are made for people who have signed in")
    problems = [*query.problems, *order_problems(query, form)]
    if problems:
        raise InputError(problems)
    # Whoever asks twice at the same moment waits here.
    User.objects.select_for_update().get(pk=actor.pk)
    language, params = get_language() or "en", query.params()
    mine = list(ExportFile.objects.filter(owner=actor))
    for known in mine:
        if known.made_at is None and (known.form, known.params, known.language) == (form, params, language):
            return _ordered_again(actor, known)
    if len(mine) >= MOST:
        raise InputError(
            [
                Problem(
                    marked("You have %(most)d files already."),
                    {"most": MOST},
                    expected=marked("that you delete one of them first."),
                )
            ]
        )
    made = ExportFile.objects.create(
        key=secrets.token_urlsafe(24), owner=actor, form=form, params=params, language=language
    )
    _enqueue(actor, made)
    return made


def _ordered_again(actor: User, export: ExportFile) -> ExportFile:
    job = status_of(export)
    if job is None or not job.unfinished:
        _enqueue(actor, export)
    return export


def _enqueue(actor: User, export: ExportFile) -> None:
    enqueue(actor, make_export, export, export_id=export.pk)
    write_record(actor, "order file", export, {"kind": export.form})


@task()
def make_export(export_id: int) -> None:
    """The job that `order_export` queues; run again after its work is done, it does nothing.

    The file is written under a name of this attempt alone and takes its own name only when it is whole and on the disk.
    """
    export = ExportFile.objects.filter(pk=export_id, made_at=None).select_related("owner").first()
    if export is None:
        return
    part = path_of(export).with_suffix(f".{secrets.token_hex(4)}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        with override(export.language):
            written = _write(export, part)
            bucket = objects()
            if bucket is not None:
                # Under its own name: the key is random, and until the row says so nobody asks for it.
                with part.open("rb") as file:
                    bucket.save(object_name(export), File(file))
            _publish(export, part, written)
    finally:
        part.unlink(missing_ok=True)


def _write(export: ExportFile, part: Path) -> int:
    """Write the file; returns how many entries stand in it. Memory does not grow with them."""
    query, form = EntryQuery.from_params(export.params), FORMATS[export.form]
    if query.problems:  # the filter was fine when it was ordered; the software has changed since
        raise InputError(query.problems)
    total = query.apply(Entry.objects.all()).order_by().count()
    written = 0

    def counted(chunks: Chunks) -> Chunks:
        nonlocal written
        for chunk in chunks:
            report("writing", written, max(total, written))
            yield chunk
            written += len(chunk)

    content: Iterator[bytes] = form.parts(counted(form.read(query)), Words.of_reader(settings.SITE_ADDRESS))
    with part.open("xb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
    report("writing", written, written)
    return written


@transaction.atomic
def _publish(export: ExportFile, part: Path, written: int) -> None:
    """Give the whole file its name and tell its owner; one that was given up or made meanwhile stays so."""
    locked = ExportFile.objects.select_for_update(of=("self",)).filter(pk=export.pk, made_at=None).first()
    if locked is None:
        return
    locked.made_at, locked.entries, locked.size = timezone.now(), written, part.stat().st_size
    locked.save(update_fields=["made_at", "entries", "size"])
    values = {
        "file": file_name(locked),
        "entries": str(written),
        "days": str(settings.EXPORT_DAYS),
        "address": settings.SITE_ADDRESS + reverse("stocktaking:export-files"),
    }
    queue_message(System("worker"), export.owner, "export-finished", values)
    write_record(System("worker"), "make file", locked, {"entries": written})
    # Last, and before the row says so to anybody: if the commit fails, the next attempt puts its file in this place.
    if objects() is None:
        part.replace(path_of(locked))


@transaction.atomic
def delete_export(actor: User, key: str) -> None:
    """Delete a file, or give up one that is being made.

    Raises:
        ExportFile.DoesNotExist: no such file of the actor's.
    """
    found = ExportFile.objects.select_for_update().get(key=key, owner=actor)
    _remove(found)
    write_record(actor, "delete", found, {"kind": found.form})


def erase_exports(user: User) -> int:
    """In the caller's transaction: delete every file of a person; returns how many."""
    mine = list(ExportFile.objects.select_for_update().filter(owner=user))
    for export in mine:
        _remove(export)
    return len(mine)


def remove_old_exports() -> int:
    """Delete the files whose days are over, and what killed workers left half made; returns how many files went."""
    with transaction.atomic():
        old = ExportFile.objects.select_for_update(skip_locked=True).filter(ordered_at__lt=stale_before())
        gone = [export for export in old if (job := status_of(export)) is None or not job.unfinished]
        for export in gone:
            _remove(export)
            write_record(System("worker"), "delete", export, {"kind": export.form})
    _sweep()
    return len(gone)


def _remove(export: ExportFile) -> None:
    """Delete the row in the caller's transaction, and the file once that stands."""
    name, number = object_name(export), export.pk
    export.delete()
    export.pk = number  # for the record of who did so
    transaction.on_commit(lambda: remove_file(name))


def _sweep() -> None:
    """Remove parts that nobody writes any more, and files without a row (their deletion was cut short)."""
    known = {object_name(export) for export in ExportFile.objects.only("key", "form")}
    bucket = objects()
    if bucket is not None:
        before = timezone.now() - timedelta(seconds=PART_SECONDS)
        for name in bucket.listdir("")[1]:
            if name not in known and bucket.get_modified_time(name) < before:
                bucket.delete(name)
    folder = Path(settings.EXPORTS_DIR)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name not in known and time.time() - path.stat().st_mtime > PART_SECONDS:
            path.unlink(missing_ok=True)
