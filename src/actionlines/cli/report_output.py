"""What the commands that make a report share: where it goes, in which format, of which day, with which texts."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Final

from actionlines.cli.whole_file import whole_file
from actionlines.problems import InputError, Problem, marked
from actionlines.reports import FORMATS
from actionlines.reports.narrative import read_narrative
from actionlines.reports.render import TEXT_FORMATS

DEFAULT_FORMAT: Final = "html"


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day: expected one such as 2026-11-25") from None


def write(output: Path | None, data: bytes) -> None:
    with whole_file(output) as stream:
        stream.buffer.write(data)
        stream.buffer.flush()


def chosen_format(asked: str | None, output: Path | None) -> str:
    """What was asked for, or what the output's name says."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    return asked or (suffix if suffix in FORMATS else DEFAULT_FORMAT)


def check_output(output: Path | None, form: str) -> None:
    """Refuse a place the report cannot go to before any work is done."""
    if output is None:
        if form not in TEXT_FORMATS and sys.stdout.isatty():
            raise InputError(
                [
                    Problem(
                        marked("a %(format)s file cannot be shown on a terminal."),
                        {"format": form},
                        expected=marked("a file to write: -o report.%(format)s."),
                    )
                ]
            )
    elif output.is_dir():
        raise InputError([_bad_output(output, marked("this is a folder."))])
    elif not output.parent.is_dir():
        raise InputError([_bad_output(output, marked("its folder does not exist."))])


def _bad_output(output: Path, template: str) -> Problem:
    return Problem(template, file=str(output), expected=marked("the name of a file in a folder that exists."))


def narrative_of(file: Path | None) -> bytes:
    """What people wrote, as it stands in the file."""
    if file is None:
        return b""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError([_bad_text(file, error)]) from None
    read_narrative(data, str(file))
    return data


def _bad_text(file: Path, error: OSError) -> Problem:
    return Problem(
        marked("the file cannot be read (%(reason)s)."),
        {"reason": error.strerror or str(error)},
        file=str(file),
        expected=marked("a toml file with a table for each section."),
    )
