"""`actionlines-web rebuild-cells [--check]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.stocktaking.actions import drift, rebuild_cells


class Command(BaseCommand):
    """Recounts the matrix."""

    help = "Recount the matrix from the links; --check only reports cells that differ (exit status 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds --check."""
        parser.add_argument("--check", action="store_true", help="report drift, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or rebuild."""
        if not options["check"]:
            self.stdout.write(f"Counted anew: {rebuild_cells()} cells.")
            return
        found = drift()
        for (scope, key), kept, recounted in found[:100]:
            self.stdout.write(f"{scope} {' '.join(map(str, key))}: kept {kept}, recounted {recounted}")
        if found:
            raise CommandError(f"{len(found)} cells differ from a recount", returncode=1)
        self.stdout.write("Every cell agrees with a recount.")
