"""Reports held for a change: their row is locked, and whether the actor may is asked."""

from django.core.exceptions import PermissionDenied

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.publishing.models import Part, Report
from actionlines_web.publishing.rules import is_coordinator, keeps, may_write_part


def kept(actor: Actor, report: Report, *states: str) -> Report:
    """The report, locked, for who keeps it.

    Raises:
        PermissionDenied: the actor does not keep it.
        InputError: it stands in none of the states.
    """
    found = Report.objects.select_for_update().get(pk=report.pk)
    if not keeps(actor, found):
        raise PermissionDenied("only for whoever keeps the report")
    check_state(found, *states)
    return found


def approvable(actor: Actor, report: Report, *states: str) -> Report:
    """The report, locked, for coordinators; raises as `kept` does."""
    if not is_coordinator(actor):
        raise PermissionDenied("only for coordinators")
    found = Report.objects.select_for_update().get(pk=report.pk)
    check_state(found, *states)
    return found


def writable(actor: Actor, part: Part) -> Part:
    """The part, its report locked, for who writes in it; raises as `kept` does."""
    report = Report.objects.select_for_update().get(pk=part.report_id)
    found = Part.objects.select_for_update().get(pk=part.pk)
    found.report = report
    if not isinstance(actor, System) and not may_write_part(actor, found):
        raise PermissionDenied("only for whoever keeps the report or writes this part")
    check_state(report, Report.State.WRITING)
    return found


def check_state(report: Report, *states: str) -> None:
    """InputError where the report stands in none of the states."""
    if report.state not in states:
        raise InputError(
            [
                Problem(
                    marked("the report stands as “%(state)s”."),
                    {"state": report.State(report.state).label},
                    expected=marked("that it is taken up again first."),
                )
            ]
        )
