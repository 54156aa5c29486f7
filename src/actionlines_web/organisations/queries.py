"""Reads of organisations."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from actionlines.text import fold
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.organisations.models import (
    Alias,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    StakeholderType,
)

PAGE_SIZE = 50


def stakeholder_labels() -> dict[str, str]:
    """Stakeholder type to its label in the reader's language."""
    return {value: str(label) for value, label in StakeholderType.choices}


def names_like(text: str, limit: int = 10) -> list[str]:
    """Names of organisations that contain `text`."""
    return list(
        Organisation.objects.filter(name__icontains=text)
        .order_by("name")
        .values_list("name", flat=True)[:limit]
    )


def names_of(numbers: Iterable[int]) -> list[tuple[int, str]]:
    """Keys and names of organisations, by name."""
    return list(
        Organisation.objects.filter(pk__in=list(numbers)).order_by("folded_name").values_list("pk", "name")
    )


def organisations_named(name: str) -> list[int]:
    """The keys of the organisations with exactly this name."""
    return list(Organisation.objects.filter(name=name).values_list("pk", flat=True))


def organisations_of(actor: Actor, *roles: str) -> set[int]:
    """The keys of the organisations the actor belongs to, with `roles` only those where it holds one of them."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return set()
    found = Membership.objects.filter(user_id=actor.pk)
    return set((found.filter(role__in=roles) if roles else found).values_list("organisation_id", flat=True))


def found_organisations(
    text: str = "", stakeholder_type: str = "", country: str = "", after: str = ""
) -> tuple[Sequence[Organisation], str]:
    """A page of organisations by name, and where the next one begins ('' on the last).

    `text` is looked for in the names they have and had, without regard to case and accents.
    """
    found = Organisation.objects.order_by("folded_name")
    if words := " ".join(fold(text).split()):
        known_as = Alias.objects.filter(folded_name__contains=words).values("organisation")
        found = found.filter(Q(folded_name__contains=words) | Q(pk__in=known_as))
    if stakeholder_type:
        found = found.filter(stakeholder_type=stakeholder_type)
    if country:
        found = found.filter(country=country)
    if after:
        found = found.filter(folded_name__gt=after)
    page = list(found[: PAGE_SIZE + 1])
    return page[:PAGE_SIZE], page[PAGE_SIZE - 1].folded_name if len(page) > PAGE_SIZE else ""


def countries() -> Sequence[str]:
    """The countries organisations have, by code."""
    return list(
        Organisation.objects.exclude(country="")
        .order_by("country")
        .values_list("country", flat=True)
        .distinct()
    )


def organisation_by_name(name: str) -> Organisation | None:
    """The organisation that has or had this name, or None."""
    folded = " ".join(fold(name).split())[:300]
    alias = Alias.objects.filter(folded_name=folded).select_related("organisation").first()
    return alias.organisation if alias else Organisation.objects.filter(folded_name=folded).first()


def memberships_of(user: User) -> Sequence[Membership]:
    """A person's memberships with their organisations."""
    return list(
        Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    )


def members_of(organisation: Organisation) -> Sequence[Membership]:
    """An organisation's members, managers first."""
    return list(organisation.memberships.select_related("user").order_by("-role", "user__name", "pk"))


def unanswered_requests() -> Sequence[JoinRequest]:
    """The requests to organisations without a manager: coordinators answer them."""
    managed = Membership.objects.filter(role=Membership.Role.MANAGER).values("organisation")
    found = JoinRequest.objects.exclude(organisation__in=managed).select_related("organisation", "user")
    return list(found.order_by("pk")[:PAGE_SIZE])


def invitations_to(addresses: Iterable[str]) -> Sequence[Invitation]:
    """The open invitations to these addresses."""
    found = Invitation.objects.filter(address__in=set(addresses)).select_related("organisation")
    return list(found.order_by("pk"))


def left_without_manager(user: User) -> Sequence[Organisation]:
    """The organisations whose only manager the person is."""
    managed = Membership.objects.filter(user=user, role=Membership.Role.MANAGER).values("organisation")
    others = Membership.objects.filter(role=Membership.Role.MANAGER).exclude(user=user).values("organisation")
    return list(Organisation.objects.filter(pk__in=managed).exclude(pk__in=others).order_by("name"))


def held_about(user: User, addresses: Iterable[str]) -> dict[str, Any]:
    """What organisations hold about a person, as plain data."""
    return {
        "memberships": list(
            Membership.objects.filter(user=user).values("organisation__name", "role", "since")
        ),
        "requests_to_join": list(
            JoinRequest.objects.filter(user=user).values("organisation__name", "message", "made_at")
        ),
        "invitations": list(
            Invitation.objects.filter(address__in=set(addresses)).values(
                "organisation__name", "role", "made_at"
            )
        ),
    }


def member_organisations(actor: Actor) -> Sequence[Organisation]:
    """The organisations the actor belongs to, by name."""
    return list(Organisation.objects.filter(pk__in=organisations_of(actor)).order_by("name", "pk"))


def people_of(organisation_id: int) -> set[int]:
    """The keys of an organisation's managers, or of its members where it has no manager."""
    found = list(Membership.objects.filter(organisation_id=organisation_id).values_list("user_id", "role"))
    managers = {user for user, role in found if role == Membership.Role.MANAGER}
    return managers or {user for user, _ in found}
