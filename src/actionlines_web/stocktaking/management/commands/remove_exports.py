"""`actionlines-web remove-exports`."""

from typing import Any

from django.core.management.base import BaseCommand

from actionlines_web.stocktaking.actions import remove_old_exports


class Command(BaseCommand):
    """Removes the files of entries whose days are over."""

    help = "Remove the files of entries whose days are over. The worker does so every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove and say how many."""
        self.stdout.write(f"{remove_old_exports()} removed")
