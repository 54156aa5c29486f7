"""The command `actionlines`: one module per group of commands, each with `add_parser(subparsers)`.

A group adds its parser and sets its default `func`, a function of the parsed arguments that returns the exit
status: 0 done, 1 done with findings, 2 bad input. A function raises `InputError`; only `main` turns it into lines.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from actionlines import __version__
from actionlines.problems import InputError

# The modules of this package that are command groups, in the order of the help.
COMMANDS: Final = (
    "frameworks",
    "align",
    "align_evaluate",
    "align_explain",
    "align_learn",
    "report",
    "index",
    "tally",
    "schedule",
    "check",
    "cover",
    "import_file",
    "download",
    "compare",
    "export",
)
# Commands whose module has another name: Python keeps the word for itself.
_OTHER_NAMES: Final = {"import": "import_file"}
TWO_WORDS: Final = {("align", word): f"align_{word}" for word in ("evaluate", "explain", "learn")}

BAD_INPUT: Final = 2
_PIPE_CLOSED: Final = 141


def parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The command line with these groups: all of them for the documentation, one for `main` when it knows which."""
    whole = argparse.ArgumentParser(
        prog="actionlines",
        description="Follow up the World Summit on the Information Society and the 2030 Agenda.",
    )
    whole.add_argument("--version", action="version", version=f"actionlines {__version__}")
    groups = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in commands:
        import_module(f"{__name__}.{command}").add_parser(groups)
    return whole


def _joined(words: Sequence[str]) -> Sequence[str]:
    """The words with a command of two words as one; a file of such a name is written './evaluate'."""
    return [" ".join(words[:2]), *words[2:]] if tuple(words[:2]) in TWO_WORDS else words


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status.

    Bad input is said in full on standard error, one line a problem, with status 2.
    """
    words = _joined(sys.argv[1:] if argv is None else argv)
    # A group is imported only where it is wanted: the reports bring charts and fonts, the frameworks need neither.
    modules = {**_OTHER_NAMES, **{" ".join(two): module for two, module in TWO_WORDS.items()}}
    wanted = [
        command for command in COMMANDS if command in (modules.get(word, word) for word in words[:1])
    ] or COMMANDS
    arguments = parser(wanted).parse_args(words)
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
