"""Who holds which role. Other apps build their permissions from these predicates."""

import rules

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant


def holds(actor: Actor, *roles: str) -> bool:
    """Whether the actor holds one of the roles."""
    if isinstance(actor, System):
        return True
    if not actor.is_authenticated or not actor.is_active:
        return False
    return RoleGrant.objects.filter(user_id=actor.pk, role__in=roles).exists()


@rules.predicate
def is_coordinator(actor: Actor) -> bool:
    """Coordinators and administrators."""
    return holds(actor, RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR)
