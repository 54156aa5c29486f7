"""`actionlines-web audit verify [--anchor SEQUENCE:HASH]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.audit.queries import verify


class Command(BaseCommand):
    """Checks the audit trail."""

    help = "Recompute the chain of the audit trail; exit status 1 and the first broken record where it does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the subcommand."""
        verbs = parser.add_subparsers(dest="subcommand", required=True)
        checking = verbs.add_parser("verify", help="recompute every hash")
        checking.add_argument(
            "--anchor",
            default="",
            help="an end of the chain noted earlier, SEQUENCE:HASH: it must still be there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and say."""
        found = verify(options["anchor"])
        if found.broken:
            raise CommandError(f"{found.broken}: {found.reason}.", returncode=1)
        if found.missing:
            said = ", ".join(found.missing)
            raise CommandError(
                f"{found.records} records hold, but the database lacks the triggers that protect them: {said}.",
                returncode=1,
            )
        self.stdout.write(f"{found.records} records hold. End of the chain: {found.head}")
