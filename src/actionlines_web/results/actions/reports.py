"""Reports of what was measured: entered, handed in, approved or given back."""

from collections.abc import Mapping, Sequence
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines.results.aggregation import Aggregation
from actionlines.results.aggregation import Measure as LibraryMeasure
from actionlines.results.chain import Indicator as LibraryIndicator
from actionlines.results.remarks import faults, remarks
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record, write_records
from actionlines_web.coordination.queries import activities, road_maps_for
from actionlines_web.results.actions.frameworks import check_open
from actionlines_web.results.figures import store_figures
from actionlines_web.results.models import Framework, Indicator, Lock, Measure, Plan, Report
from actionlines_web.results.queries.chain import chain_of, related
from actionlines_web.results.queries.reports import OPEN, measure_rows, reporting_for
from actionlines_web.stocktaking.queries import entry_by_identifier

Measures = Mapping[str, LibraryMeasure]
MOST_EVIDENCE = 50
BATCH = 500


def may_report(actor: Actor, indicator: Indicator) -> bool:
    """Whether the actor enters figures of an indicator: a coordinator, or a member of the organisation it is given to."""
    if rules.has_perm("results.approve", actor):
        return True
    if indicator.framework.state != Framework.State.PUBLIC:
        return False
    organisation = reporting_for(indicator.framework, indicator.result_id)
    return bool(rules.has_perm("results.report", actor, organisation))


def _reports(actor: Actor, indicator: Indicator) -> None:
    if not may_report(actor, indicator):
        raise PermissionDenied("only for the organisation that reports for the result")


def _approves(actor: Actor) -> None:
    if not rules.has_perm("results.approve", actor):
        raise PermissionDenied("only for coordinators")


def _user(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None


def _ensure_open(indicator: Indicator, period: str) -> Framework:
    """Keeps the framework from others until the transaction ends.

    Raises:
        InputError: the period is none, or closed.
    """
    framework = Framework.objects.select_for_update().get(pk=indicator.framework_id)
    problems = check_open(framework, period)
    if problems:
        raise InputError(problems)
    return framework


def library_indicator(indicator: Indicator) -> LibraryIndicator:
    """The library's indicator with what counts in all its periods."""
    chain, _ = chain_of(indicator.framework, [indicator.pk])
    return chain.indicators[0]


@transaction.atomic
def save_report(
    actor: Actor,
    indicator: Indicator,
    period: str,
    measures: Measures,
    *,
    narrative: str = "",
    language: str = "en",
    evidence: Sequence[str] = (),
) -> Report:
    """Keep what was measured as a draft, in the place of an earlier draft.

    Args:
        measures: part to measure, '' for all.
        narrative: what is behind the figures, in `language`.
        evidence: 'entry:ID' or 'row:LINE/CYCLE/NUMBER' of a public road map.

    Raises:
        InputError: the period is closed, one was submitted, figures that cannot stand, evidence that is not there.
    """
    _reports(actor, indicator)
    _ensure_open(indicator, period)
    problems = [*faults(bare(indicator), measures), *_missing(evidence)]
    found = Report.objects.filter(indicator=indicator, period=period, state__in=OPEN).first()
    if found and found.state == Report.State.SUBMITTED:
        problems.append(handed_in(period))
    if problems:
        raise InputError(problems)
    report = found or Report(indicator=indicator, period=period)
    report.narrative, report.language, report.evidence = narrative.strip(), language, list(evidence)
    report.author = _user(actor)
    report.save()
    _keep(report, measures)
    write_record(actor, "report", report, named(report))
    return report


def bare(indicator: Indicator) -> LibraryIndicator:
    """The indicator with what decides whether a measure of it can be right."""
    return LibraryIndicator(
        indicator.code,
        "",
        "",
        Aggregation(indicator.aggregation),
        expected_parts=tuple(indicator.parts),
    )


def handed_in(period: str) -> Problem:
    """What is said where a report already waits for its approval."""
    return Problem(
        marked("a report of %(period)s waits for approval."),
        {"period": period},
        expected=marked("that it is withdrawn, approved or given back first."),
    )


def _missing(evidence: Sequence[str]) -> list[Problem]:
    problems = [
        Problem(
            marked("“%(said)s” shows nothing here."),
            {"said": item[:60]},
            column="evidence",
            expected=marked("entry:ID of an entry, or row:LINE/CYCLE/NUMBER of a public road map."),
        )
        for item in evidence
        if not _is_there(item)
    ]
    if len(evidence) > MOST_EVIDENCE:
        problems.append(
            Problem(
                marked("there are too many."),
                {"most": MOST_EVIDENCE},
                column="evidence",
                expected=marked("at most %(most)d."),
            )
        )
    return problems


def _is_there(item: str) -> bool:
    kind, _, name = item.partition(":")
    if kind == "entry":
        return entry_by_identifier(name) is not None
    if kind == "row":
        line, _, rest = name.partition("/")
        cycle, _, number = rest.partition("/")
        public = (found for found in road_maps_for(AnonymousUser(), line) if found.cycle == cycle)
        return any(row.number == number for found in public for row in activities(found))
    return False


def _keep(report: Report, measures: Measures) -> None:
    report.measures.all().delete()
    Measure.objects.bulk_create(rows_of(report, measures))


def rows_of(report: Report, measures: Measures) -> list[Measure]:
    """The rows that keep the measures of a report."""
    return [
        Measure(
            report=report,
            part=part,
            value=one.value if one.value is not None or not one.members else len(one.members),
            weight=one.weight,
            members=sorted(one.members),
        )
        for part, one in measures.items()
        if one.value is not None or one.members
    ]


def named(report: Report, **more: Any) -> dict[str, Any]:
    """How the trail names a report."""
    return {"name": f"{report.indicator.code} {report.period}", **more}


def _held(report: Report, *states: str) -> Report:
    """The report as it stands now.

    Raises:
        InputError: it is in another state, or its period is closed.
    """
    _ensure_open(report.indicator, report.period)
    found = Report.objects.select_for_update(of=("self",)).filter(pk=report.pk, state__in=states).first()
    if found is None:
        raise InputError([Problem(marked("somebody was faster: the report is no longer what you saw."))])
    found.indicator = report.indicator
    return found


def remarks_on(report: Report) -> list[Problem]:
    """What asks for an explanation in a report."""
    measures = {
        part: LibraryMeasure(row.value, row.weight, frozenset(row.members))
        for part, row in measure_rows(report).items()
    }
    return remarks(library_indicator(report.indicator), report.period, measures)


@transaction.atomic
def submit_report(actor: Actor, report: Report) -> None:
    """Hand a draft in for approval.

    Raises:
        InputError: the period is closed, it is no draft, or something strikes the eye and nothing is said about it.
    """
    _reports(actor, report.indicator)
    found = _held(report, Report.State.DRAFT)
    said = remarks_on(found)
    if said and not found.narrative:
        asked = Problem(
            marked("the figures ask for an explanation."),
            column="narrative",
            expected=marked("a word on what is behind them."),
        )
        raise InputError([asked, *said])
    found.state, found.submitted_at, found.remark = Report.State.SUBMITTED, timezone.now(), ""
    found.save(update_fields=["state", "submitted_at", "remark"])
    write_record(actor, "submit", found, named(found))


@transaction.atomic
def withdraw_report(actor: Actor, report: Report) -> None:
    """Take a submitted report back as a draft, or drop a draft.

    Raises:
        InputError: the period is closed, or it counts already.
    """
    _reports(actor, report.indicator)
    found = _held(report, *OPEN)
    if found.state == Report.State.SUBMITTED:
        found.state, found.submitted_at = Report.State.DRAFT, None
        found.save(update_fields=["state", "submitted_at"])
        write_record(actor, "withdraw", found, named(found))
        return
    number = found.pk
    found.delete()
    found.pk = number  # for the record of who did so
    write_record(actor, "delete", found, named(found))


@transaction.atomic
def approve_report(actor: Actor, report: Report) -> None:
    """Let a submitted report count, in the place of an earlier one of its period; the figures are made anew.

    Raises:
        InputError: the period is closed, or it was not submitted.
    """
    _approves(actor)
    found = _held(report, Report.State.SUBMITTED)
    _let_count(actor, [found])
    store_figures(found.indicator.framework, related(found.indicator))
    write_record(actor, "approve", found, named(found))


def _let_count(actor: Actor, reports: Sequence[Report]) -> None:
    now = timezone.now()
    for start in range(0, len(reports), BATCH):
        part = reports[start : start + BATCH]
        # What these take the place of: of the same indicators, in the same periods.
        keys = {(found.indicator_id, found.period) for found in part}
        earlier = Report.objects.filter(
            indicator__in={key for key, _ in keys}, state=Report.State.APPROVED
        ).values_list("pk", "indicator_id", "period")
        gone = [pk for pk, key, period in earlier if (key, period) in keys]
        Report.objects.filter(pk__in=gone).update(state=Report.State.REPLACED)
        for found in part:
            found.state, found.decided_at, found.decided_by = Report.State.APPROVED, now, _user(actor)
        Report.objects.bulk_update(part, ["state", "decided_at", "decided_by"])


@transaction.atomic
def return_report(actor: Actor, report: Report, remark: str) -> None:
    """Give a submitted report back with a word on why.

    Raises:
        InputError: the period is closed, it was not submitted, or nothing is said.
    """
    _approves(actor)
    if not remark.strip():
        raise InputError([Problem(marked("“%(key)s” is missing."), {"key": "remark"}, column="remark")])
    found = _held(report, Report.State.SUBMITTED)
    found.state, found.remark, found.submitted_at = Report.State.DRAFT, remark.strip()[:2000], None
    found.save(update_fields=["state", "remark", "submitted_at"])
    write_record(actor, "return", found, named(found))


def erase_person(user: User) -> None:
    """Forget who wrote or decided a report, closed a period or brought a plan; those stay, for they are organisations'."""
    Report.objects.filter(author=user).update(author=None)
    Report.objects.filter(decided_by=user).update(decided_by=None)
    Lock.objects.filter(locked_by=user).update(locked_by=None)
    Plan.objects.filter(added_by=user).update(added_by=None)


@transaction.atomic
def approve_all(actor: Actor, framework: Framework) -> int:
    """Let every submitted report of a framework count, but those of closed periods; returns how many."""
    _approves(actor)
    held = Framework.objects.select_for_update().get(pk=framework.pk)
    found = Report.objects.select_for_update(of=("self",)).filter(
        indicator__framework=held, state=Report.State.SUBMITTED
    )
    reports = list(
        found.exclude(period__in=held.locks.values("period")).select_related("indicator").order_by("pk")
    )
    if not reports:
        return 0
    _let_count(actor, reports)
    store_figures(held)
    write_records(actor, "approve", [(report, named(report)) for report in reports])
    return len(reports)
