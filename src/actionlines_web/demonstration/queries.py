"""Reads of the demonstration."""

from typing import Final

from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_by_email

COORDINATOR: Final = "coordinator@demonstration.invalid"


def demonstration_coordinator() -> User | None:
    """The account behind the demonstration's way in; None while the demonstration is not loaded."""
    return user_by_email(COORDINATOR)
