"""`actionlines-web load-observations FILE --source NAME [--vintage DAY]`."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actionlines.formats.statistics import stream_long
from actionlines.problems import InputError, Problem
from actionlines_web.accounts.actor import System
from actionlines_web.indicators.actions import store_observations


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day such as 2024-07-01") from None


class Command(BaseCommand):
    """Loads observations from a long table of any size."""

    help = "Load observations from a csv file with a row for each value. Values known already change nothing; revised ones become a new vintage."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds the file and what holds for all of its values."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="who counted, where rows do not say it")
        parser.add_argument(
            "--vintage", type=_day, help="the day the values were published; today by default"
        )
        parser.add_argument("--population", default="", help="the population series used, such as 'WPP 2024'")
        parser.add_argument(
            "--skip-refused", action="store_true", help="load the other rows of a file with errors"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all or nothing."""
        problems: list[Problem] = []

        def read() -> Any:
            yield from stream_long(options["file"], source=options["source"], problems=problems)
            if problems and not options["skip_refused"]:
                raise InputError(problems)

        stored = store_observations(
            System(), read(), vintage=options["vintage"], population=options["population"]
        )
        for problem in problems:
            self.stderr.write(str(problem))
        self.stdout.write(
            f"{stored.first} new, {stored.revised} revised, {stored.unchanged} unchanged, "
            f"{stored.refused} contradict a stored vintage."
        )
