"""Who may start a report, keep it, write in it, see it, approve it."""

import rules

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.rules import holds, is_coordinator
from actionlines_web.publishing.models import Part, Report


@rules.predicate
def is_facilitator(actor: Actor) -> bool:
    """A facilitator of any line."""
    return holds(actor, RoleGrant.Role.FACILITATOR)


@rules.predicate
def owns(actor: Actor, report: Report | None) -> bool:
    """Whoever began it."""
    return report is not None and isinstance(actor, User) and report.owner_id == actor.pk


@rules.predicate
def writes(actor: Actor, report: Report | None) -> bool:
    """Whoever a part of it was given to."""
    if report is None or not isinstance(actor, User):
        return False
    return Part.objects.filter(report=report, assignee=actor).exists()


@rules.predicate
def may_write_part(actor: Actor, part: Part | None) -> bool:
    """Who keeps the report, and whoever the part was given to."""
    if part is None:
        return is_coordinator(actor)
    return keeps(actor, part.report) or (isinstance(actor, User) and part.assignee_id == actor.pk)


keeps = is_coordinator | owns

rules.add_perm("publishing.start_report", is_coordinator | is_facilitator)
rules.add_perm("publishing.keep_report", keeps)
rules.add_perm("publishing.see_report", keeps | writes)
rules.add_perm("publishing.write_part", may_write_part)
rules.add_perm("publishing.approve_report", is_coordinator)
