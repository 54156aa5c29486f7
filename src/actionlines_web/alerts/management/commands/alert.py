"""`actionlines-web alert`."""

from typing import Any

from django.core.management.base import BaseCommand

from actionlines_web.alerts.actions import send_alerts


class Command(BaseCommand):
    """Tells what is new in saved searches."""

    help = "Queue mail about new entries in saved searches, once a day or week each. The worker does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell."""
        self.stdout.write(f"{send_alerts()} messages were queued.")
