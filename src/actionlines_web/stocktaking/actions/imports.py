"""Staged import: upload → dry run → apply or discard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Manager, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, override
from django_tasks import task

from actionlines.formats.entry_files import read_entry_file
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.stocktaking import Translation
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_id
from actionlines_web.audit.actions import write_record
from actionlines_web.jobs.actions import enqueue
from actionlines_web.jobs.queries import status_of
from actionlines_web.jobs.running import report
from actionlines_web.outbox.actions import queue_message
from actionlines_web.stocktaking.actions.entries import (
    Stored,
    align_entries,
    archived_problems,
    may_import,
    plan_entries,
    store_entries,
)
from actionlines_web.stocktaking.models import ImportBatch
from actionlines_web.ui.problems import shown

# Problems kept with a batch; a file with more is told so and mended from the top.
PROBLEMS_KEPT = 1_000
# Told the phase, and how many entries of how many are done.
Report = Callable[[str, int, int], None]


def unreported(phase: str, done: int, total: int) -> None:
    """Tells nobody."""


def stage_import(actor: User, data: bytes, name: str) -> ImportBatch:
    """Read a file and keep its entries and problems for a decision; the register does not change.

    Raises:
        InputError: the file as a whole cannot be read (nothing is kept then).
        PermissionDenied: the actor may not import.
    """
    may_import(actor)
    found = read_entry_file(data, name)
    entries = list(found.entries)
    if "title" not in found.columns:
        # The library also reads tables of mere texts; the register wants named entries.
        raise InputError(
            [Problem(marked("the column “%(field)s” is missing."), {"field": "title"}, name, 1, "title")]
        )
    if not entries and found.problems and all(problem.row is None for problem in found.problems):
        raise InputError(found.problems)
    archived = archived_problems(entries, name)
    stopped = {problem.values["id"] for problem in archived}
    entries = [entry for entry in entries if entry.id not in stopped]
    problems = [*found.problems, *archived]
    plan = plan_entries(entries)
    refused = {problem.row for problem in problems if problem.severity == "error" and problem.row is not None}
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            file_name=name[:255],
            uploaded_by=actor,
            rows=[_without_empty(entry) for entry in entries],
            problems=[shown(problem) for problem in problems[:PROBLEMS_KEPT]],
            counts={**_plan_counts(plan), "refused": len(refused), "problems": len(problems)},
        )
        write_record(actor, "stage", batch, {"file": name, **batch.counts})
    return batch


def apply_import(actor: User, batch_id: int, report: Report = unreported) -> Stored:
    """Store a staged batch's entries; a batch already applied or discarded stays as it is (ValueError).

    All is stored in one transaction; the texts are read before it begins. `report` is told how far it is.
    """
    may_import(actor)
    entries = entries_of(_undecided(ImportBatch.objects, batch_id))
    links = align_entries(entries, partial(report, "aligning"))
    with transaction.atomic():
        batch = _undecided(ImportBatch.objects.select_for_update(), batch_id)
        stored = store_entries(actor, entries, links=links, progress=partial(report, "storing"))
        ordered = batch.state == ImportBatch.State.ORDERED
        batch.state = ImportBatch.State.APPLIED
        batch.counts = {**batch.counts, **_plan_counts(stored)}
        batch.save(update_fields=["state", "counts"])
        if ordered:
            _tell(actor, batch, stored)
        write_record(
            actor, "apply", batch, {"created": list(stored.created), "changed": list(stored.changed)}
        )
    return stored


@transaction.atomic
def order_import(actor: User, batch_id: int) -> None:
    """Have a worker apply a staged batch; one already decided stays as it is (ValueError)."""
    may_import(actor)
    batch = _decidable(batch_id)
    batch.state = ImportBatch.State.ORDERED
    batch.save(update_fields=["state"])
    enqueue(actor, apply_ordered, batch, user_id=actor.pk, batch_id=batch.pk, language=get_language() or "en")
    write_record(actor, "order", batch)


@task()
def apply_ordered(user_id: int, batch_id: int, language: str) -> None:
    """The job that `order_import` queues; run again after its work is done, it does nothing."""
    actor = user_by_id(user_id)
    if actor is None:
        raise PermissionDenied("the account that ordered the import is gone")
    if ImportBatch.objects.filter(pk=batch_id, state=ImportBatch.State.ORDERED).exists():
        try:
            with override(language):
                apply_import(actor, batch_id, report)
        except ValueError:
            # Another worker held this one to be dead, and was quicker.
            if not ImportBatch.objects.filter(pk=batch_id, state=ImportBatch.State.APPLIED).exists():
                raise


def _tell(actor: User, batch: ImportBatch, stored: Stored) -> None:
    address = settings.SITE_ADDRESS + reverse("stocktaking:import", args=[batch.pk])
    values = {
        "file": batch.file_name,
        "created": str(len(stored.created)),
        "changed": str(len(stored.changed)),
        "address": address,
    }
    queue_message(System("worker"), actor, "import-finished", values)


@transaction.atomic
def discard_import(actor: User, batch_id: int) -> None:
    """Give a staged batch up; its rows are deleted, its problems and counts stay."""
    may_import(actor)
    batch = _decidable(batch_id)
    batch.state = ImportBatch.State.DISCARDED
    batch.rows = []
    batch.save(update_fields=["state", "rows"])
    write_record(actor, "discard", batch)


def _undecided(batches: Manager[ImportBatch] | QuerySet[ImportBatch], batch_id: int) -> ImportBatch:
    batch = batches.get(pk=batch_id)
    if batch.state not in {ImportBatch.State.STAGED, ImportBatch.State.ORDERED}:
        raise ValueError(f"import {batch_id} is {batch.state}")
    return batch


def _decidable(batch_id: int) -> ImportBatch:
    """The locked batch, if somebody may decide about it now: staged, or ordered from a job that failed."""
    batch = _undecided(ImportBatch.objects.select_for_update(), batch_id)
    if batch.state == ImportBatch.State.ORDERED:
        job = status_of(batch)
        if job is None or job.unfinished:
            raise ValueError(f"import {batch_id} is {batch.state}")
    return batch


def entries_of(batch: ImportBatch) -> Sequence[LibraryEntry]:
    """The staged entries of a batch."""
    return [_entry(row) for row in batch.rows]


def _entry(row: Mapping[str, Any]) -> LibraryEntry:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    translations = tuple(Translation(**item) for item in row.get("translations", ()))
    return LibraryEntry(**{**values, "translations": translations})


def _without_empty(entry: LibraryEntry) -> dict[str, Any]:
    defaults = {item.name: item.default for item in fields(LibraryEntry)}
    return {name: value for name, value in asdict(entry).items() if value != defaults[name]}


def _plan_counts(plan: Stored) -> dict[str, int]:
    return {"created": len(plan.created), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
