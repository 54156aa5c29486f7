"""Writes to accounts."""

from django.db import transaction

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.actions import write_record


@transaction.atomic
def ensure_user(actor: System, *, email: str, name: str, roles: tuple[str, ...]) -> User:
    """The user with this address, made without a password if missing, holding `roles`. Only from the command line."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        write_record(actor, "create", user, {"roles": list(roles)})
    for role in roles:
        RoleGrant.objects.get_or_create(user=user, role=role)
    return user
