"""Membership: asking, inviting, answering, managing, leaving. An organisation with a manager always keeps one."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import confirmed_addresses, user_with_address
from actionlines_web.audit.actions import write_record
from actionlines_web.organisations.models import Invitation, JoinRequest, Membership, Organisation
from actionlines_web.outbox.actions import page_address, queue_message

Role = Membership.Role


class LastManagerError(Exception):
    """It would leave the organisation without a manager."""


@transaction.atomic
def ask_to_join(actor: User, number: int, message: str = "") -> bool:
    """Ask an organisation's managers to take one in; they are told by mail. False for a member or who asked already.

    Where there is no manager, coordinators see the request on the organisation's page.
    """
    if not actor.has_perm("organisations.create_organisation"):
        raise PermissionDenied("only people with an account join organisations")
    organisation = _locked(number)
    if organisation.memberships.filter(user=actor).exists():
        return False
    _, made = JoinRequest.objects.get_or_create(
        organisation=organisation, user=actor, defaults={"message": message[:500]}
    )
    if not made:
        return False
    for membership in organisation.memberships.filter(role=Role.MANAGER).select_related("user"):
        address = page_address(membership.user, "organisations:organisation", number)
        values = {"organisation": organisation.name, "person": str(actor), "address": address}
        queue_message(actor, membership.user, "membership-request", values)
    write_record(actor, "ask to join", organisation)
    return True


@transaction.atomic
def answer_request(actor: User, number: int, request: int, *, accept: bool) -> None:
    """Take somebody in who asked, or not.

    Raises:
        PermissionDenied: the actor does not manage the organisation.
        JoinRequest.DoesNotExist: there is no such request to this organisation.
    """
    organisation = _managed(actor, number)
    found = organisation.requests.select_related("user").get(pk=request)
    found.delete()
    if accept:
        _take_in(organisation, found.user, Role.MEMBER)
        address = page_address(found.user, "organisations:organisation", number)
        values = {"organisation": organisation.name, "address": address}
        queue_message(actor, found.user, "membership-granted", values)
    write_record(
        actor, "accept member" if accept else "decline member", organisation, {"person": found.user_id}
    )


@transaction.atomic
def answer_requests(actor: User, number: int, requests: Iterable[int], *, accept: bool) -> int:
    """Answer several who asked, all or none; returns how many. A request that was answered meanwhile is left out.

    Raises:
        PermissionDenied: the actor does not manage the organisation.
    """
    organisation = _managed(actor, number)
    found = organisation.requests.filter(pk__in=set(requests)).order_by("pk").values_list("pk", flat=True)
    keys = list(found)
    for request in keys:
        answer_request(actor, number, request, accept=accept)
    return len(keys)


@transaction.atomic
def invite(actor: User, number: int, *, address: str, role: str = Role.MEMBER) -> Invitation | None:
    """Invite whoever reads mail at an address; None where that is a member already.

    The audit record does not name the address: the trail is never changed, and people may have themselves erased.
    """
    organisation = _managed(actor, number)
    wanted = address.strip().lower()
    reader = user_with_address(wanted)
    if reader is not None and organisation.memberships.filter(user=reader).exists():
        return None
    invitation, made = Invitation.objects.update_or_create(
        organisation=organisation, address=wanted, defaults={"role": Role(role), "invited_by": actor}
    )
    if made:
        values = {
            "organisation": organisation.name,
            "inviter": str(actor),
            "address": settings.SITE_ADDRESS + reverse("accounts:account"),
        }
        queue_message(actor, reader, "organisation-invitation", values, address=wanted)
    write_record(actor, "invite", organisation, {"role": role})
    return invitation


@transaction.atomic
def answer_invitation(actor: User, number: int, *, accept: bool) -> Organisation:
    """Accept or decline an invitation to one of one's own confirmed addresses.

    Raises:
        Invitation.DoesNotExist: there is no such invitation to the actor.
    """
    addresses = confirmed_addresses(actor)
    invitation = Invitation.objects.select_related("organisation").get(pk=number, address__in=addresses)
    organisation = _locked(invitation.organisation_id)
    if accept:
        _take_in(organisation, actor, invitation.role)
    invitation.delete()
    write_record(actor, "join" if accept else "decline", organisation)
    return organisation


@transaction.atomic
def withdraw_invitation(actor: User, number: int, invitation: int) -> None:
    """Take an invitation back."""
    organisation = _managed(actor, number)
    organisation.invitations.filter(pk=invitation).delete()
    write_record(actor, "withdraw invitation", organisation)


@transaction.atomic
def set_member_role(actor: User, number: int, person: int, role: str) -> None:
    """Make a member a manager, or a manager a member.

    Raises:
        LastManagerError: there would be no manager.
    """
    organisation = _managed(actor, number)
    membership = organisation.memberships.get(user_id=person)
    if membership.role == role:
        return
    if membership.role == Role.MANAGER:
        _keep_a_manager(organisation, person)
    membership.role = Role(role)
    membership.save(update_fields=["role"])
    write_record(actor, "change member", organisation, {"person": person, "role": role})


@transaction.atomic
def remove_member(actor: User, number: int, person: int) -> None:
    """Remove a member, or leave (`person` is the actor).

    Raises:
        PermissionDenied: it is somebody else and the actor does not manage the organisation.
        LastManagerError: the last manager must hand over first.
    """
    organisation = _locked(number) if person == actor.pk else _managed(actor, number)
    membership = organisation.memberships.get(user_id=person)
    if membership.role == Role.MANAGER:
        _keep_a_manager(organisation, person)
    membership.delete()
    write_record(actor, "leave" if person == actor.pk else "remove member", organisation, {"person": person})


def erase_member(user: User, addresses: Iterable[str]) -> None:
    """Take a person out of every organisation; part of erasing an account, in its transaction.

    Nobody can be kept from that, so an organisation may lose its last manager.
    """
    Membership.objects.filter(user=user).delete()
    JoinRequest.objects.filter(user=user).delete()
    Invitation.objects.filter(address__in={address.lower() for address in addresses}).delete()


def _take_in(organisation: Organisation, user: User, role: str) -> None:
    membership, made = Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role}
    )
    if not made and role == Role.MANAGER and membership.role != role:
        membership.role = role
        membership.save(update_fields=["role"])
    JoinRequest.objects.filter(organisation=organisation, user=user).delete()


def _keep_a_manager(organisation: Organisation, person: int) -> None:
    others = organisation.memberships.filter(role=Role.MANAGER).exclude(user_id=person)
    if not others.exists():
        raise LastManagerError(organisation.name)


def _locked(number: int) -> Organisation:
    """The organisation, its members kept from changing elsewhere meanwhile."""
    return Organisation.objects.select_for_update().get(pk=number)


def _managed(actor: User, number: int) -> Organisation:
    organisation = _locked(number)
    if not actor.has_perm("organisations.manage_organisation", organisation):
        raise PermissionDenied("only its managers and coordinators manage members")
    return organisation
