"""Reports of what was measured: those that count, those on their way for whom they concern, and rows of tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from actionlines.formats.actuals import ActualRow
from actionlines.results.aggregation import Measure as LibraryMeasure
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.results.models import Framework, Indicator, Lock, Measure, Report, Result
from actionlines_web.results.queries.chain import Tree

OPEN = (Report.State.DRAFT, Report.State.SUBMITTED)
PAGE_SIZE = 100


def locks_of(framework: Framework) -> dict[str, Lock]:
    """The closed periods of a framework."""
    return {lock.period: lock for lock in Lock.objects.filter(framework=framework)}


def reporting_for(framework: Framework, result: int) -> int | None:
    """The organisation that reports for a result: its own, or that of the nearest above it that has one."""
    rows = {
        key: (parent, organisation)
        for key, parent, organisation in Result.objects.filter(framework=framework).values_list(
            "pk", "parent_id", "organisation_id"
        )
    }
    key: int | None = result
    while key is not None:
        parent, organisation = rows[key]
        if organisation is not None:
            return int(organisation)
        key = parent
    return None


def results_of_member(actor: Actor, tree: Tree) -> set[int]:
    """The keys of the results for which the actor may report."""
    if is_coordinator(actor):
        return set(tree.by_key)
    mine = organisations_of(actor)
    return {key for key in tree.by_key if mine and tree.organisation_of(key) in mine}


def approved_of(indicator: Indicator) -> dict[str, Report]:
    """The reports of an indicator that count, by period, with their measures."""
    found = Report.objects.filter(indicator=indicator, state=Report.State.APPROVED)
    return {row.period: row for row in found.prefetch_related("measures")}


def history_of(indicator: Indicator) -> list[Report]:
    """Every report of an indicator that counts or counted, the newest first, with its measures."""
    found = Report.objects.filter(
        indicator=indicator, state__in=[Report.State.APPROVED, Report.State.REPLACED]
    )
    return list(found.order_by("-decided_at", "-pk").prefetch_related("measures")[:PAGE_SIZE])


def open_report(indicator: Indicator, period: str) -> Report | None:
    """The report of a period that is on its way."""
    return (
        Report.objects.filter(indicator=indicator, period=period, state__in=OPEN)
        .prefetch_related("measures")
        .first()
    )


def open_periods(indicator: Indicator) -> dict[str, str]:
    """The periods of an indicator that have a report on its way, with its state."""
    return dict(Report.objects.filter(indicator=indicator, state__in=OPEN).values_list("period", "state"))


def waiting_for(actor: Actor, after: int = 0) -> tuple[list[Report], int]:
    """A page of the reports on their way that concern the actor, and where the next one begins (0 on the last).

    A coordinator sees what waits for approval, a member the drafts and submitted ones of the own organisations.
    """
    found = Report.objects.filter(pk__gt=after).select_related("indicator__framework", "indicator__result")
    if is_coordinator(actor):
        found = found.filter(state=Report.State.SUBMITTED)
    else:
        results = _own_results(organisations_of(actor))
        found = found.filter(
            state__in=OPEN,
            indicator__result__in=results,
            indicator__framework__state=Framework.State.PUBLIC,
        )
    rows = list(found.order_by("pk")[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    return page, page[-1].pk if len(rows) > PAGE_SIZE else 0


def _own_results(organisations: set[int]) -> set[int]:
    """The results these organisations report for: those they have, and what is below until another has it."""
    level = set(Result.objects.filter(organisation__in=organisations).values_list("pk", flat=True))
    found: set[int] = set()
    while level:
        found |= level
        level = (
            set(Result.objects.filter(parent__in=level, organisation=None).values_list("pk", flat=True))
            - found
        )
    return found


def measure_rows(report: Report | None) -> dict[str, Measure]:
    """The measures of a report by part."""
    return {measure.part: measure for measure in report.measures.all()} if report else {}


def exported(framework: Framework) -> Iterator[ActualRow]:
    """What counts, a row for each indicator, period and part, as tables hold it."""
    found = Measure.objects.filter(
        report__indicator__framework=framework, report__state=Report.State.APPROVED
    ).order_by("report__indicator__position", "report__indicator_id", "report__period", "part")
    last: tuple[str, str] | None = None
    for code, period, part, value, weight, members, narrative in found.values_list(
        *("report__indicator__code", "report__period", "part", "value", "weight", "members"),
        "report__narrative",
    ).iterator(chunk_size=2_000):
        first, last = (code, period) != last, (code, period)
        yield ActualRow(
            code,
            period,
            part,
            LibraryMeasure(value, weight, frozenset(members)),
            narrative if first else "",
        )


@dataclass(frozen=True, slots=True)
class Actual:
    """A measure that counts, as the interface for programs gives it."""

    key: int
    indicator: str
    period: str
    part: str
    value: Decimal | None
    weight: Decimal | None
    members: Sequence[str]


def actuals_after(framework: Framework, after: int, limit: int, indicator: str = "") -> list[Actual]:
    """Measures that count behind a key, in their order of entry."""
    found: QuerySet[Measure] = Measure.objects.filter(
        pk__gt=after, report__indicator__framework=framework, report__state=Report.State.APPROVED
    )
    if indicator:
        found = found.filter(report__indicator__code=indicator)
    fields = ("pk", "report__indicator__code", "report__period", "part", "value", "weight", "members")
    return [Actual(*row) for row in found.order_by("pk").values_list(*fields)[:limit]]


def held_about(user: User) -> list[dict[str, Any]]:
    """The reports a person wrote, as plain data."""
    return list(
        Report.objects.filter(Q(author=user) | Q(decided_by=user))
        .order_by("pk")
        .values(
            *("indicator__framework__code", "indicator__code", "period", "state"),
            *("narrative", "evidence", "made_at", "submitted_at", "decided_at"),
        )
    )
