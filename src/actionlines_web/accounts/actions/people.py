"""Accounts themselves: made, described, blanked, removed."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from actionlines_web.accounts.actions.devices import end_sessions
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import queue_message


@transaction.atomic
def ensure_user(
    actor: System, *, email: str, name: str, roles: tuple[str, ...], welcome: bool = False
) -> User:
    """The user with this address, made without a password if missing, holding `roles`. Only from the command line.

    With `welcome` a new user is told so by mail. Whoever has the command line vouches for the address.
    """
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
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


@transaction.atomic
def update_profile(actor: User, *, name: str, language: str, time_zone: str) -> None:
    """Change one's own name, language and time zone.

    The audit record says which of them changed, not to what: the trail is never changed, so it holds no names.
    """
    wanted = {"name": name.strip(), "language": language, "time_zone": time_zone}
    user = User.objects.select_for_update().get(pk=actor.pk)
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(user, field, wanted[field])
    user.save(update_fields=changed)
    write_record(actor, "change", user, {"fields": changed})


def remove_unverified(actor: System, days: int) -> int:
    """Delete the accounts that nobody confirmed within `days` days and that nothing names; returns how many.

    Only from the command line. An account that somebody gave a role to or that wrote anything stays.
    """
    before = timezone.now() - timedelta(days=days)
    found = User.objects.filter(created_at__lt=before, last_login=None, erased_at=None, grants=None)
    confirmed = EmailAddress.objects.filter(verified=True).values("user_id")
    removed = 0
    for user in found.exclude(pk__in=confirmed).iterator():
        try:
            with transaction.atomic():
                write_record(actor, "remove unverified", user)
                user.delete()
                removed += 1
        except ProtectedError:
            continue
    return removed


def blank_account(actor: User) -> None:
    """Take everything personal out of one's account; part of erasing it, in that transaction.

    The row keeps its number, for the audit trail and published entries name it. Every session ends and is deleted,
    for it holds the address that was typed to begin it.

    Raises:
        PermissionDenied: the account is erased already.
    """
    user = User.objects.select_for_update().get(pk=actor.pk)
    if user.erased_at:
        raise PermissionDenied("the account is erased already")
    for model in (EmailAddress, Authenticator, SocialAccount, RoleGrant):
        model.objects.filter(user=user).delete()  # type: ignore[attr-defined]
    user.email = f"erased-{user.pk}@erased.invalid"
    user.name = user.language = ""
    user.time_zone = "UTC"
    user.is_active = False
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
    end_sessions(user)
