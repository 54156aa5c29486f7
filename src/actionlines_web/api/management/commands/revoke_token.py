"""`actionlines-web revoke-token START`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import revoke_token


class Command(BaseCommand):
    """Takes a token back."""

    help = "Make a token of the API useless at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds which one."""
        parser.add_argument("start", help="the first twelve characters of its key (the whole key does too)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke it."""
        token = revoke_token(System(), options["start"])
        self.stdout.write(f"The token {token.start} of {token.user.email} is revoked.")
