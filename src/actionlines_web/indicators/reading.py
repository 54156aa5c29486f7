"""Reading a file of statistics on its way in: its cells, what is new in them, what the checks ask.

Nothing here asks who may: the actions do. `read_table` and `read_by` write nothing and may take long; `keep_reading` and
`keep` write down what they gave, within the transaction of an action.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actionlines.formats.questionnaire import is_questionnaire, read_questionnaire
from actionlines.formats.sdmx import is_sdmx, sdmx_grid
from actionlines.formats.statistics import Mapping, StatisticsFile, read_mapped, recognise, signature_of
from actionlines.formats.tabular import Grid, read_grid
from actionlines.measurement.checks import Finding as LibraryFinding
from actionlines.problems import Problem, marked
from actionlines_web.accounts.models import User
from actionlines_web.indicators.checking import findings_on
from actionlines_web.indicators.models import Finding, Layout, ObservationBatch
from actionlines_web.indicators.queries.batches import packed, unpacked
from actionlines_web.indicators.rules import reports_for
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


# Told the phase, and how much of how much is done.
Report = Callable[[str, int, int], None]


def unreported(phase: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Reading:
    """What was read of a file, looked at beside what is stored."""

    rows: list[list[str]]
    problems: list[Problem]
    counts: dict[str, int]
    findings: list[LibraryFinding]
    number: int


def table_of(data: bytes, name: str) -> tuple[Grid, list[Problem]]:
    """The cells of a file, SDMX or a table, and what could not be read of them.

    Raises:
        InputError: it is neither.
    """
    return sdmx_grid(data, name) if is_sdmx(data) else (read_grid(data, name), [])


def grid_of(batch: ObservationBatch) -> Grid:
    """The cells of a staged table."""
    return Grid(batch.file_name, tuple(tuple(row) for row in batch.cells))


def read_table(
    actor: User,
    batch: ObservationBatch,
    grid: Grid,
    economy: str,
    asked: frozenset[str],
    problems: Sequence[Problem] = (),
    report: Report = unreported,
) -> tuple[dict[str, Any], Reading | None]:
    """How a table is read, as JSON holds it, and what was read; nothing of a table nobody knows. Nothing is written."""
    if is_questionnaire(grid):
        found = read_questionnaire(grid, source=batch.source)
        return {"layout": "questionnaire"}, take(actor, batch, found, asked, problems, report)
    mapping = _remembered(grid) or recognise(grid)
    if mapping is None:
        return {}, None
    mapping = replace(mapping, economy=economy or mapping.economy)
    return mapping.plain(), read_by(actor, batch, grid, mapping, problems, report)


def keep_reading(
    batch: ObservationBatch, grid: Grid, mapping: dict[str, Any], reading: Reading | None
) -> None:
    """Stage what was read, within the transaction of an action."""
    batch.state = ObservationBatch.State.STAGED
    batch.cells = [list(row) for row in grid.rows]
    batch.mapping, batch.content = mapping, b""
    if reading is not None:
        keep(batch, reading)
    else:
        batch.save()


def remember(actor: User, grid: Grid, mapping: Mapping) -> None:
    """Read the next table with this header in the same way."""
    remembered = replace(mapping, years={}, notes={}, sources={}, economy="")
    Layout.objects.update_or_create(
        signature=signature_of(grid, mapping.header),
        defaults={"mapping": remembered.plain(), "made_by": actor},
    )


def recheck(batch: ObservationBatch) -> None:
    """Look at a batch anew after a value was corrected; answers to what is found again stay."""
    found, number = findings_on([unpacked(row) for row in batch.rows], batch.vintage, batch.file_name)
    _keep_findings(batch, found, number)


def _keep_findings(batch: ObservationBatch, found: Sequence[LibraryFinding], number: int) -> None:
    answered = {_same(one): one for one in batch.findings.exclude(state=Finding.State.OPEN).order_by("pk")}
    batch.findings.filter(state=Finding.State.OPEN).delete()
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


def read_by(
    actor: User,
    batch: ObservationBatch,
    grid: Grid,
    mapping: Mapping,
    problems: Sequence[Problem] = (),
    report: Report = unreported,
) -> Reading:
    """Read a table by a mapping; nothing is written."""
    if mapping.layout == "labels" and not mapping.economy:
        problem = Problem(
            marked("no cell says which economy the table is about."),
            file=grid.name,
            expected=marked("choose the economy and read the file again."),
        )
        return take(actor, batch, StatisticsFile((), (problem,), 0), frozenset(), problems, report)
    found = read_mapped(grid, mapping, source=batch.source)
    return take(actor, batch, found, frozenset(), problems, report)


def take(
    actor: User,
    batch: ObservationBatch,
    found: StatisticsFile,
    asked: frozenset[str],
    before: Sequence[Problem] = (),
    report: Report = unreported,
) -> Reading:
    """What was read, for the economies the actor reports for, beside what is stored, checked; nothing is written."""
    problems = [*before, *found.problems]
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
    report("comparing", 0, 0)
    plan = plan_storing([item for item, _ in pairs], origin_of(batch))
    cells = {id(item): cell for item, cell in pairs}
    problems += [_contradiction(cells[id(item)], batch.file_name) for item in plan.refused]
    refused = {id(item) for item in plan.refused}
    kept = [(item, cell) for item, cell in pairs if id(item) not in refused]
    report("checking", 0, 0)
    findings, number = findings_on([item for item, _ in kept], batch.vintage, batch.file_name)
    report("checking", 1, 1)
    return Reading(
        [packed(item, cell) for item, cell in kept],
        problems,
        {"created": plan.first, "changed": plan.revised, "unchanged": plan.unchanged},
        findings,
        number,
    )


def keep(batch: ObservationBatch, reading: Reading) -> None:
    """Write what was read down, within the transaction of an action."""
    batch.rows = reading.rows
    batch.problems = [shown(problem) for problem in reading.problems[:PROBLEMS_KEPT]]
    batch.save()  # findings need its key
    batch.counts = reading.counts
    _keep_findings(batch, reading.findings, reading.number)
    batch.counts = {**batch.counts, "problems": len(reading.problems), "rows": len(batch.rows)}
    batch.save(update_fields=["counts"])


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


def origin_of(batch: ObservationBatch) -> Origin:
    """What holds for all observations of a file."""
    return Origin(batch.vintage, batch.population)


def _same(one: Finding) -> tuple[object, ...]:
    return (one.rule, one.economy, one.period, one.breakdown, tuple(sorted(one.values.items())))


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) else str(value)
