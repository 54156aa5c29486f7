"""`actionlines-web serve`: prepare the site and serve it."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from actionlines_web.ui.supervision import Supervisor


class Command(BaseCommand):
    """Prepares the database and the static files where needed, then serves with gunicorn and a worker."""

    help = "Prepare what is missing (tables, static files, demonstration data) and serve the site, with a worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--threads", type=int, default=4)
        parser.add_argument("--prepare-only", action="store_true", help="prepare and stop")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave the queued work to other processes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, say the address, run gunicorn and one worker until told to stop."""
        prepare(self)
        if options["prepare_only"]:
            return
        address = f"{options['host']}:{options['port']}"
        self.stdout.write(f"\n  actionlines is at http://{address}/  (stop with Ctrl-C)\n\n")
        self.stdout.flush()
        connection.close()
        # Counts of processes that are no more; those that start now begin at nothing.
        for left in Path(os.environ.get("PROMETHEUS_MULTIPROC_DIR", settings.DATA_DIR / "metrics")).glob(
            "*.db"
        ):
            left.unlink()
        interpreter = [sys.executable, "-m"]
        server = [
            *interpreter,
            "gunicorn",
            *("--bind", address, "--workers", str(options["workers"]), "--threads", str(options["threads"])),
            *("--worker-class", "actionlines_web.ui.patience.PatientWorker"),
            *("--timeout", "120", "--log-level", "warning", "actionlines_web.wsgi"),
        ]
        worker = [*interpreter, "actionlines_web.cli", "work", "--parent", str(os.getpid())]
        sys.exit(Supervisor(server, {} if options["no_worker"] else {"the worker": worker}).run())


def prepare(command: BaseCommand) -> None:
    """Make tables, collect static files, load the demonstration: each only where it is not done yet."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        command.stdout.write("Making the database tables …")
        call_command("migrate", verbosity=0, interactive=False)
    if _static_files_are_stale():
        command.stdout.write("Collecting the static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    if settings.DEMONSTRATION:
        from actionlines_web.demonstration.queries import demonstration_coordinator

        if demonstration_coordinator() is None:
            command.stdout.write("Loading the demonstration: real projects and indicators …")
            call_command("load_demonstration", stdout=command.stdout)


def _static_files_are_stale() -> bool:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.is_file():
        return True
    collected = manifest.stat().st_mtime
    sources = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    return any(Path(path).stat().st_mtime > collected for path in sources)
