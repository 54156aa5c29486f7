"""`actionlines-web report KIND …`: a report over the site's database, by the same code as `actionlines report`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from actionlines.cli.whole_file import whole_file
from actionlines.problems import InputError
from actionlines.reports import FORMATS, render
from actionlines.reports.kinds import KINDS
from actionlines.reports.measuring import NAME as MEASURING
from actionlines.text import LANGUAGES
from actionlines_web.publishing.queries.building import bundle


class Command(BaseCommand):
    """Writes a report."""

    help = "Write a report over the site's database."

    def add_arguments(self, parser: CommandParser) -> None:
        """The same switches as `actionlines report`."""
        parser.add_argument("kind", choices=[*KINDS, MEASURING])
        parser.add_argument("--lang", choices=LANGUAGES, default="en")
        parser.add_argument("--format", choices=FORMATS, default="docx")
        parser.add_argument("--from", dest="year_from", type=int, metavar="YEAR")
        parser.add_argument("--to", dest="year_to", type=int, metavar="YEAR")
        parser.add_argument("--economy", action="append", default=[], metavar="ISO3")
        parser.add_argument("--edition", default="", metavar="NAME")
        for name in ("region", "organisation", "line"):
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--paper", type=Path, metavar="FILE.toml")
        parser.add_argument("--narrative", type=Path, metavar="FILE.toml")
        parser.add_argument("-o", "--output", type=Path)
        parser.add_argument("--bundle", type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, render, write."""
        if options["output"] is None and options["bundle"] is None:
            raise CommandError("expected a file to write: -o FILE or --bundle FILE.zip")
        names = ("year_from", "year_to", "region", "organisation", "line", "edition")
        params = {name: options[name] for name in names if options[name]}
        params |= {"economies": ",".join(options["economy"])} if options["economy"] else {}
        try:
            made = bundle(
                options["kind"],
                params,
                options["lang"],
                timezone.now().date(),
                paper=options["paper"].read_bytes() if options["paper"] else b"",
                narrative=options["narrative"].read_bytes() if options["narrative"] else b"",
            )
            report = made.report()
            files = {
                options["bundle"]: lambda: made.archive(report),
                options["output"]: lambda: render(report, options["format"]),
            }
            for path, content in files.items():
                if path is not None:
                    data = content()
                    with whole_file(path) as stream:
                        stream.buffer.write(data)
                    self.stdout.write(f"Wrote {path}")
        except InputError as error:
            raise CommandError("\n".join(map(str, error.problems))) from error
        except OSError as error:
            raise CommandError(str(error)) from error
