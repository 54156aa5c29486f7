"""Staged import: upload → dry run → apply or discard."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from django.db import transaction

from actionlines.formats.tabular import read_entries
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.stocktaking.actions.entries import Stored, may_import, plan_entries, store_entries
from actionlines_web.stocktaking.models import ImportBatch
from actionlines_web.ui.problems import shown

# Problems kept with a batch; a file with more is told so and mended from the top.
PROBLEMS_KEPT = 1_000


def stage_import(actor: User, data: bytes, name: str) -> ImportBatch:
    """Read a file and keep its entries and problems for a decision; the register does not change.

    Raises:
        InputError: the file as a whole cannot be read (nothing is kept then).
        PermissionDenied: the actor may not import.
    """
    may_import(actor)
    found = read_entries(data, name)
    entries = list(found.entries)
    if "title" not in found.columns:
        # The library also reads tables of mere texts; the register wants named entries.
        raise InputError(
            [Problem(marked("the column “%(field)s” is missing."), {"field": "title"}, name, 1, "title")]
        )
    if not entries and found.problems and all(problem.row is None for problem in found.problems):
        raise InputError(found.problems)
    plan = plan_entries(entries)
    refused = {
        problem.row for problem in found.problems if problem.severity == "error" and problem.row is not None
    }
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            file_name=name[:255],
            uploaded_by=actor,
            rows=[_without_empty(entry) for entry in entries],
            problems=[shown(problem) for problem in found.problems[:PROBLEMS_KEPT]],
            counts={**_plan_counts(plan), "refused": len(refused), "problems": len(found.problems)},
        )
        write_record(actor, "stage", batch, {"file": name, **batch.counts})
    return batch


@transaction.atomic
def apply_import(actor: User, batch_id: int) -> Stored:
    """Store a staged batch's entries; a batch already applied or discarded stays as it is (ValueError)."""
    may_import(actor)
    batch = _staged(batch_id)
    stored = store_entries(actor, entries_of(batch))
    batch.state = ImportBatch.State.APPLIED
    batch.counts = {**batch.counts, **_plan_counts(stored)}
    batch.save(update_fields=["state", "counts"])
    write_record(actor, "apply", batch, {"created": list(stored.created), "changed": list(stored.changed)})
    return stored


@transaction.atomic
def discard_import(actor: User, batch_id: int) -> None:
    """Give a staged batch up; its rows are deleted, its problems and counts stay."""
    may_import(actor)
    batch = _staged(batch_id)
    batch.state = ImportBatch.State.DISCARDED
    batch.rows = []
    batch.save(update_fields=["state", "rows"])
    write_record(actor, "discard", batch)


def _staged(batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.State.STAGED:
        raise ValueError(f"import {batch_id} is {batch.state}")
    return batch


def entries_of(batch: ImportBatch) -> Sequence[LibraryEntry]:
    """The staged entries of a batch."""
    return [
        LibraryEntry(
            **{**row, "lines": tuple(row.get("lines", ())), "targets": tuple(row.get("targets", ()))}
        )
        for row in batch.rows
    ]


def _without_empty(entry: LibraryEntry) -> dict[str, Any]:
    defaults = {item.name: item.default for item in fields(LibraryEntry)}
    return {name: value for name, value in asdict(entry).items() if value != defaults[name]}


def _plan_counts(plan: Stored) -> dict[str, int]:
    return {"created": len(plan.created), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
