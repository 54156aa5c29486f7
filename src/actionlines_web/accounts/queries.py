"""Reads of accounts."""

from collections.abc import Sequence
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from actionlines_web.accounts.models import RoleGrant, SignedIn, User


def user_by_email(email: str) -> User | None:
    """The user with this address, or None."""
    return User.objects.filter(email=email).first()


def user_by_id(number: int) -> User | None:
    """The user with this number, or None."""
    return User.objects.filter(pk=number).first()


def user_with_address(email: str) -> User | None:
    """The user who reads mail at this address: their main one, or another that they confirmed."""
    wanted = email.strip().lower()
    known = EmailAddress.objects.filter(email=wanted, verified=True).select_related("user").first()
    return known.user if known else user_by_email(wanted)


def addresses_of(user: User) -> list[str]:
    """Every address of a user, confirmed or not, the main one first."""
    others = EmailAddress.objects.filter(user=user).exclude(email=user.email).order_by("pk")
    return [user.email, *others.values_list("email", flat=True)]


def confirmed_addresses(user: User) -> set[str]:
    """The addresses at which the user is known to read mail."""
    return set(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))


def grants() -> QuerySet[RoleGrant]:
    """Every grant with its person, by role."""
    return RoleGrant.objects.select_related("user").order_by("role", "scope", "user__name", "pk")


def grants_of(user: User) -> Sequence[RoleGrant]:
    """What a person holds."""
    return list(RoleGrant.objects.filter(user=user).order_by("role", "scope"))


def devices_of(user: User) -> Sequence[SignedIn]:
    """The browsers somebody is signed in with, the one used last first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(SignedIn.objects.filter(user=user, session_key__in=alive).order_by("-used_at", "-pk"))


def factors_of(user: User) -> Sequence[str]:
    """The kinds of second factors a person has: 'totp', 'webauthn', 'recovery_codes'."""
    return sorted(set(Authenticator.objects.filter(user=user).values_list("type", flat=True)))


def has_second_factor(user: User) -> bool:
    """Whether signing in takes more than a password."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def held_about(user: User) -> dict[str, Any]:
    """What accounts hold about a person, as plain data; no password and no key."""
    return {
        "number": user.pk,
        "name": user.name,
        "language": user.language,
        "time_zone": user.time_zone,
        "created_at": user.created_at,
        "last_sign_in": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "signed_in": list(
            SignedIn.objects.filter(user=user).values("browser", "system", "begun_at", "used_at")
        ),
        "roles": list(RoleGrant.objects.filter(user=user).values("role", "scope")),
        "second_factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "other_sites": list(
            SocialAccount.objects.filter(user=user).values("provider", "uid", "extra_data", "last_login")
        ),
    }
