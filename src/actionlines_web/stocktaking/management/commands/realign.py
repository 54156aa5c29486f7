"""`actionlines-web realign`."""

from typing import Any

from django.core.management.base import BaseCommand

from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import realign_entries


class Command(BaseCommand):
    """Reads every text again with today's aligner."""

    help = "Align every entry anew with the aligner that is installed; what reviewers decided stands."

    def handle(self, *args: Any, **options: Any) -> None:
        """Realign, saying how far it is where people watch."""
        changed = realign_entries(System(), self._progress)
        self.stdout.write(f"The links of {changed} entries changed.")

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"{done:,} of {total:,} entries", ending="\r")
