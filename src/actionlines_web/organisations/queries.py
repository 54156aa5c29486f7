"""Reads of organisations."""

from collections.abc import Sequence

from actionlines.text import fold
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.organisations.models import Membership, Organisation, StakeholderType


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


def organisations_of(actor: Actor, *roles: str) -> set[int]:
    """The keys of the organisations the actor belongs to, with `roles` only those where it holds one of them."""
    if isinstance(actor, System) or not actor.is_authenticated:
        return set()
    found = Membership.objects.filter(user_id=actor.pk)
    return set((found.filter(role__in=roles) if roles else found).values_list("organisation_id", flat=True))


def member_organisations(actor: Actor) -> Sequence[Organisation]:
    """The organisations the actor belongs to, by name."""
    return list(Organisation.objects.filter(pk__in=organisations_of(actor)).order_by("name", "pk"))


def organisation_by_name(name: str) -> Organisation | None:
    """The organisation that has this name, or None."""
    return Organisation.objects.filter(folded_name=" ".join(fold(name).split())[:300]).first()


def people_of(organisation_id: int) -> set[int]:
    """The keys of an organisation's managers, or of its members where it has no manager."""
    found = list(Membership.objects.filter(organisation_id=organisation_id).values_list("user_id", "role"))
    managers = {user for user, role in found if role == Membership.Role.MANAGER}
    return managers or {user for user, _ in found}
