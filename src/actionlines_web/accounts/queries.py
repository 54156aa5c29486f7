"""Reads of accounts."""

from actionlines_web.accounts.models import User


def user_by_email(email: str) -> User | None:
    """The user with this address, or None."""
    return User.objects.filter(email=email).first()


def user_by_id(number: int) -> User | None:
    """The user with this number, or None."""
    return User.objects.filter(pk=number).first()
