"""Entering and changing an organisation."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.audit.chain import difference
from actionlines_web.organisations.actions.naming import folded_name
from actionlines_web.organisations.models import Alias, Membership, Organisation
from actionlines_web.stocktaking.actions.moving import retype_entries


@transaction.atomic
def create_organisation(actor: User, *, name: str, stakeholder_type: str, country: str) -> Organisation:
    """Enter an organisation; whoever does becomes its manager.

    Raises:
        PermissionDenied: the actor has no account.
        InputError: there is one of this name.
    """
    if not actor.has_perm("organisations.create_organisation"):
        raise PermissionDenied("only people with an account enter organisations")
    folded = _free(name)
    made = Organisation.objects.create(
        name=name.strip(), folded_name=folded, stakeholder_type=stakeholder_type, country=country
    )
    Membership.objects.create(organisation=made, user=actor, role=Membership.Role.MANAGER)
    write_record(actor, "create", made, {"title": made.name})
    return made


@transaction.atomic
def change_organisation(
    actor: Actor, number: int, *, name: str, stakeholder_type: str, country: str
) -> Organisation:
    """Change name, type and country; the old name stays known, and the entries take the new type over.

    Raises:
        PermissionDenied: the actor does not manage it.
        InputError: another organisation has this name.
    """
    organisation = Organisation.objects.select_for_update().get(pk=number)
    _may_manage(actor, organisation)
    folded = _free(name, organisation)
    before = _facts(organisation)
    if folded != organisation.folded_name:
        organisation.aliases.filter(folded_name=folded).delete()
        Alias.objects.create(
            organisation=organisation, name=organisation.name, folded_name=organisation.folded_name
        )
    organisation.name, organisation.folded_name = name.strip(), folded
    organisation.stakeholder_type, organisation.country = stakeholder_type, country
    changes = difference(before, _facts(organisation))
    if not changes:
        return organisation
    organisation.save()
    if "stakeholder_type" in changes or "name" in changes:
        retype_entries(actor, organisation.pk)
    write_record(actor, "change", organisation, {"changes": changes})
    return organisation


def _facts(organisation: Organisation) -> dict[str, str]:
    return {
        "name": organisation.name,
        "stakeholder_type": organisation.stakeholder_type,
        "country": organisation.country,
    }


def _free(name: str, mine: Organisation | None = None) -> str:
    """The folded form of a name nobody else has."""
    folded = folded_name(name)
    others = Organisation.objects.filter(folded_name=folded)
    aliases = Alias.objects.filter(folded_name=folded)
    if mine is not None:
        others, aliases = others.exclude(pk=mine.pk), aliases.exclude(organisation=mine)
    taken = not folded or others.exists() or aliases.exists()
    if taken:
        said = (
            marked("there is an organisation called “%(name)s” already.")
            if folded
            else marked("a name is needed.")
        )
        raise InputError([Problem(said, {"name": name}, column="name")])
    return folded


def _may_manage(actor: Actor, organisation: Organisation) -> None:
    if not isinstance(actor, System) and not actor.has_perm(
        "organisations.manage_organisation", organisation
    ):
        raise PermissionDenied("only its managers and coordinators change an organisation")
