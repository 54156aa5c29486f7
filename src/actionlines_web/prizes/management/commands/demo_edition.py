"""`actionlines-web demo-edition --out FILE.zip [--here]`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.prizes.actions.playing import play_edition


class Command(BaseCommand):
    """Plays a small edition of the prizes to its end."""

    help = (
        "Play a small edition of the prizes, from the call to the winners, in a database that is thrown away, and write the"
        " file of its vote; `actionlines tally FILE.zip` recounts it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds where the file goes."""
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.zip")
        parser.add_argument("--voters", type=int, default=30)
        parser.add_argument(
            "--here",
            action="store_true",
            help="leave the edition in this site, which must be a demonstration",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Play here, or in a process with a database of its own."""
        if not options["here"]:
            self._elsewhere(options["out"].resolve(), options["voters"])
            return
        if not settings.DEMONSTRATION:
            raise CommandError("--here makes people up: only a demonstration site takes them", returncode=2)
        last = play_edition(voters=options["voters"], say=self.stdout.write)
        part = options["out"].with_name(options["out"].name + ".part")
        with default_storage.open(last.file.name) as found, part.open("wb") as file:
            shutil.copyfileobj(found, file)
        part.replace(options["out"])
        self.stdout.write(f"{options['out']}\nseal sha256:{last.seal}")

    def _elsewhere(self, out: Path, voters: int) -> None:
        with tempfile.TemporaryDirectory(prefix="actionlines-edition-") as folder:
            environment = {
                name: value for name, value in os.environ.items() if not name.startswith("ACTIONLINES_")
            }
            environment |= {
                "ACTIONLINES_DATA_DIR": folder,
                "ACTIONLINES_DEMONSTRATION": "1",
                "DJANGO_SETTINGS_MODULE": "actionlines_web.settings.base",
            }
            site = [sys.executable, "-m", "actionlines_web.cli"]
            play = [*site, "demo-edition", "--here", "--out", str(out), "--voters", str(voters)]
            for command in ([*site, "migrate", "--verbosity", "0"], play):
                # Our own interpreter and our own commands, in an environment made above.
                done = subprocess.run(command, env=environment, check=False)  # noqa: S603
                if done.returncode:
                    raise CommandError("the edition could not be played", returncode=done.returncode)
