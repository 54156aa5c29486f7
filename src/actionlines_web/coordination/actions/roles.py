"""Roles on lines: entered, ended."""

from datetime import date

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.frameworks import catalogue
from actionlines.frameworks.roles import ROLES
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference as fields_that_differ
from actionlines_web.coordination.models import Appointment


@transaction.atomic
def appoint(
    actor: Actor,
    *,
    line: str,
    organisation: str,
    role: str,
    source: str,
    inside: str = "",
    start: date | None = None,
    end: date | None = None,
) -> Appointment:
    """Enter a role of an organisation on a line.

    Raises:
        InputError: no such line or role, no organisation or source, the end before the start.
    """
    if not rules.has_perm("coordination.appoint", actor):
        raise PermissionDenied("only for coordinators")
    problems = []
    if line not in catalogue().frameworks["wsis"]:
        problems.append(Problem(marked("“%(line)s” is not an action line."), {"line": line}, column="line"))
    if role not in ROLES:
        problems.append(Problem(marked("“%(value)s” is not known."), {"value": role}, column="role"))
    problems.extend(
        Problem(marked("“%(key)s” is missing."), {"key": name}, column=name)
        for name, value in (("organisation", organisation), ("source", source))
        if not value.strip()
    )
    if start and end and end < start:
        problems.append(
            Problem(
                marked("the role ends on %(end)s, before it starts on %(start)s."),
                {"start": start, "end": end},
                column="end",
                expected=marked("a later day."),
            )
        )
    if problems:
        raise InputError(problems)
    made = Appointment.objects.create(
        line=line,
        organisation=organisation.strip(),
        role=role,
        inside=inside.strip(),
        start=start,
        end=end,
        source=source.strip(),
    )
    write_record(actor, "appoint", made, {"line": line, "name": made.organisation, "role": role})
    return made


@transaction.atomic
def end_appointment(actor: Actor, number: int, day: date) -> Appointment:
    """Let a role end on a day; the history keeps it.

    Raises:
        InputError: the day lies before its start.
    """
    if not rules.has_perm("coordination.appoint", actor):
        raise PermissionDenied("only for coordinators")
    found = Appointment.objects.select_for_update().get(pk=number)
    if found.start and day < found.start:
        told = {"start": found.start, "end": day}
        raise InputError([Problem(marked("the role ends on %(end)s, before it starts on %(start)s."), told)])
    before, found.end = found.end, day
    found.save(update_fields=["end"])
    write_record(actor, "end role", found, {"changes": fields_that_differ({"end": before}, {"end": day})})
    return found
