"""Writes to accounts."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import queue_message


@transaction.atomic
def ensure_user(
    actor: System, *, email: str, name: str, roles: tuple[str, ...], welcome: bool = False
) -> User:
    """The user with this address, made without a password if missing, holding `roles`. Only from the command line.

    With `welcome` a new user is told so by mail.
    """
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        write_record(actor, "create", user)
        if welcome:
            address = settings.SITE_ADDRESS + reverse("accounts:sign-in")
            queue_message(actor, user, "welcome", {"name": str(user), "address": address})
    for role in roles:
        _, made = RoleGrant.objects.get_or_create(user=user, role=role, scope="")
        if made:
            write_record(actor, "grant", user, {"role": role})
    return user


@transaction.atomic
def set_password(actor: System, user: User, password: str) -> None:
    """Give the user a new password. Only from the command line; the caller has validated it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    write_record(actor, "set password", user)
