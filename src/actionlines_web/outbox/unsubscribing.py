"""Signed tokens that let a reader stop one kind of message without signing in."""

from django.core import signing

_SALT = "actionlines.outbox.unsubscribe"


def token_of(address: str, kind: str) -> str:
    """The token in the messages of this kind to this address."""
    return signing.dumps([address, kind], salt=_SALT)


def read_token(token: str) -> tuple[str, str] | None:
    """Address and kind; None for a token that the site has not made."""
    try:
        address, kind = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return address, kind
