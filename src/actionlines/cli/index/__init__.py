"""`actionlines index`: compute an index, explain it, compare it, look into its data."""

import argparse
from importlib import import_module
from typing import Final

# The modules of this package that are commands, in the order of the help.
COMMANDS: Final = (
    "compute",
    "statistics",
    "compare",
    "profile",
    "explain",
    "picture",
    "uncertainty",
    "sensitivity",
    "cointool",
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `index`."""
    group = subparsers.add_parser("index", help="compute a composite index, explain and compare it")
    commands = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        import_module(f"{__name__}.{command}").add_command(commands)
