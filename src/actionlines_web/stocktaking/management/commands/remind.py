"""`actionlines-web remind [--today DAY]`."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.stocktaking.actions import remind_due


class Command(BaseCommand):
    """Asks the owners of entries whether they are still true."""

    help = "Ask the owners of entries that were not confirmed for a year, each once a year. The worker does so daily."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the day."""
        parser.add_argument("--today", default="", help="the day to reckon from, such as 2026-03-01")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask."""
        try:
            today = date.fromisoformat(options["today"]) if options["today"] else None
        except ValueError:
            raise CommandError(
                f"{options['today']}: expected a day such as 2026-03-01", returncode=2
            ) from None
        self.stdout.write(f"{remind_due(today)} reminders were queued.")
