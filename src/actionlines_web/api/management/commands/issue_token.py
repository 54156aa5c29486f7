"""`actionlines-web issue-token EMAIL --scope SCOPE`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.accounts.actor import System
from actionlines_web.api.actions import issue_token


class Command(BaseCommand):
    """Makes a token and shows its key once."""

    help = "Make a token of the API for a person. Its key is shown once and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds for whom and what for."""
        parser.add_argument("email")
        parser.add_argument("--scope", action="append", required=True, dest="scopes", help="entries:write")
        parser.add_argument("--label", default="", help="what it is for")
        parser.add_argument(
            "--days", type=int, default=None, help="days until it expires; without, it does not"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, show it."""
        token, key = issue_token(
            System(),
            email=options["email"],
            scopes=options["scopes"],
            label=options["label"],
            days=options["days"],
        )
        self.stdout.write(key)
        self.stderr.write(
            f"Keep this key: it is not shown again. It writes as {token.user.email}; take it back with"
            f" `actionlines-web revoke-token {token.start}`."
        )
