"""Who may do what with entries and with what is on its way to become one."""

import rules

from actionlines.stocktaking.workflow import MODERATOR, OWNER
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import holds, is_coordinator, moderates
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.stocktaking.models import Entry, Submission

# Published entries are open to everybody; bringing in a file of entries is a coordinator's work.
rules.add_perm("stocktaking.import_entries", is_coordinator)


@rules.predicate
def is_moderator(actor: Actor) -> bool:
    """Whoever moderates anything: moderators of whatever scope, coordinators and administrators."""
    roles = RoleGrant.Role
    return holds(actor, roles.MODERATOR, roles.COORDINATOR, roles.ADMINISTRATOR)


rules.add_perm("stocktaking.see_queue", is_moderator)
rules.add_perm("stocktaking.review_links", is_moderator)
rules.add_perm("stocktaking.export_decisions", is_coordinator)
rules.add_perm("stocktaking.change_replies", is_coordinator)


def may_review(actor: Actor, entry: Entry) -> bool:
    """Moderators of the entry's region or of a line that it is, may be or was linked with."""
    lines = {link.node for link in entry.links.all() if link.framework == "wsis"}
    decided = entry.link_decisions.filter(framework="wsis").values_list("node", flat=True)
    return moderates(actor, entry.region, lines.union(decided))


def may_submit(actor: Actor) -> bool:
    """Everybody who has signed in: an account is only active with a verified address."""
    return not isinstance(actor, System) and actor.is_authenticated and actor.is_active


def owns(actor: Actor, submission: Submission) -> bool:
    """Its submitter, the members of its organisation and, for a change, whoever owns the entry."""
    if isinstance(actor, System) or not may_submit(actor):
        return False
    if submission.submitter_id == actor.pk or submission.organisation_id in organisations_of(actor):
        return True
    return submission.entry is not None and owns_entry(actor, submission.entry)


def owns_entry(actor: Actor, entry: Entry) -> bool:
    """The members of its organisation, and whoever submitted it."""
    if isinstance(actor, System) or not may_submit(actor):
        return False
    if entry.organisation_id in organisations_of(actor):
        return True
    published = Submission.objects.filter(entry=entry, base={}, state=Submission.State.PUBLISHED)
    return published.filter(submitter_id=actor.pk).exists()


def moderates_submission(actor: Actor, submission: Submission) -> bool:
    """Moderators of its region or of one of its lines; for a change also of where the entry stands now.

    What was never sent is its owners' alone.
    """
    if submission.submitted_at is None:
        return False
    entry = submission.entry
    return moderates(actor, submission.region, submission.lines) or (
        entry is not None and moderates_entry(actor, entry)
    )


def moderates_entry(actor: Actor, entry: Entry) -> bool:
    """Moderators of its region or of one of its declared lines."""
    lines = [link.node for link in entry.links.all() if link.framework == "wsis" and link.basis == "declared"]
    return moderates(actor, entry.region, lines)


def may_tend(actor: Actor, entry: Entry) -> bool:
    """Who translates an entry and knows whom to ask about it: its owners, its moderators, the command line."""
    return isinstance(actor, System) or owns_entry(actor, entry) or moderates_entry(actor, entry)


def may_change(actor: Actor, entry: Entry) -> bool:
    """Who proposes a change of an entry: its owners and its moderators, who are people."""
    return may_submit(actor) and (owns_entry(actor, entry) or moderates_entry(actor, entry))


def parts_of(actor: Actor, submission: Submission) -> frozenset[str]:
    """The parts of the workflow the actor has in this submission: OWNER, MODERATOR, both or none."""
    parts = set()
    if owns(actor, submission):
        parts.add(OWNER)
    if moderates_submission(actor, submission):
        parts.add(MODERATOR)
    return frozenset(parts)


def may_publish(actor: Actor, submission: Submission) -> bool:
    """A moderator, but nobody their own work; coordinators and administrators answer for theirs."""
    parts = parts_of(actor, submission)
    return MODERATOR in parts and (OWNER not in parts or is_coordinator(actor))
