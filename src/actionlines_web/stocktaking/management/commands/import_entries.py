"""`actionlines-web import-entries FILE [--dry-run]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines.formats.entry_files import read_entry_file
from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.stocktaking.actions import archived_problems, plan_entries, store_entries


class Command(BaseCommand):
    """Imports entries from a file."""

    help = "Import entries from a csv, xlsx or IATI file. A file with any error is refused whole, unless --skip-refused."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the file and the switches."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--skip-refused", action="store_true", help="import the rows without errors")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, report, store."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path}: no such file", returncode=2)
        found = read_entry_file(path, path.name)
        archived = archived_problems(found.entries, path.name)
        stopped = {problem.values["id"] for problem in archived}
        entries = [entry for entry in found.entries if entry.id not in stopped]
        problems = [*found.problems, *archived]
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors and not options["skip_refused"] and not options["dry_run"]:
            raise InputError(errors)
        for problem in problems:
            self.stderr.write(str(problem))
        stored = plan_entries(entries) if options["dry_run"] else store_entries(System(), entries)
        said = "would be" if options["dry_run"] else "were"
        self.stdout.write(
            f"{len(stored.created)} entries {said} created, {len(stored.changed)} changed, {len(stored.unchanged)} stand unchanged."
        )
