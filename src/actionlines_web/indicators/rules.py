"""Who may bring statistics in, answer for them, and sign them off."""

import rules
from django.core.exceptions import PermissionDenied

from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.rules import holds, is_coordinator, scopes
from actionlines_web.indicators.models import ObservationBatch, Questionnaire


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


def decides_on(actor: Actor, batch: ObservationBatch) -> bool:
    """Whether the actor says how a staged file is read, or gives it up: who brought it, or answers for all of it."""
    if isinstance(actor, System) or not actor.has_perm("indicators.import_observations"):
        return False
    economies = {row[1] for row in batch.rows}
    theirs = bool(economies) and all(reports_for(actor, economy) for economy in economies)
    return is_coordinator(actor) or batch.uploaded_by_id == actor.pk or theirs


def may_import(actor: Actor) -> None:
    """Ask whether the actor brings statistics in at all.

    Raises:
        PermissionDenied: not.
    """
    if isinstance(actor, System) or not actor.has_perm("indicators.import_observations"):
        raise PermissionDenied("only statisticians bring observations in")


def may_decide(actor: Actor, batch: ObservationBatch) -> None:
    """Ask whether the actor decides on a file.

    Raises:
        PermissionDenied: not.
    """
    if not decides_on(actor, batch):
        raise PermissionDenied("only who brought the file, or answers for all of it")


def answers(actor: Actor, questionnaire: Questionnaire) -> bool:
    """Whether the actor answers a questionnaire: whoever reports for its economy, and those it was shared with."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return False
    return reports_for(actor, questionnaire.economy) or questionnaire.respondents.filter(pk=actor.pk).exists()
