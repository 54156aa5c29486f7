"""`actionlines-web report contribution …`: a report over the site's database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from actionlines.cli.whole_file import whole_file
from actionlines.reports import FORMATS, Filters, render
from actionlines.text import LANGUAGES
from actionlines_web.publishing.queries import contribution


class Command(BaseCommand):
    """Writes a report."""

    help = "Write a report over the site's database."

    def add_arguments(self, parser: CommandParser) -> None:
        """The same switches as `actionlines report`."""
        parser.add_argument("kind", choices=["contribution"])
        parser.add_argument("--lang", choices=LANGUAGES, default="en")
        parser.add_argument("--format", choices=FORMATS, default="docx")
        parser.add_argument("--from", dest="year_from", type=int, metavar="YEAR")
        parser.add_argument("--to", dest="year_to", type=int, metavar="YEAR")
        parser.add_argument("--region", default="")
        parser.add_argument("--organisation", default="")
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, render, write."""
        filters = Filters(
            options["year_from"], options["year_to"], options["region"], options["organisation"]
        )
        report = contribution(filters, options["lang"], timezone.now().date())
        content = render(report, options["format"])
        with whole_file(options["output"]) as stream:
            stream.buffer.write(content)
        self.stdout.write(f"Wrote {options['output']}")
