"""`actionlines-web load-demonstration`."""

from typing import Any

from django.core.management.base import BaseCommand

from actionlines_web.accounts.actor import System
from actionlines_web.demonstration.actions import load_demonstration


class Command(BaseCommand):
    """Loads the demonstration entries and indicators; run again, it changes nothing."""

    help = "Load the demonstration entries and indicators; run again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was new."""
        loaded = load_demonstration(System())
        self.stdout.write(
            f"Demonstration data: {loaded.entries} new entries, {loaded.observations} new observations."
        )
