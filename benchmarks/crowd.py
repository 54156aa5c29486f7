"""10,000 people who vote for one nominee at once: every accepted vote is counted, none is lost, nobody waits in a circle.

Four processes of eight threads vote as fast as the database takes it, each thread for its share of the people and on a
connection of its own; a vote for which the database was busy for too long is sent again, as a browser does. Then the vote is closed, counted in the database and from the
published log, and both must be the number of voters.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from figure import Figure
from votes import casts, cpu, load, postgresql, psql, site

VOTERS, PROCESSES, THREADS = 10_000, 4, 8


def measure() -> list[Figure]:
    """The same crowd on both databases."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        figures = [_crowd("SQLite", site(folder / "sqlite"))]
        (folder / "pg").mkdir()
        with postgresql(folder / "pg") as address:
            psql(address, "CREATE DATABASE crowd")
            figures.append(_crowd("PostgreSQL", site(folder / "site", f"{address.rpartition('/')[0]}/crowd")))
        return figures


def _crowd(database: str, environment: Mapping[str, str]) -> Figure:
    speed = casts(environment, VOTERS, PROCESSES, THREADS)
    return Figure(
        f"{VOTERS:,} voters at once for one nominee on {database}",
        f"all counted, {speed.votes:.0f} a second{cpu(speed)}, {speed.again} sent again",
        "counted = accepted",
        f"benchmarks/crowd.py: {PROCESSES} processes of {THREADS} threads, ballots and log counted; {load()}",
    )
