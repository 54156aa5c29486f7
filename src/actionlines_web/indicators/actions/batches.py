"""Staged import of observations: upload → dry run with checks → apply or discard."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Manager, QuerySet

from actionlines.formats.statistics import Mapping
from actionlines.formats.tabular import Grid
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.indicators.actions.observations import Stored, keep_observations
from actionlines_web.indicators.models import ObservationBatch
from actionlines_web.indicators.queries.batches import open_errors, unpacked
from actionlines_web.indicators.reading import (
    Given,
    Report,
    grid_of,
    keep,
    keep_reading,
    origin_of,
    read_by,
    read_table,
    remember,
    table_of,
    unreported,
)
from actionlines_web.indicators.rules import may_decide, may_import, reports_for
from actionlines_web.jobs.queries import status_of


def stage_batch(actor: User, data: bytes, name: str, given: Given) -> ObservationBatch:
    """Read a file and keep its observations, problems and findings for a decision; nothing else changes.

    A table nobody knows is kept as it is: `map_batch` says how to read it.

    Raises:
        InputError: the file cannot be read as a table.
        PermissionDenied: the actor may not import.
    """
    may_import(actor)
    grid, problems = table_of(data, name)
    return keep_grid(actor, grid, given, frozenset(), problems)


def keep_grid(
    actor: User, grid: Grid, given: Given, asked: frozenset[str], problems: Sequence[Problem] = ()
) -> ObservationBatch:
    """Stage a table for an actor whose right to do so was asked.

    Args:
        asked: economies a questionnaire asks them for.
        problems: what was wrong with the file before it was a table.
    """
    batch = ObservationBatch(
        file_name=grid.name[:255],
        uploaded_by=actor,
        source=given.source,
        vintage=given.vintage,
        population=given.population,
    )
    mapping, reading = read_table(actor, batch, grid, given.economy, asked, problems)
    with transaction.atomic():
        keep_reading(batch, grid, mapping, reading)
        write_record(actor, "stage", batch, {"file": grid.name, **batch.counts})
    return batch


@transaction.atomic
def map_batch(actor: User, batch_id: int, mapping: Mapping) -> ObservationBatch:
    """Read a staged file in another way, and remember it for the next file with the same header.

    Raises:
        PermissionDenied: the file is somebody else's.
        ValueError: the file was decided about.
    """
    batch = staged(ObservationBatch.objects.select_for_update(), batch_id)
    may_decide(actor, batch)
    grid = grid_of(batch)
    batch.mapping = mapping.plain()
    keep(batch, read_by(actor, batch, grid, mapping))
    remember(actor, grid, mapping)
    write_record(actor, "change", batch, {"file": batch.file_name, **batch.counts})
    return batch


@transaction.atomic
def apply_batch(
    actor: User,
    batch_id: int,
    report: Report = unreported,
    state: str = ObservationBatch.State.STAGED,
) -> Stored:
    """Store a staged file's observations, all or none.

    Args:
        report: is told how far it is.
        state: in which the file must be.

    Raises:
        InputError: findings that cannot be true wait for an answer.
        ValueError: the file was decided about.
    """
    may_import(actor)
    batch = staged(ObservationBatch.objects.select_for_update(), batch_id, state)
    may_store(actor, batch)
    observations = [unpacked(row) for row in batch.rows]
    stored = keep_observations(
        observations, origin_of(batch), lambda done: report("storing", done, len(observations))
    )
    batch.state = ObservationBatch.State.APPLIED
    batch.cells = []
    batch.counts = {
        **batch.counts,
        "created": stored.first,
        "changed": stored.revised,
        "unchanged": stored.unchanged,
    }
    batch.save(update_fields=["state", "cells", "counts"])
    write_record(actor, "apply", batch, {"file": batch.file_name, **batch.counts})
    return stored


def may_store(actor: User, batch: ObservationBatch) -> None:
    """Whether a staged file can be stored by an actor.

    Raises:
        InputError: findings that cannot be true wait for an answer.
        PermissionDenied: it holds economies the actor does not report for.
    """
    waiting = open_errors(batch)
    if waiting:
        template = marked("%(count)d findings that cannot be true wait for an answer.")
        raise InputError([Problem(template, {"count": waiting})])
    if not all(reports_for(actor, economy) for economy in {row[1] for row in batch.rows}):
        raise PermissionDenied("only for the economies one reports for")


@transaction.atomic
def discard_batch(actor: User, batch_id: int) -> None:
    """Give a file up that is staged, or that a worker has still to read or failed to store.

    Its rows and findings are deleted, its problems and counts stay.

    Raises:
        PermissionDenied: the file is somebody else's.
        ValueError: the file was decided about.
    """
    batch = ObservationBatch.objects.select_for_update().get(pk=batch_id)
    states = ObservationBatch.State
    if batch.state not in {states.STAGED, states.READING} and not failed_to_store(batch):
        raise ValueError(f"import {batch_id} is {batch.state}")
    may_decide(actor, batch)
    batch.state = states.DISCARDED
    batch.rows, batch.cells, batch.content = [], [], b""
    batch.findings.all().delete()
    batch.save(update_fields=["state", "rows", "cells", "content"])
    write_record(actor, "discard", batch)


def failed_to_store(batch: ObservationBatch) -> bool:
    """Whether the job that was to store a file has failed."""
    if batch.state != ObservationBatch.State.ORDERED:
        return False
    job = status_of(batch)
    return job is not None and job.state == "failed"


def staged(
    batches: Manager[ObservationBatch] | QuerySet[ObservationBatch],
    batch_id: int,
    state: str = ObservationBatch.State.STAGED,
) -> ObservationBatch:
    """The batch, if it is in a state.

    Raises:
        ValueError: it is in another.
    """
    batch = batches.get(pk=batch_id)
    if batch.state != state:
        raise ValueError(f"import {batch_id} is {batch.state}")
    return batch
