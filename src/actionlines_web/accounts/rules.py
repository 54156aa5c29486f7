"""Who holds which role. Other apps build their permissions from these predicates."""

from collections.abc import Iterable

import rules
from django.conf import settings

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.queries import has_second_factor


def holds(actor: Actor, *roles: str) -> bool:
    """Whether the actor holds one of the roles, in whatever scope.

    On a site that asks for it (FACTOR_FOR_ROLES) a role waits until its holder has a second factor, which signing in asks
    for from then on.
    """
    if isinstance(actor, System):
        return True
    if not isinstance(actor, User) or not actor.is_active:
        return False
    if actor.supposed is not None:
        return any(role in roles for role, _ in actor.supposed)
    if settings.FACTOR_FOR_ROLES and not has_second_factor(actor):
        return False
    return RoleGrant.objects.filter(user_id=actor.pk, role__in=roles).exists()


def moderates(actor: Actor, region: str, lines: Iterable[str]) -> bool:
    """Whether the actor moderates what stands in this region or on one of these lines.

    Coordinators and administrators moderate everything; so does a moderator without a scope.
    """
    if holds(actor, RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR):
        return True
    return not {"", region, *lines}.isdisjoint(scopes(actor, RoleGrant.Role.MODERATOR))


def scopes(actor: Actor, role: str) -> set[str]:
    """The scopes in which the actor holds the role: '' for everywhere; none for somebody without it."""
    if isinstance(actor, System):
        return {""}
    if not isinstance(actor, User) or not holds(actor, role):
        return set()
    if actor.supposed is not None:
        return {scope for held, scope in actor.supposed if held == role}
    return set(RoleGrant.objects.filter(user_id=actor.pk, role=role).values_list("scope", flat=True))


@rules.predicate
def is_coordinator(actor: Actor) -> bool:
    """Coordinators and administrators."""
    return holds(actor, RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR)


@rules.predicate
def is_administrator(actor: Actor) -> bool:
    """Administrators alone."""
    return holds(actor, RoleGrant.Role.ADMINISTRATOR)


@rules.predicate
def has_account(actor: Actor) -> bool:
    """Whoever is signed in; nobody signs in without a confirmed address."""
    return isinstance(actor, System) or (isinstance(actor, User) and actor.is_active)


rules.add_perm("accounts.grant_roles", is_administrator)
rules.add_perm("accounts.view_as", is_administrator)
