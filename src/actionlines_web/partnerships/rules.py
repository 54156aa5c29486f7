"""Who proposes, and who sees what: contacts and introductions are for the two sides."""

import rules

from actionlines.results.partnerships import NEED, OFFER
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.partnerships.models import Introduction, Proposal


@rules.predicate
def belongs(actor: Actor, organisation: int | None) -> bool:
    """A member of the organisation (its number) that proposes."""
    return organisation is not None and organisation in organisations_of(actor)


def sees_proposal(actor: Actor, proposal: Proposal) -> bool:
    """Open ones are for everybody; drafts and closed ones for their organisation, closed ones for coordinators too."""
    if proposal.state == Proposal.State.PUBLIC or belongs(actor, proposal.organisation_id):
        return True
    return proposal.state == Proposal.State.CLOSED and is_coordinator(actor)


def sides_of(actor: Actor, introduction: Introduction) -> frozenset[str]:
    """For which sides of an introduction the actor acts."""
    mine = organisations_of(actor)
    found = {NEED} if introduction.need.organisation_id in mine else set()
    return frozenset(found | ({OFFER} if introduction.offer.organisation_id in mine else set()))


def sees_introduction(actor: Actor, introduction: Introduction) -> bool:
    """The two sides; coordinators see that it is there and how far it is, no contact."""
    return bool(sides_of(actor, introduction)) or is_coordinator(actor)


rules.add_perm("partnerships.propose", belongs)
rules.add_perm("partnerships.oversee", is_coordinator)
