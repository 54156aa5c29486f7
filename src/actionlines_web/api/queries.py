"""Reads of tokens."""

import hashlib
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from actionlines_web.accounts.models import User
from actionlines_web.api.models import ApiToken


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def owns_valid_token(user: int) -> bool:
    """Whether the user with this number has a token that holds."""
    return valid_tokens_of(user).exists()


def token_of(key: str) -> ApiToken | None:
    """The token whose key this is, if it still holds and its user may still sign in."""
    return _holding().select_related("user").filter(digest=digest_of(key)).first()


def tokens_of(user: int) -> QuerySet[ApiToken]:
    """All tokens of the user with this number, the newest first."""
    return ApiToken.objects.filter(user_id=user).order_by("-pk")


def valid_tokens_of(user: int) -> QuerySet[ApiToken]:
    """The tokens of the user with this number that hold."""
    return _holding().filter(user_id=user)


def _holding() -> QuerySet[ApiToken]:
    now = timezone.now()
    return ApiToken.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None, user__is_active=True
    )


def held_about(user: User) -> list[dict[str, Any]]:
    """A person's tokens as plain data, without the keys, which nobody has."""
    return list(
        ApiToken.objects.filter(user=user)
        .order_by("pk")
        .values("label", "start", "scopes", "created_at", "expires_at", "used_at", "revoked_at")
    )
