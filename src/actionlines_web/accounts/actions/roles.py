"""Giving roles and taking them back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.frameworks import area, catalogue, region_names
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.queries import user_with_address
from actionlines_web.audit.actions import write_record

Role = RoleGrant.Role


@transaction.atomic
def grant_role(actor: Actor, *, email: str, role: str, scope: str = "") -> RoleGrant:
    """Give a person a role, everywhere or within a scope; a role already held is no mistake.

    Raises:
        PermissionDenied: the actor may not give roles.
        InputError: nobody has this address, or the role knows no such scope.
    """
    _may_grant(actor)
    user = user_with_address(email)
    problems = [] if user else [Problem(marked("nobody has the address %(email)s."), {"email": email})]
    problems += scope_problems(role, scope)
    if problems or user is None:
        raise InputError(problems)
    grant, made = RoleGrant.objects.get_or_create(user=user, role=role, scope=scope)
    if made:
        write_record(actor, "grant", user, {"role": role, "scope": scope})
    return grant


@transaction.atomic
def revoke_role(actor: Actor, number: int) -> None:
    """Take a grant back.

    Raises:
        PermissionDenied: the actor may not.
        RoleGrant.DoesNotExist: there is no such grant.
        ValueError: it is the last administrator's.
    """
    _may_grant(actor)
    grants = RoleGrant.objects.select_for_update()
    grant = grants.select_related("user").get(pk=number)
    if (
        grant.role == Role.ADMINISTRATOR
        and len(grants.filter(role=Role.ADMINISTRATOR, user__is_active=True)) < 2
    ):
        raise ValueError("the last administrator")
    grant.delete()
    write_record(actor, "revoke", grant.user, {"role": grant.role, "scope": grant.scope})


def scope_problems(role: str, scope: str) -> list[Problem]:
    """What is wrong with a role's scope; nothing for '' (everywhere)."""
    if not scope:
        return []
    match role:
        case Role.MODERATOR if scope in region_names() or scope in catalogue().frameworks["wsis"]:
            return []
        case Role.MODERATOR:
            expected = marked("a region such as AFR or an action line such as C7-HEA.")
        case Role.FACILITATOR if scope in catalogue().frameworks["wsis"]:
            return []
        case Role.FACILITATOR:
            expected = marked("an action line such as C2 or C7-HEA.")
        case Role.STATISTICIAN if _is_economy(scope):
            return []
        case Role.STATISTICIAN:
            expected = marked("the code of an economy such as SEN.")
        case _:
            expected = marked("nothing: this role holds everywhere.")
    return [
        Problem(
            marked("“%(scope)s” is no scope of this role."),
            {"scope": scope},
            column="scope",
            expected=expected,
        )
    ]


def _is_economy(code: str) -> bool:
    try:
        area(code)
    except KeyError:
        return False
    return True


def _may_grant(actor: Actor) -> None:
    if not isinstance(actor, System) and not actor.has_perm("accounts.grant_roles"):
        raise PermissionDenied("only administrators give roles")
