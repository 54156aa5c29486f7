"""`actionlines-web restore FOLDER`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.accounts.actor import System
from actionlines_web.operations.actions import restore_backup


class Command(BaseCommand):
    """Restores a backup."""

    help = (
        "Put a backup in place of the database and the files. Stop the site first, or set it to maintenance."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds which backup, the key, and the consent."""
        parser.add_argument("folder", type=Path, help="the backup: a folder with manifest.json")
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="secret age keys, for an encrypted backup"
        )
        parser.add_argument("--replace", action="store_true", help="even where the site holds something")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and say what was."""
        row = restore_backup(
            System(),
            options["folder"],
            identity=options["identity"],
            replace=options["replace"],
            told=self.stdout.write,
        )
        self.stdout.write(f"The site was {row}.")
