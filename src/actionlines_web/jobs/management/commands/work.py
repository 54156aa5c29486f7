"""`actionlines-web work [--until-empty]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.indicators.actions.questionnaires import remind_respondents
from actionlines_web.jobs.chores import hourly
from actionlines_web.jobs.worker import JobWorker
from actionlines_web.outbox.actions import send_due
from actionlines_web.stocktaking.actions import remind_due
from actionlines_web.webhooks.actions import deliver_due


class Command(BaseCommand):
    """Does the queued work."""

    help = (
        "Do the queued work, send the mail and webhooks that are due and ask whether entries are still true and for statistics that are due, until stopped."
        " `serve` starts one itself."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds when to stop."""
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing is queued")
        parser.add_argument(
            "--parent", type=int, default=None, help="stop when this process is no longer the parent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        worker = JobWorker(
            chores=[send_due, deliver_due, hourly(remind_due), hourly(remind_respondents)],
            parent=options["parent"],
        )
        worker.configure_signals()
        worker.work(until_empty=options["until_empty"])
