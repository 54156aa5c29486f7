"""Reads of tokens."""

import hashlib
from typing import Any

from django.db.models import Q
from django.utils import timezone

from actionlines_web.accounts.models import User
from actionlines_web.api.models import ApiToken


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def token_of(key: str) -> ApiToken | None:
    """The token whose key this is, if it still holds and its user may still sign in."""
    now = timezone.now()
    return (
        ApiToken.objects.select_related("user")
        .filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            digest=digest_of(key),
            revoked_at=None,
            user__is_active=True,
        )
        .first()
    )


def held_about(user: User) -> list[dict[str, Any]]:
    """A person's tokens as plain data, without the keys, which nobody has."""
    return list(
        ApiToken.objects.filter(user=user)
        .order_by("pk")
        .values("label", "start", "scopes", "created_at", "expires_at", "used_at", "revoked_at")
    )
