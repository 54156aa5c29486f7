"""Reports of many indicators at once, from a table of actuals: all of it as drafts, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rules
from django.db import transaction

from actionlines.formats.actuals import ActualRow, by_report
from actionlines.problems import InputError, Problem, marked
from actionlines.results.aggregation import Measure as LibraryMeasure
from actionlines.results.remarks import faults
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_records
from actionlines_web.results.actions.frameworks import check_open
from actionlines_web.results.actions.reports import BATCH, Measures, bare, handed_in, named, rows_of
from actionlines_web.results.models import Framework, Indicator, Measure, Report
from actionlines_web.results.queries.chain import tree_of
from actionlines_web.results.queries.reports import OPEN, results_of_member


def _reported_by(actor: Actor, framework: Framework) -> set[int]:
    """The results for which the actor reports, as `may_report` says it of each."""
    if framework.state != Framework.State.PUBLIC and not rules.has_perm("results.approve", actor):
        return set()
    return results_of_member(actor, tree_of(framework, ""))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table of actuals does to the report of an indicator and period: 'added' or 'changed'."""

    kind: str
    indicator: str
    period: str
    rows: int


@transaction.atomic
def import_actuals(
    actor: Actor,
    framework: Framework,
    rows: Sequence[ActualRow],
    *,
    file: str = "",
    language: str = "en",
    dry_run: bool = False,
) -> list[Brought]:
    """Keep a table of actuals as drafts; what counts already with the same figures is passed over.

    Args:
        rows: as `read_actuals` reads them.
        dry_run: only tell what would be kept.

    Raises:
        InputError: everything that keeps a row from being taken, with its row; nothing is taken then.
    """
    held = Framework.objects.select_for_update().get(pk=framework.pk)
    known = {row.code: row for row in Indicator.objects.filter(framework=held).select_related("framework")}
    closed = {period: check_open(held, period) for period in {row.period for row in rows}}
    allowed = _reported_by(actor, held)
    groups = by_report(rows)
    counting = _standing(held, Report.State.APPROVED)
    waiting = _standing(held, *OPEN)
    problems: list[Problem] = []
    brought: list[Brought] = []
    wanted: list[tuple[Indicator, str, dict[str, LibraryMeasure], str]] = []
    for (code, period), group in groups.items():
        indicator = known.get(code)
        if indicator is None:
            problems.append(_at(group[0], file, _unknown(code)))
            continue
        if indicator.result_id not in allowed:
            problems.append(_at(group[0], file, _not_yours(code)))
            continue
        measures = {row.part: row.measure for row in group}
        before = waiting.get((code, period))
        said = [*closed[period], *faults(bare(indicator), measures)]
        if before and before[0] == Report.State.SUBMITTED:
            said.append(handed_in(period))
        problems.extend(_at(group[0], file, problem) for problem in said)
        current = before or counting.get((code, period))
        if current is None or current[1] != _compared(measures):
            narrative = next((row.narrative for row in group if row.narrative), "")
            wanted.append((indicator, period, measures, narrative))
            brought.append(Brought("changed" if current else "added", code, period, len(group)))
    if problems:
        raise InputError(problems)
    if dry_run or not wanted:
        return brought
    made = _drafted(actor, held, wanted, language)
    write_records(actor, "report", [(report, named(report)) for report in made])
    return brought


def _drafted(
    actor: Actor,
    framework: Framework,
    wanted: Sequence[tuple[Indicator, str, dict[str, LibraryMeasure], str]],
    language: str,
) -> list[Report]:
    """The drafts of a table, in the place of earlier ones: a few questions to the database, however many there are."""
    drafts = Report.objects.filter(indicator__framework=framework, state=Report.State.DRAFT)
    known = {(draft.indicator_id, draft.period): draft for draft in drafts}
    reports = []
    for indicator, period, _, narrative in wanted:
        report = known.get((indicator.pk, period)) or Report(indicator=indicator, period=period)
        report.indicator = indicator
        report.narrative, report.language = narrative or report.narrative, language
        report.author = actor if isinstance(actor, User) else None
        reports.append(report)
    old = [report for report in reports if report.pk is not None]
    Report.objects.bulk_update(old, ["narrative", "language", "author"], batch_size=BATCH)
    Report.objects.bulk_create([report for report in reports if report.pk is None], batch_size=BATCH)
    for start in range(0, len(old), BATCH):
        Measure.objects.filter(report__in=old[start : start + BATCH]).delete()
    Measure.objects.bulk_create(
        [
            row
            for report, (_, _, measures, _) in zip(reports, wanted, strict=True)
            for row in rows_of(report, measures)
        ],
        batch_size=BATCH,
    )
    return reports


Standing = dict[tuple[str, str], tuple[str, dict[str, Any]]]


def _standing(framework: Framework, *states: str) -> Standing:
    found: Standing = {}
    fields = (
        "report__indicator__code",
        "report__period",
        "report__state",
        "part",
        "value",
        "weight",
        "members",
    )
    rows = Measure.objects.filter(report__indicator__framework=framework, report__state__in=states)
    for code, period, state, part, value, weight, members in rows.values_list(*fields):
        found.setdefault((code, period), (state, {}))[1][part] = (value, weight, frozenset(members))
    return found


def _compared(measures: Measures) -> dict[str, Any]:
    return {
        part: (
            one.value if one.value is not None or not one.members else len(one.members),
            one.weight,
            one.members,
        )
        for part, one in measures.items()
    }


def _at(row: ActualRow, file: str, problem: Problem) -> Problem:
    return Problem(
        problem.template, problem.values, file, row.row, problem.column, problem.expected, problem.severity
    )


def _unknown(code: str) -> Problem:
    return Problem(
        marked("the framework has no indicator “%(code)s”."), {"code": code[:60]}, column="indicator"
    )


def _not_yours(code: str) -> Problem:
    return Problem(marked("another organisation reports for “%(code)s”."), {"code": code}, column="indicator")
