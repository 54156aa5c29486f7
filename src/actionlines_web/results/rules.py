"""Who does what with results: an organisation reports for its own, a coordinator approves and keeps the frameworks."""

import rules

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.organisations.queries import organisations_of
from actionlines_web.results.models import Framework, Plan


@rules.predicate
def sees_framework(actor: Actor, framework: Framework | None) -> bool:
    """Everybody sees a public framework, coordinators a draft."""
    return framework is not None and (framework.state == Framework.State.PUBLIC or is_coordinator(actor))


@rules.predicate
def belongs(actor: Actor, organisation: int | None) -> bool:
    """A member of the organisation (its number)."""
    return organisation is not None and organisation in organisations_of(actor)


@rules.predicate
def sees_plan(actor: Actor, plan: Plan | None) -> bool:
    """Everybody sees a public plan, the members of the organisation that brought it and coordinators a private one."""
    return plan is not None and (
        plan.public or is_coordinator(actor) or plan.organisation_id in organisations_of(actor)
    )


rules.add_perm("results.report", is_coordinator | belongs)
rules.add_perm("results.approve", is_coordinator)
rules.add_perm("results.keep_framework", is_coordinator)
rules.add_perm("results.add_plan", is_coordinator | belongs)
