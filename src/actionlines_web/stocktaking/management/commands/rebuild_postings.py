"""`actionlines-web rebuild-postings [--check]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.stocktaking.postings import drift, rebuild_postings


class Command(BaseCommand):
    """Writes anew what the matrix, the facets and the lists count."""

    help = (
        "Write anew what matrix, facets and lists count, from the entries and links;"
        " --check only reports blocks that differ (exit status 1)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds --check."""
        parser.add_argument("--check", action="store_true", help="report drift, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or rebuild."""
        if not options["check"]:
            self.stdout.write(f"Written anew: {rebuild_postings()} blocks.")
            return
        found = drift()
        if found:
            raise CommandError(f"{len(found)} blocks differ from a recount: {found[:100]}", returncode=1)
        self.stdout.write("Every block agrees with a recount.")
