"""Who runs meetings, who contributes, who reads what."""

import rules

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.meetings.models import Contribution, Meeting
from actionlines_web.organisations.queries import organisations_of


@rules.predicate
def belongs(actor: Actor, organisation: int | None) -> bool:
    """A member of the organisation (its number) that contributes."""
    return organisation is not None and organisation in organisations_of(actor)


def reads_restricted(actor: Actor) -> bool:
    """Restricted documents are for coordinators and for whoever acts for an organisation of the register."""
    return is_coordinator(actor) or bool(organisations_of(actor))


def owns(actor: Actor, contribution: Contribution) -> bool:
    """Whoever acts for the organisation that contributes."""
    return not isinstance(actor, System) and contribution.organisation_id in organisations_of(actor)


def sees_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Everybody sees a public meeting, coordinators a draft."""
    return meeting.public or is_coordinator(actor)


def sees(actor: Actor, contribution: Contribution) -> bool:
    """Drafts and withdrawn documents are for their organisation; submitted ones for everybody, restricted ones not."""
    if owns(actor, contribution):
        return True
    if contribution.state == Contribution.State.DRAFT or not sees_meeting(actor, contribution.meeting):
        return False
    if contribution.state == Contribution.State.WITHDRAWN:
        return is_coordinator(actor)
    return not contribution.restricted or reads_restricted(actor)


rules.add_perm("meetings.run_meetings", is_coordinator)
rules.add_perm("meetings.contribute", belongs)
