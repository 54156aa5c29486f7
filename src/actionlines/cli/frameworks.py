"""`actionlines frameworks`: list, show, validate, compare the frameworks; read a plan."""

import argparse
import sys

from actionlines.frameworks import catalogue


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `frameworks`."""
    group = subparsers.add_parser(
        "frameworks", help="list, show, validate and compare frameworks; read a plan"
    )
    commands = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="list what is loaded")
    listing.set_defaults(func=_list)


def _list(_arguments: argparse.Namespace) -> int:
    for framework in catalogue().frameworks.values():
        sys.stdout.write(f"{framework.code}\t{framework.version}\t{framework.title}\n")
    return 0
