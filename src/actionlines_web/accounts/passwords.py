"""A rule for passwords beside Django's own."""

from typing import Final

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

MOST: Final = 128


class MaximumLengthValidator:
    """Refuses what is longer than any password manager writes: each attempt costs the site a hashing of it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """ValidationError for too long a password."""
        if len(password) > MOST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return gettext("A password may have %(most)s characters at most.") % {"most": MOST}
