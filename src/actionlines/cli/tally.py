"""`actionlines tally`: count the published file of a vote anew."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from actionlines.cli.output import add_format, answer
from actionlines.prizes.published import Recount, recount, result_as_data


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `tally`."""
    command = subparsers.add_parser(
        "tally",
        help="count the published file of a vote anew",
        description="Counts every ballot of a published vote and compares the result, the log and every byte.",
        epilog="Exit status: 0 the file proves its result, 1 it does not, 2 it cannot be opened.",
    )
    command.add_argument("file", type=Path, metavar="FILE.zip", help="as the site publishes it")
    command.add_argument(
        "--receipt", action="append", default=[], metavar="CODE", help="look for the vote with this receipt"
    )
    command.add_argument("--seal", default="", metavar="DIGEST", help="the seal as announced elsewhere")
    add_format(command)
    command.set_defaults(func=_tally)


def _tally(arguments: argparse.Namespace) -> int:
    found = recount(arguments.file, receipts=arguments.receipt, expected=arguments.seal)
    value = {
        "proven": found.proven,
        "problems": [str(problem) for problem in found.problems],
        "seal": found.seal,
        "head": found.head,
        "receipts": {code: found.receipts.get(code) for code in arguments.receipt},
        "result": result_as_data(found.tally) if found.tally else None,
    }
    answer(arguments, value, _lines(found, arguments.receipt))
    missing = any(code not in found.receipts for code in arguments.receipt)
    return 0 if found.proven and not missing else 1


def _lines(found: Recount, receipts: list[str]) -> Iterator[str]:
    if found.tally:
        for category in found.tally.categories:
            yield f"{category.category}{'  (equal votes at the last place)' if category.tied else ''}"
            for standing in category.standings:
                mark = "*" if standing.champion else " "
                yield f"  {standing.place:>3} {mark} {standing.nominee}  {standing.votes}"
        counted = found.tally
        yield (
            f"{counted.counted} choices counted of {counted.lines} lines; void {counted.void}, "
            f"declared invalid {counted.invalid}, outside the vote {counted.outside}"
        )
    for code in receipts:
        line = found.receipts.get(code)
        yield f"receipt {code}: line {line} of the log" if line else f"receipt {code}: not in the log"
    yield f"seal {found.seal}"
    yield from (str(problem) for problem in found.problems)
    yield "The result is what the ballots give." if found.proven else "THE FILE DOES NOT PROVE ITS RESULT."
