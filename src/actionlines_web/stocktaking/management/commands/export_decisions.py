"""`actionlines-web export-decisions --out FILE.jsonl`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actionlines_web.stocktaking.queries.decisions import training_examples


class Command(BaseCommand):
    """Writes what reviewers decided, for the aligner to learn from."""

    help = "Write every decision about a link as JSON lines, without reviewers' names, for `actionlines align learn`."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds --out."""
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write beside the file and put it in its place when whole."""
        path: Path = options["out"]
        part = path.with_name(f".{path.name}.part")
        number = 0
        try:
            with part.open("w", encoding="utf-8") as stream:
                for example in training_examples():
                    number += 1
                    stream.write(json.dumps(example, ensure_ascii=False) + "\n")
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        self.stdout.write(f"{number} decisions were written to {path}.")
