"""`actionlines-web remove-unverified`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.accounts.actions import remove_unverified
from actionlines_web.accounts.actor import System


class Command(BaseCommand):
    """Deletes accounts that nobody confirmed."""

    help = "Delete the accounts whose address nobody confirmed in time."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds after how long."""
        parser.add_argument("--days", type=int, default=settings.UNVERIFIED_DAYS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete and say how many."""
        self.stdout.write(f"{remove_unverified(System(), options['days'])} removed")
