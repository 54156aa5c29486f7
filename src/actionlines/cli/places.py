"""Where a command does its bulk work: in this process, in several of this machine, on a cluster."""

import argparse
from typing import Final

from actionlines.engine import Place

_MOST_WORKERS: Final = 256


def add_places(command: argparse.ArgumentParser) -> None:
    """Add --workers and --cluster; the output is the same everywhere."""
    command.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="processes of this machine (default: 1)"
    )
    command.add_argument(
        "--cluster",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help="a Dask cluster (default address: ACTIONLINES_CLUSTER)",
    )


def place_of(arguments: argparse.Namespace) -> Place:
    """What the options say."""
    if arguments.cluster is not None:
        return Place("cluster", cluster=arguments.cluster)
    return Place("pool", arguments.workers) if arguments.workers > 1 else Place()


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a number of processes: expected 1 to {_MOST_WORKERS}"
        )
    return int(text)
