"""Who may have webhooks: coordinators, and whoever owns a token of the API that holds."""

import rules

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.api.queries import owns_valid_token
from actionlines_web.webhooks.models import Subscription


@rules.predicate
def has_token(actor: Actor) -> bool:
    """Owners of a token that holds."""
    if isinstance(actor, System) or not actor.is_authenticated or not actor.is_active:
        return False
    return owns_valid_token(actor.pk)


@rules.predicate
def owns(actor: Actor, subscription: Subscription | None) -> bool:
    """Whose subscription it is."""
    return subscription is not None and subscription.owner_id == actor.pk  # type: ignore[union-attr]


rules.add_perm("webhooks.subscribe", is_coordinator | has_token)
rules.add_perm("webhooks.manage_subscription", owns | is_coordinator)
