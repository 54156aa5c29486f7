"""Large files and downloads, read and stored by the worker while the reader looks on or leaves.

A job writes in one transaction, behind a look at whether its file still waits for it: one that is killed has changed
nothing, and one that runs again after its commit does nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language, override
from django_tasks import task

from actionlines.connectors import Wanted, download
from actionlines.connectors.cache import tidy
from actionlines.formats.statistics import Mapping
from actionlines.formats.tabular import Grid
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_id
from actionlines_web.audit.actions import write_record
from actionlines_web.indicators.actions.batches import apply_batch, failed_to_store, may_store
from actionlines_web.indicators.models import ObservationBatch
from actionlines_web.indicators.reading import (
    PROBLEMS_KEPT,
    Given,
    grid_of,
    keep_reading,
    read_by,
    read_table,
    remember,
    table_of,
)
from actionlines_web.indicators.rules import may_decide, may_import, reports_for
from actionlines_web.indicators.sources import client_of, known_sources
from actionlines_web.jobs.actions import enqueue
from actionlines_web.jobs.running import report
from actionlines_web.ui.problems import shown

# Larger files are read by the worker, and longer ones stored by it.
BYTES_AT_ONCE = 500_000
ROWS_AT_ONCE = 5_000
MOST_SERIES = 20
_DAYS_KEPT = 3.0  # downloads; what is asked for again within the day is not downloaded twice


def is_large(batch: ObservationBatch) -> bool:
    """Whether a file is for the worker."""
    return len(batch.cells) > ROWS_AT_ONCE or len(batch.rows) > ROWS_AT_ONCE


@transaction.atomic
def order_reading(actor: User, data: bytes, name: str, given: Given) -> ObservationBatch:
    """Have the worker read a file; nothing but the file is stored.

    Raises:
        PermissionDenied: the actor may not import.
    """
    may_import(actor)
    batch = _new(name, given, actor, {"economy": given.economy})
    batch.content = data
    batch.save()
    return _order_reading(actor, batch)


@transaction.atomic
def order_download(
    actor: User,
    source: str,
    series: Sequence[str],
    given: Given,
    economies: Sequence[str] = (),
    *,
    first: int = 2000,
    last: int = 2100,
) -> ObservationBatch:
    """Have the worker download series of a source into a file that is staged as any other.

    Args:
        source: code of one of `known_sources()`.
        economies: which; none for all the source has.
        first, last: years.

    Raises:
        InputError: no such source, no series, too many, series it does not have, economies the actor does not report for.
        PermissionDenied: the actor may not import.
    """
    may_import(actor)
    found = known_sources().get(source)
    if found is None:
        raise _wrong("source", marked("“%(said)s” is not a source that is configured here."), said=source)
    if not series or len(series) > MOST_SERIES:
        raise _wrong("series", marked("choose one to %(most)d series."), most=MOST_SERIES)
    unknown = [code for code in series if code not in found.codes()]
    if unknown:
        template = marked("%(source)s does not answer for %(series)s.")
        raise _wrong("series", template, source=found.name, series=", ".join(unknown))
    foreign = [code for code in economies if not reports_for(actor, code)]
    if foreign or not (economies or reports_for(actor, "")):
        template = marked("choose economies you report for.")
        raise _wrong("economy", template)
    wanted = {
        "source": source,
        "series": list(series),
        "economies": list(economies),
        "first": first,
        "last": last,
    }
    batch = _new(f"{found.name}: {', '.join(series)}", given, actor, wanted)
    batch.save()
    return _order_reading(actor, batch)


@transaction.atomic
def order_mapping(actor: User, batch_id: int, mapping: Mapping) -> ObservationBatch:
    """Have the worker read a staged file in another way, and remember it for the next with the same header.

    Raises:
        PermissionDenied: the file is somebody else's.
        ValueError: the file was decided about.
    """
    batch = ObservationBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ObservationBatch.State.STAGED:
        raise ValueError(f"import {batch_id} is {batch.state}")
    may_decide(actor, batch)
    remember(actor, grid_of(batch), mapping)
    batch.mapping, batch.state = mapping.plain(), ObservationBatch.State.READING
    batch.save(update_fields=["mapping", "state"])
    return _order_reading(actor, batch)


@transaction.atomic
def order_storing(actor: User, batch_id: int) -> None:
    """Have the worker store a staged file, or one whose job has failed.

    Raises:
        InputError: findings that cannot be true wait for an answer.
        PermissionDenied: the actor does not report for all of it.
        ValueError: the file was decided about.
    """
    may_import(actor)
    batch = ObservationBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ObservationBatch.State.STAGED and not failed_to_store(batch):
        raise ValueError(f"import {batch_id} is {batch.state}")
    may_store(actor, batch)
    batch.state = ObservationBatch.State.ORDERED
    batch.save(update_fields=["state"])
    enqueue(actor, store_ordered, batch, user_id=actor.pk, batch_id=batch.pk)
    write_record(actor, "order", batch)


@task()
def store_ordered(user_id: int, batch_id: int) -> None:
    """The job that `order_storing` queues; run again after its work is done, it does nothing."""
    actor = _orderer(user_id)
    state = ObservationBatch.State.ORDERED
    if ObservationBatch.objects.filter(pk=batch_id, state=state).exists():
        apply_batch(actor, batch_id, report, state)


@task()
def read_ordered(user_id: int, batch_id: int, language: str) -> None:
    """The job that reads or downloads a file; run again after its work is done, it does nothing."""
    actor = _orderer(user_id)
    state = ObservationBatch.State.READING
    batch = ObservationBatch.objects.filter(pk=batch_id, state=state).first()
    if batch is None:
        return
    with override(language):
        try:
            grid, problems = _table(batch)
            report("reading", 0, 0)
            if batch.mapping:
                found = Mapping.from_plain(batch.mapping)
                mapping, reading = batch.mapping, read_by(actor, batch, grid, found, problems, report)
            else:
                economy = batch.wanted.get("economy", "")
                mapping, reading = read_table(actor, batch, grid, economy, frozenset(), problems, report)
        except InputError as error:
            _give_up(actor, batch_id, error)
            return
        with transaction.atomic():
            batch = ObservationBatch.objects.select_for_update().get(pk=batch_id)
            if batch.state != state:
                return  # discarded meanwhile
            keep_reading(batch, grid, mapping, reading)
            write_record(actor, "stage", batch, {"file": batch.file_name, **batch.counts})
    tidy(settings.DOWNLOADS_DIR, _DAYS_KEPT)


def _table(batch: ObservationBatch) -> tuple[Grid, list[Problem]]:
    """The cells of a file that waits to be read: kept already, uploaded, or still to be downloaded."""
    if batch.cells:
        return grid_of(batch), []
    if "source" not in batch.wanted:
        return table_of(bytes(batch.content), batch.file_name)
    source = known_sources().get(batch.wanted["source"])
    if source is None:
        template = marked("“%(said)s” is not a source that is configured here.")
        raise _wrong("source", template, said=batch.wanted["source"])
    wanted = Wanted(
        tuple(batch.wanted["series"]),
        tuple(batch.wanted["economies"]),
        batch.wanted["first"],
        batch.wanted["last"],
    )
    return download(source, client_of(source), wanted, report)


@transaction.atomic
def _give_up(actor: User, batch_id: int, error: InputError) -> None:
    """Say why a file could not be read."""
    batch = ObservationBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ObservationBatch.State.READING:
        return
    batch.state, batch.content = ObservationBatch.State.UNREADABLE, b""
    batch.problems = [shown(problem) for problem in error.problems[:PROBLEMS_KEPT]]
    batch.counts = {"problems": len(error.problems)}
    batch.save(update_fields=["state", "content", "problems", "counts"])
    write_record(actor, "give up", batch, {"file": batch.file_name})


def _new(name: str, given: Given, actor: User, wanted: dict[str, Any]) -> ObservationBatch:
    return ObservationBatch(
        file_name=name[:255],
        uploaded_by=actor,
        state=ObservationBatch.State.READING,
        source=given.source,
        vintage=given.vintage,
        population=given.population,
        wanted=wanted,
    )


def _order_reading(actor: User, batch: ObservationBatch) -> ObservationBatch:
    enqueue(actor, read_ordered, batch, user_id=actor.pk, batch_id=batch.pk, language=get_language() or "en")
    write_record(actor, "order", batch, {"file": batch.file_name})
    return batch


def _orderer(user_id: int) -> User:
    actor = user_by_id(user_id)
    if actor is None:
        raise PermissionDenied("the account that ordered the import is gone")
    return actor


def _wrong(column: str, template: str, **values: object) -> InputError:
    return InputError([Problem(template, values, column=column)])
