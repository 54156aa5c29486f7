"""`actionlines-web load-results [FILE…] [--public]`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines.problems import InputError, Problem, marked
from actionlines.results.framework import ResultsFramework, frameworks, read_framework
from actionlines_web.accounts.actor import System
from actionlines_web.results.actions.frameworks import load_framework, show_framework
from actionlines_web.results.queries.chain import framework_for


class Command(BaseCommand):
    """Loads results frameworks: those that come with the product, or files."""

    help = "Load results frameworks: those that come with the product, or toml files. Nothing is taken away."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the files and whether everybody sees them."""
        parser.add_argument("files", type=Path, nargs="*")
        parser.add_argument("--public", action="store_true", help="show them to everybody")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each whole or not at all."""
        wanted = [_read(path) for path in options["files"]] or list(frameworks().values())
        for one in wanted:
            changes = load_framework(System(), one)
            found = framework_for(System(), one.code)
            if options["public"] and found is not None:
                show_framework(System(), found, "public")
            added = sum(change.kind == "added" for change in changes)
            self.stdout.write(f"{one.code}: {added} added, {len(changes) - added} changed.")


def _read(path: Path) -> ResultsFramework:
    try:
        return read_framework(path.name, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            [Problem(marked("cannot be read: %(error)s"), {"error": error}, str(path))]
        ) from error
