"""`actionlines-web forum-edition FILE.toml --slug 2027`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.accounts.actor import System
from actionlines_web.forum.actions.editions import change_edition, create_edition
from actionlines_web.forum.queries.editions import edition_by_slug


class Command(BaseCommand):
    """Makes or changes an edition of the Forum."""

    help = (
        "Make an edition of the Forum from a TOML file, or let the one at this address be as the file says now. Every fault"
        " of the file is named, and nothing is kept then."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the file and the address."""
        parser.add_argument("file", type=Path, metavar="FILE.toml")
        parser.add_argument("--slug", required=True, help="its address: small letters, digits, hyphens")

    def handle(self, *args: Any, file: Path, slug: str, **options: Any) -> None:
        """Make it, or change it."""
        try:
            text = file.read_bytes()
        except OSError as error:
            raise CommandError(str(error), returncode=2) from error
        known = edition_by_slug(slug)
        if known is None:
            made = create_edition(System(), slug=slug, text=text, file=file.name)
        else:
            made = change_edition(System(), known, text, file.name)
        self.stdout.write(f"{'made' if known is None else 'changed'}: {made.name}, /forum/{made.slug}/")
