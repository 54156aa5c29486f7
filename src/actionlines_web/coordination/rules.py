"""Who keeps what: a facilitator the own line, a member the answers of the own organisation, a coordinator all."""

import rules

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import is_coordinator, scopes
from actionlines_web.coordination.models import RoadMap
from actionlines_web.organisations.queries import organisations_of


@rules.predicate
def facilitates(actor: Actor, line: str | None) -> bool:
    """A facilitator of this line, of the line it belongs to (C7 for C7-HEA), or of every line."""
    held = scopes(actor, RoleGrant.Role.FACILITATOR)
    return line is not None and not {"", line, line.partition("-")[0]}.isdisjoint(held)


@rules.predicate
def sees(actor: Actor, road_map: RoadMap | None) -> bool:
    """Everybody sees a public road map, its keepers a draft."""
    if road_map is None:
        return False
    return (
        road_map.state == RoadMap.State.PUBLIC or is_coordinator(actor) or facilitates(actor, road_map.line)
    )


@rules.predicate
def belongs(actor: Actor, organisation: int | None) -> bool:
    """A member of the organisation (its number) that answers."""
    return organisation is not None and organisation in organisations_of(actor)


rules.add_perm("coordination.appoint", is_coordinator)
rules.add_perm("coordination.keep_line", is_coordinator | facilitates)
rules.add_perm("coordination.answer", is_coordinator | belongs)
rules.add_perm("coordination.load_asks", is_coordinator)
