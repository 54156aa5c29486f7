"""Signatures: a receiver can tell that a delivery is ours, whole and fresh."""

import hmac
import secrets
import time
from hashlib import sha256

from django.utils.crypto import salted_hmac

# Older deliveries may be somebody's copy; a receiver should refuse them.
FRESH_FOR_SECONDS = 300


def new_salt() -> str:
    """What tells the secret of one subscription from those of the others."""
    return secrets.token_hex(16)


def secret_of(salt: str) -> str:
    """The secret shared with the receiver: derived from the site's key, so nobody reads it from the database."""
    return "whsec_" + salted_hmac("actionlines_web.webhooks", salt, algorithm="sha256").hexdigest()


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The header Actionlines-Signature: 't=1767225600,v1=…', HMAC-SHA256 over timestamp, a full stop and the body."""
    digest = hmac.new(secret.encode(), str(timestamp).encode() + b"." + body, sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def is_valid(secret: str, header: str, body: bytes, now: float | None = None) -> bool:
    """Whether the header signs this body with this secret and is fresh: what a receiver does."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    if not parts.get("t", "").isdecimal():
        return False
    timestamp = int(parts["t"])
    fresh = abs((time.time() if now is None else now) - timestamp) <= FRESH_FOR_SECONDS
    return fresh and hmac.compare_digest(header, signature(secret, timestamp, body))
