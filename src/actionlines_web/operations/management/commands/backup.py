"""`actionlines-web backup FOLDER`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.operations.actions import write_backup


class Command(BaseCommand):
    """Writes a backup."""

    help = "Write a backup of the database and the files, complete or not at all, while the site goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds where, for whom, and how many stay."""
        parser.add_argument("folder", type=Path, help="where backups lie")
        parser.add_argument(
            "--encrypt-to",
            action="append",
            default=[],
            metavar="KEY",
            help="a public age key; may be repeated",
        )
        parser.add_argument("--keep", type=int, help="how many backups stay; older ones are removed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it and say where."""
        made = write_backup(
            options["folder"], encrypt_to=options["encrypt_to"], keep=options["keep"], told=self.stdout.write
        )
        self.stdout.write(f"{made} is complete.")
