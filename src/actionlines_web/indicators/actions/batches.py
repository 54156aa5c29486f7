"""Staged import of observations: upload → dry run with checks → apply or discard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Manager, QuerySet

from actionlines.formats.questionnaire import is_questionnaire, read_questionnaire
from actionlines.formats.statistics import Mapping, StatisticsFile, read_mapped, recognise, signature_of
from actionlines.formats.tabular import Grid, read_grid
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.indicators.actions.observations import Stored, keep_observations
from actionlines_web.indicators.checking import findings_on
from actionlines_web.indicators.models import Finding, Layout, ObservationBatch
from actionlines_web.indicators.queries.batches import open_errors, packed, unpacked
from actionlines_web.indicators.rules import decides_on, reports_for
from actionlines_web.indicators.storing import Origin, plan_storing
from actionlines_web.ui.problems import shown

PROBLEMS_KEPT = 1_000
_DEEPEST = 25  # rows in which a remembered header is looked for


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a file: where its values come from, when they were published, whose they are."""

    source: str
    vintage: date
    population: str = ""
    economy: str = ""


def stage_batch(actor: User, data: bytes, name: str, given: Given) -> ObservationBatch:
    """Read a file and keep its observations, problems and findings for a decision; nothing else changes.

    A table nobody knows is kept as it is: `map_batch` says how to read it.

    Raises:
        InputError: the file cannot be read as a table.
        PermissionDenied: the actor may not import.
    """
    _may_import(actor)
    return keep_grid(actor, read_grid(data, name), given, frozenset())


def keep_grid(actor: User, grid: Grid, given: Given, asked: frozenset[str]) -> ObservationBatch:
    """Stage a table for an actor whose right to do so was asked; `asked` are economies a questionnaire asks them for."""
    questionnaire = is_questionnaire(grid)
    mapping = None if questionnaire else _remembered(grid) or recognise(grid)
    with transaction.atomic():
        batch = ObservationBatch.objects.create(
            file_name=grid.name[:255],
            uploaded_by=actor,
            cells=[list(row) for row in grid.rows],
            source=given.source,
            vintage=given.vintage,
            population=given.population,
        )
        if questionnaire:
            batch.mapping = {"layout": "questionnaire"}
            _take(actor, batch, read_questionnaire(grid, source=given.source), asked)
        elif mapping is not None:
            _fill(actor, batch, grid, replace(mapping, economy=given.economy or mapping.economy))
        write_record(actor, "stage", batch, {"file": grid.name, **batch.counts})
    return batch


@transaction.atomic
def map_batch(actor: User, batch_id: int, mapping: Mapping) -> ObservationBatch:
    """Read a staged file in another way, and remember it for the next file with the same header.

    Raises:
        PermissionDenied: the file is somebody else's.
        ValueError: the file was decided about.
    """
    batch = _staged(ObservationBatch.objects.select_for_update(), batch_id)
    _may_decide(actor, batch)
    grid = Grid(batch.file_name, tuple(tuple(row) for row in batch.cells))
    _fill(actor, batch, grid, mapping)
    remembered = replace(mapping, years={}, notes={}, sources={}, economy="")
    Layout.objects.update_or_create(
        signature=signature_of(grid, mapping.header),
        defaults={"mapping": remembered.plain(), "made_by": actor},
    )
    write_record(actor, "change", batch, {"file": batch.file_name, **batch.counts})
    return batch


@transaction.atomic
def apply_batch(actor: User, batch_id: int) -> Stored:
    """Store a staged file's observations, all or none.

    Raises:
        InputError: findings that cannot be true wait for an answer.
        ValueError: the file was decided about.
    """
    _may_import(actor)
    batch = _staged(ObservationBatch.objects.select_for_update(), batch_id)
    waiting = open_errors(batch)
    if waiting:
        template = marked("%(count)d findings that cannot be true wait for an answer.")
        raise InputError([Problem(template, {"count": waiting})])
    observations = [unpacked(row) for row in batch.rows]
    _may_report(actor, {item.economy for item in observations})
    stored = keep_observations(observations, _origin(batch))
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


@transaction.atomic
def discard_batch(actor: User, batch_id: int) -> None:
    """Give a staged file up; its rows and findings are deleted, its problems and counts stay.

    Raises:
        PermissionDenied: the file is somebody else's.
        ValueError: the file was decided about.
    """
    batch = _staged(ObservationBatch.objects.select_for_update(), batch_id)
    _may_decide(actor, batch)
    batch.state = ObservationBatch.State.DISCARDED
    batch.rows, batch.cells = [], []
    batch.findings.all().delete()
    batch.save(update_fields=["state", "rows", "cells"])
    write_record(actor, "discard", batch)


def recheck(batch: ObservationBatch) -> None:
    """Look at a batch anew after a value was corrected; answers to what is found again stay."""
    answered = {_same(one): one for one in batch.findings.exclude(state=Finding.State.OPEN).order_by("pk")}
    batch.findings.filter(state=Finding.State.OPEN).delete()
    found, number = findings_on([unpacked(row) for row in batch.rows], batch.vintage, batch.file_name)
    Finding.objects.bulk_create(
        one
        for one in (
            Finding(
                batch=batch,
                rule=item.rule,
                severity=item.severity,
                economy=item.economy,
                period=item.period,
                breakdown=item.breakdown,
                values=dict(item.values),
                template=item.template,
                said={name: _plain(value) for name, value in item.said.items()},
            )
            for item in found
        )
        if _same(one) not in answered
    )
    batch.counts = {**batch.counts, "findings": number}


def _fill(actor: User, batch: ObservationBatch, grid: Grid, mapping: Mapping) -> None:
    """Read a staged table by a mapping."""
    batch.mapping = mapping.plain()
    if mapping.layout == "labels" and not mapping.economy:
        problem = Problem(
            marked("no cell says which economy the table is about."),
            file=grid.name,
            expected=marked("choose the economy and read the file again."),
        )
        _take(actor, batch, StatisticsFile((), (problem,), 0), frozenset())
    else:
        _take(actor, batch, read_mapped(grid, mapping, source=batch.source), frozenset())


def _take(actor: User, batch: ObservationBatch, found: StatisticsFile, asked: frozenset[str]) -> None:
    """Keep what was read with the batch: for the economies the actor reports for, beside what is stored, checked."""
    problems = list(found.problems)
    pairs = list(zip(found.observations, found.cells, strict=True))
    foreign = {
        item.economy
        for item, _ in pairs
        if item.economy not in asked and not reports_for(actor, item.economy)
    }
    problems += [
        Problem(
            marked("you do not report for %(economy)s: its rows are left out."),
            {"economy": code},
            batch.file_name,
        )
        for code in sorted(foreign)
    ]
    pairs = [pair for pair in pairs if pair[0].economy not in foreign]
    plan = plan_storing([item for item, _ in pairs], _origin(batch))
    cells = {id(item): cell for item, cell in pairs}
    problems += [_contradiction(cells[id(item)], batch.file_name) for item in plan.refused]
    refused = {id(item) for item in plan.refused}
    batch.rows = [packed(item, cell) for item, cell in pairs if id(item) not in refused]
    batch.counts = {"created": plan.first, "changed": plan.revised, "unchanged": plan.unchanged}
    recheck(batch)
    batch.problems = [shown(problem) for problem in problems[:PROBLEMS_KEPT]]
    batch.counts = {**batch.counts, "problems": len(problems), "rows": len(batch.rows)}
    batch.save()


def _contradiction(cell: str, name: str) -> Problem:
    template = marked("another value of this vintage is stored already.")
    expected = marked("a later vintage for a revision.")
    digits = "".join(letter for letter in cell if letter.isdecimal())
    return Problem(template, {}, name, int(digits) if digits else None, cell, expected)


def _remembered(grid: Grid) -> Mapping | None:
    """The mapping somebody made for a table with this header, with the years of this one."""
    signatures = {
        signature_of(grid, number): number for number in range(1, min(_DEEPEST, len(grid.rows)) + 1)
    }
    layout = Layout.objects.filter(signature__in=list(signatures)).order_by("-at").first()
    if layout is None:
        return None
    mapping = replace(Mapping.from_plain(layout.mapping), header=signatures[layout.signature])
    return with_years(mapping, grid)


def with_years(mapping: Mapping, grid: Grid) -> Mapping:
    """The mapping with the columns of years, notes and sources that the header of this table has."""
    if mapping.layout == "long":
        return mapping
    found = recognise(Grid(grid.name, grid.rows[mapping.header - 1 :]))
    return replace(mapping, years=found.years, notes=found.notes, sources=found.sources) if found else mapping


def _origin(batch: ObservationBatch) -> Origin:
    return Origin(batch.vintage, batch.population)


def _same(one: Finding) -> tuple[object, ...]:
    return (one.rule, one.economy, one.period, one.breakdown, tuple(sorted(one.values.items())))


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) else str(value)


def _may_import(actor: User) -> None:
    if not actor.has_perm("indicators.import_observations"):
        raise PermissionDenied("only statisticians bring observations in")


def _may_decide(actor: User, batch: ObservationBatch) -> None:
    if not decides_on(actor, batch):
        raise PermissionDenied("only who brought the file, or answers for all of it")


def _may_report(actor: User, economies: Sequence[str] | set[str]) -> None:
    if not all(reports_for(actor, economy) for economy in economies):
        raise PermissionDenied("only for the economies one reports for")


def _staged(
    batches: Manager[ObservationBatch] | QuerySet[ObservationBatch], batch_id: int
) -> ObservationBatch:
    batch = batches.get(pk=batch_id)
    if batch.state != ObservationBatch.State.STAGED:
        raise ValueError(f"import {batch_id} is {batch.state}")
    return batch
