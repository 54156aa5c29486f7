"""Who keeps events: coordinators everywhere, moderators those of their region."""

import rules

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.rules import moderates
from actionlines_web.events.models import Event


@rules.predicate
def keeps_region(actor: Actor, region: str | None) -> bool:
    """A moderator of this region or of all; events of all regions are kept by who moderates everywhere."""
    # Without a region to ask about, only those who may everywhere may.
    return moderates(actor, region if region else "*", [])


def sees_event(actor: Actor, event: Event) -> bool:
    """Everybody sees what is announced or cancelled, its keepers a draft."""
    return event.state != Event.State.DRAFT or keeps_region(actor, event.region)


rules.add_perm("events.keep_events", keeps_region)
