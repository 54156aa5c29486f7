"""`actionlines-web rebuild-index`."""

from typing import Any

from django.core.management.base import BaseCommand

from actionlines_web.stocktaking.actions import rebuild_index


class Command(BaseCommand):
    """Builds the search index anew."""

    help = "Build the search index anew from the register; readers search the old one until the new one is whole."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild."""
        self.stdout.write(f"Indexed anew: {rebuild_index()} entries.")
