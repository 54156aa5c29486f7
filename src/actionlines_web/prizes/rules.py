"""Who may do what with the prizes."""

import rules
from django.core.exceptions import PermissionDenied

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import has_account, is_coordinator
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.prizes.models import Assignment, Edition, Project, Reviewer

rules.add_perm("prizes.run_edition", is_coordinator)
rules.add_perm("prizes.decide_ballots", is_coordinator)


@rules.predicate
def is_reviewer(actor: Actor, edition: Edition | None) -> bool:
    """Whoever was asked to judge projects of this edition."""
    if edition is None or not isinstance(actor, User) or not actor.is_active:
        return False
    return Reviewer.objects.filter(edition=edition, user_id=actor.pk).exists()


rules.add_perm("prizes.review_projects", is_reviewer)
rules.add_perm("prizes.submit_project", has_account)
rules.add_perm("prizes.vote", has_account)


def may_run(actor: Actor) -> bool:
    """Coordinators, administrators, the command line."""
    return is_coordinator(actor)


def owns(actor: Actor, project: Project) -> bool:
    """Who submits it, and the members of its organisation."""
    if isinstance(actor, System) or not actor.is_authenticated or not actor.is_active:
        return False
    return project.submitter_id == actor.pk or project.organisation_id in organisations_of(actor)


def judges(actor: Actor, project: Project) -> bool:
    """A reviewer to whom the project was given."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return False
    return Assignment.objects.filter(project=project, reviewer__user_id=actor.pk).exists()


def ensure(allowed: bool, why: str) -> None:
    """Go on if it is allowed.

    Raises:
        PermissionDenied: it is not.
    """
    if not allowed:
        raise PermissionDenied(why)
