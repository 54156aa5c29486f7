"""`actionlines-web work [--until-empty]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines_web.alerts.actions import send_alerts
from actionlines_web.coordination.actions import remind_asked
from actionlines_web.forum.actions.reminding import remind_organisers
from actionlines_web.indicators.actions.questionnaires import remind_respondents
from actionlines_web.jobs.chores import hourly
from actionlines_web.jobs.worker import JobWorker
from actionlines_web.operations.maintenance import is_closed
from actionlines_web.outbox.actions import send_due
from actionlines_web.prizes.actions.sealing import anchor_due, forget_devices, seal_due
from actionlines_web.prizes.actions.winners import tell_due
from actionlines_web.publishing.actions import make_scheduled, remove_half_made
from actionlines_web.stocktaking.actions import remind_due, remove_old_exports
from actionlines_web.webhooks.actions import deliver_due


class Command(BaseCommand):
    """Does the queued work."""

    help = (
        "Do the queued work, send the mail and webhooks that are due, chain the ballots of a vote, tell what is new in saved"
        " searches, ask whether entries are still true and for what is due, start scheduled reports, and remove old"
        " files, until stopped."
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
        often = [send_due, deliver_due, seal_due, tell_due]
        reminders = (remind_due, remind_respondents, remind_asked, remind_organisers, send_alerts)
        hours = (
            *(*reminders, remove_old_exports, anchor_due, forget_devices),
            *(make_scheduled, remove_half_made),
        )
        chores = [*often, *map(hourly, hours)]
        worker = JobWorker(chores=chores, parent=options["parent"], paused=is_closed)
        worker.configure_signals()
        worker.work(until_empty=options["until_empty"])
