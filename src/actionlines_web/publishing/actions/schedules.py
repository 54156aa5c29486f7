"""Reports that begin anew by themselves."""

import calendar
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.publishing.actions.drafts import Asked, checked, start_report
from actionlines_web.publishing.models import Schedule
from actionlines_web.publishing.rules import is_coordinator

_MONTHS = {Schedule.Every.MONTH: 1, Schedule.Every.QUARTER: 3, Schedule.Every.YEAR: 12}


@transaction.atomic
def schedule_report(actor: Actor, asked: Asked, every: str, first: date) -> Schedule:
    """Let a report begin on a day and again after every period; whoever scheduled it is told when each is counted.

    Raises:
        PermissionDenied: the actor is no coordinator.
        InputError: what cannot be used, an unknown period, a day that is over.
    """
    if not is_coordinator(actor):
        raise PermissionDenied("only for coordinators")
    if every not in Schedule.Every.values:
        raise InputError([Problem(marked("“%(value)s” is not known."), {"value": every}, column="every")])
    if first < timezone.now().date():
        raise InputError(
            [
                Problem(
                    marked("“%(said)s” cannot stand here."),
                    {"said": first},
                    column="first_on",
                    expected=marked("a day that is not over."),
                )
            ]
        )
    owner = actor if isinstance(actor, User) else None
    made = Schedule.objects.create(**checked(asked), every=every, first_on=first, next_on=first, owner=owner)
    write_record(actor, "create", made, {"kind": made.kind})
    return made


@transaction.atomic
def set_schedule(actor: Actor, number: int, do: str) -> None:
    """Pause ('pause'), resume ('resume') or delete ('delete') a schedule; Schedule.DoesNotExist where there is none.

    A schedule that was paused for long begins one report when it is resumed, not one for each period that passed.
    """
    if not is_coordinator(actor):
        raise PermissionDenied("only for coordinators")
    found = Schedule.objects.select_for_update().get(pk=number)
    if do == "delete":
        found.delete()
        found.pk = number  # for the record of who did so
    else:
        found.paused = do == "pause"
        found.save(update_fields=["paused"])
    write_record(actor, do, found)


def make_scheduled(today: date | None = None) -> int:
    """Start the reports whose day has come; returns how many. Each is one transaction with the note of the next day."""
    day = today or timezone.now().date()
    due = Schedule.objects.filter(paused=False, next_on__lte=day).order_by("pk")
    return sum(_start(number, day) for number in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _start(number: int, day: date) -> int:
    found = (
        Schedule.objects.select_for_update(of=("self",))
        .filter(pk=number, paused=False, next_on__lte=day)
        .first()
    )
    if found is None:  # changed, deleted or begun meanwhile
        return 0
    title = f"{found.title}, {found.next_on.isoformat()}"
    asked = Asked(title, found.kind, found.languages, found.params, found.recipients)
    start_report(System("schedule"), asked, schedule=found)
    while found.next_on <= day:
        found.next_on = next_day(found.first_on, found.next_on, _MONTHS[Schedule.Every(found.every)])
    found.save(update_fields=["next_on"])
    return 1


def next_day(first: date, after: date, months: int) -> date:
    """The next day of a row of days so many months apart, after one of them; the last of a month that is too short."""
    passed = (after.year - first.year) * 12 + after.month - first.month + months
    year, month = divmod(first.year * 12 + first.month - 1 + passed, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
