"""`actionlines-web scan-attachments`: has the files that still wait looked at, after the scanner was out of order."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actionlines_web.stocktaking.actions.attachments import scan_waiting


class Command(BaseCommand):
    """Looks at waiting files."""

    help = "Have the attached files that wait for the virus scanner looked at now."

    def handle(self, *args: Any, **options: Any) -> None:
        """Scan them all; the files without a verdict go on waiting, and the exit status is 1."""
        looked_at, left = scan_waiting()
        self.stdout.write(f"Looked at: {looked_at}.")
        if left:
            raise CommandError(f"the scanner gave no verdict on {left} files; they wait", returncode=1)
