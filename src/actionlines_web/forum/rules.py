"""Who may do what with the Forum: a coordinator all, organisers their sessions, facilitators see those of their lines."""

import rules
from django.core.exceptions import PermissionDenied

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import has_account, is_coordinator, scopes
from actionlines_web.forum.models import Contribution, Organiser, Session, SessionLink
from actionlines_web.organisations.queries import organisations_of


def owns(actor: Actor, session: Session) -> bool:
    """Who asked for the session, and the members of the organisations that hold it."""
    if isinstance(actor, System) or not actor.is_authenticated or not actor.is_active:
        return False
    if session.submitter_id == actor.pk:
        return True
    mine = organisations_of(actor)
    return bool(mine) and Organiser.objects.filter(session=session, organisation_id__in=mine).exists()


@rules.predicate
def keeps_session(actor: Actor, session: Session | None) -> bool:
    """Whoever owns the session."""
    return session is not None and owns(actor, session)


@rules.predicate
def facilitates_session(actor: Actor, session: Session | None) -> bool:
    """A facilitator of one of its action lines, once it was sent in."""
    if session is None or session.state == Session.State.DRAFT:
        return False
    held = scopes(actor, RoleGrant.Role.FACILITATOR)
    if not held:
        return False
    lines = SessionLink.objects.filter(session=session, framework="wsis").exclude(
        state=SessionLink.State.REFUSED
    )
    return any(
        not {"", line, line.partition("-")[0]}.isdisjoint(held)
        for line in lines.values_list("node", flat=True)
    )


rules.add_perm("forum.run_edition", is_coordinator)
rules.add_perm("forum.request_session", has_account)
rules.add_perm("forum.keep_session", is_coordinator | keeps_session)
rules.add_perm("forum.see_session", is_coordinator | keeps_session | facilitates_session)
rules.add_perm("forum.contribute", has_account)


def may_run(actor: Actor) -> bool:
    """Coordinators, administrators, the command line."""
    return is_coordinator(actor)


def may_keep(actor: Actor, session: Session) -> bool:
    """Its organisers, and coordinators."""
    return may_run(actor) or owns(actor, session)


def wrote(actor: Actor, contribution: Contribution) -> bool:
    """Who wrote the contribution, and the members of its organisation."""
    if isinstance(actor, System) or not actor.is_authenticated or not actor.is_active:
        return False
    return contribution.author_id == actor.pk or contribution.organisation_id in organisations_of(actor)


def ensure(allowed: bool, why: str) -> None:
    """Go on if it is allowed.

    Raises:
        PermissionDenied: it is not.
    """
    if not allowed:
        raise PermissionDenied(why)
