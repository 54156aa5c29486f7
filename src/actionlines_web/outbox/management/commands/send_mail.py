"""`actionlines-web send-mail`."""

from typing import Any

from django.core.management.base import BaseCommand

from actionlines_web.outbox.actions import send_due


class Command(BaseCommand):
    """Sends the mail that is due."""

    help = "Send the mail that is due, once. A worker (`work`, or `serve`) does so all the time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send until nothing is due."""
        total = 0
        while sent := send_due():
            total += sent
        self.stdout.write(f"{total} messages were sent.")
