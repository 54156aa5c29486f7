"""Who may bring statistics in, answer for them, and sign them off."""

import rules

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import holds, is_coordinator, scopes
from actionlines_web.indicators.models import Questionnaire


@rules.predicate
def is_statistician(actor: Actor) -> bool:
    """Statisticians of whatever economy, coordinators and administrators."""
    roles = RoleGrant.Role
    return holds(actor, roles.STATISTICIAN, roles.COORDINATOR, roles.ADMINISTRATOR)


rules.add_perm("indicators.import_observations", is_statistician)
rules.add_perm("indicators.sign_off", is_coordinator)
rules.add_perm("indicators.ask", is_coordinator)


def reports_for(actor: Actor, economy: str) -> bool:
    """Whether the actor answers for the figures of an economy: a coordinator, or a statistician of it or of all."""
    return is_coordinator(actor) or not {"", economy}.isdisjoint(scopes(actor, RoleGrant.Role.STATISTICIAN))


def answers(actor: Actor, questionnaire: Questionnaire) -> bool:
    """Whether the actor answers a questionnaire: whoever reports for its economy, and those it was shared with."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return False
    return reports_for(actor, questionnaire.economy) or questionnaire.respondents.filter(pk=actor.pk).exists()
