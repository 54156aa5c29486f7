"""The command `actionlines`: one module per group of commands, each with `add_parser(subparsers)`.

A group adds its parser and sets its default `func`, a function of the parsed arguments that returns the exit
status: 0 done, 1 done with findings, 2 bad input. A function raises `InputError`; only `main` turns it into lines.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from actionlines import __version__
from actionlines.cli import frameworks
from actionlines.problems import InputError

COMMANDS: Final = (frameworks,)

BAD_INPUT: Final = 2
_PIPE_CLOSED: Final = 141


def parser() -> argparse.ArgumentParser:
    """The whole command line, for `main` and for the documentation."""
    whole = argparse.ArgumentParser(
        prog="actionlines",
        description="Follow up the World Summit on the Information Society and the 2030 Agenda.",
    )
    whole.add_argument("--version", action="version", version=f"actionlines {__version__}")
    groups = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(groups)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status.

    Bad input is said in full on standard error, one line a problem, with status 2.
    """
    arguments = parser().parse_args(argv)
    func: Callable[[argparse.Namespace], int] = arguments.func
    try:
        return func(arguments)
    except InputError as error:
        for problem in error.problems:
            sys.stderr.write(f"actionlines: {problem}\n")
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output ('| head') has left: not an error, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
