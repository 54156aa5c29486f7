"""`actionlines-web maintenance on|off|status`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.operations.maintenance import close_site, closed_until, is_closed, open_site


class Command(BaseCommand):
    """Closes and opens the site."""

    help = "Close the site to everybody but administrators, or open it again; workers rest meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds what to do and for how long."""
        parser.add_argument("what", choices=("on", "off", "status"))
        parser.add_argument("--minutes", type=int, default=30, help="when readers are told to come back (30)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how the site stands."""
        if options["what"] == "on":
            close_site(datetime.now(tz=UTC) + timedelta(minutes=max(1, options["minutes"])))
        elif options["what"] == "off":
            open_site()
        until = f"closed until about {closed_until():%H:%M} UTC" if is_closed() else "open"
        self.stdout.write(f"The site is {until}.")
