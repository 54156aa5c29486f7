"""Two names for one organisation become one organisation; entries that stand under the wrong one move."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.audit.actions import write_record
from actionlines_web.organisations.models import Alias, Membership, Organisation
from actionlines_web.results.actions.moving import move_results
from actionlines_web.stocktaking.actions.moving import move_entries, move_submissions
from actionlines_web.stocktaking.queries.belongings import Belongings, belongings_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would move: entries and submissions, members, and the names that will lead to `target`."""

    source: Organisation
    target: Organisation
    belongings: Belongings
    members: int
    names: Sequence[str]


def plan_merge(actor: Actor, source: int, target: int) -> Plan:
    """What `merge_organisations` would do; changes nothing.

    Raises:
        PermissionDenied: the actor is no coordinator.
        Organisation.DoesNotExist: there is no such organisation.
        InputError: it is one and the same.
    """
    _may_merge(actor)
    leaving, staying = _pair(source, target)
    members = leaving.memberships.exclude(user__in=staying.memberships.values("user"))
    names = [leaving.name, *leaving.aliases.values_list("name", flat=True)]
    return Plan(leaving, staying, belongings_of(leaving.pk), members.count(), names)


@transaction.atomic
def merge_organisations(actor: Actor, source: int, target: int) -> Plan:
    """Move all that `source` has to `target`, remember its names, and delete it.

    A person who belongs to both keeps the higher role. Raises as `plan_merge` does.
    """
    plan = plan_merge(actor, source, target)
    _locked(source, target)
    leaving, staying = plan.source, plan.target
    staying.stakeholder_type = staying.stakeholder_type or leaving.stakeholder_type
    staying.country = staying.country or leaving.country
    staying.save(update_fields=["stakeholder_type", "country"])
    move_entries(actor, leaving.pk, staying.pk)
    move_submissions(leaving.pk, staying.pk)
    move_results(leaving.pk, staying.pk)
    _move_people(leaving, staying)
    leaving.aliases.update(organisation=staying)
    detail = {"into": staying.pk, "names": list(plan.names), "entries": plan.belongings.entries}
    write_record(actor, "merge", leaving, detail)
    name, folded = leaving.name, leaving.folded_name
    number = leaving.pk
    leaving.delete()
    Alias.objects.create(organisation=staying, name=name, folded_name=folded)
    write_record(actor, "take over", staying, {"from": number, "names": list(plan.names)})
    return plan


@transaction.atomic
def transfer_entries(actor: Actor, source: int, target: int, identifiers: Sequence[str] | None = None) -> int:
    """Move entries (all, or those named) from one organisation to another; returns how many.

    Raises:
        PermissionDenied, Organisation.DoesNotExist: as `plan_merge`.
        InputError: an identifier is none of `source`'s entries; all such are named.
    """
    _may_merge(actor)
    leaving, staying = _pair(source, target)
    _locked(source, target)
    if identifiers is not None:
        unknown = sorted(set(identifiers) - set(belongings_of(leaving.pk).among(identifiers)))
        if unknown:
            said = marked("“%(identifier)s” is no entry of this organisation.")
            raise InputError([Problem(said, {"identifier": item}, column="entries") for item in unknown])
    moved = move_entries(actor, leaving.pk, staying.pk, identifiers)
    if moved:
        write_record(actor, "transfer entries", leaving, {"into": staying.pk, "entries": moved})
    return moved


def _move_people(leaving: Organisation, staying: Organisation) -> None:
    known = {membership.user_id: membership for membership in staying.memberships.all()}
    for membership in leaving.memberships.all():
        there = known.get(membership.user_id)
        if there is None:
            membership.organisation = staying
            membership.save(update_fields=["organisation"])
        elif membership.role == Membership.Role.MANAGER and there.role != membership.role:
            there.role = membership.role
            there.save(update_fields=["role"])
    leaving.invitations.exclude(address__in=staying.invitations.values("address")).update(
        organisation=staying
    )
    belonging = staying.memberships.values("user")
    waiting = leaving.requests.exclude(user__in=belonging).exclude(user__in=staying.requests.values("user"))
    waiting.update(organisation=staying)


def _pair(source: int, target: int) -> tuple[Organisation, Organisation]:
    if source == target:
        raise InputError([Problem(marked("these are one and the same organisation."), column="target")])
    return Organisation.objects.get(pk=source), Organisation.objects.get(pk=target)


def _locked(*numbers: int) -> None:
    """Both rows in one order, so that two merges cannot lock each other out."""
    list(Organisation.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


def _may_merge(actor: Actor) -> None:
    if not isinstance(actor, System) and not actor.has_perm("organisations.merge_organisations"):
        raise PermissionDenied("only coordinators merge organisations and move entries")
