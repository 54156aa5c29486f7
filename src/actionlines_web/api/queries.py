"""Reads of tokens."""

import hashlib

from django.db.models import Q
from django.utils import timezone

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
