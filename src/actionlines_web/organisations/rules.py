"""Who may do what with organisations."""

import rules

from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.rules import has_account, is_coordinator
from actionlines_web.organisations.models import Membership, Organisation
from actionlines_web.organisations.queries import organisations_of


@rules.predicate
def is_manager(actor: Actor, organisation: Organisation | None) -> bool:
    """A manager of this organisation."""
    return organisation is not None and organisation.pk in organisations_of(actor, Membership.Role.MANAGER)


@rules.predicate
def is_member(actor: Actor, organisation: Organisation | None) -> bool:
    """A member of this organisation, its managers among them."""
    return organisation is not None and organisation.pk in organisations_of(actor)


rules.add_perm("organisations.create_organisation", has_account)
rules.add_perm("organisations.manage_organisation", is_coordinator | is_manager)
rules.add_perm("organisations.see_members", is_coordinator | is_member)
rules.add_perm("organisations.merge_organisations", is_coordinator)
