"""`actionlines index profile`: where a unit stands, its strengths and weaknesses."""

import argparse
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from actionlines.cli.index.inputs import add_inputs, computed
from actionlines.cli.output import add_format, answer
from actionlines.measurement.profile import Profile, Standing, profile
from actionlines.measurement.result import Result


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser("profile", help="scores, ranks, strengths and weaknesses of a unit")
    command.add_argument("unit", metavar="UNIT", help="code of a unit, such as CHE")
    add_inputs(command)
    command.add_argument("--period", default="", help="default: the latest")
    command.add_argument("--count", type=int, default=5, help="strengths and weaknesses, at most (default 5)")
    add_format(command)
    command.set_defaults(func=_profile)


def _profile(arguments: argparse.Namespace) -> int:
    result, _ = computed(arguments)
    found = profile(result, arguments.unit, arguments.period, arguments.count)
    answer(arguments, plain(asdict(found)), _lines(result, found))
    return 0


def plain(value: Any) -> Any:
    """Nested values with None for numbers that are none, as JSON knows them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def number(value: float, form: str = ".6g") -> str:
    """A number for people; a dash where there is none."""
    return format(value, form) if math.isfinite(value) else "–"


def _lines(result: Result, found: Profile) -> Iterator[str]:
    ranked = result.specification.ranked
    name = result.source.names.get(found.unit, found.unit)
    yield f"{name} ({found.unit}) {found.period}".strip()
    yield f"share of indicators imputed: {number(found.filled * 100, '.3g')} %"
    for one in found.standings:
        depth = len(result.tree.lineage(one.code)) - 1
        yield "  " * (depth + 1) + _standing(one, ranked)
    for title, listed in (("strengths", found.strengths), ("weaknesses", found.weaknesses)):
        yield f"{title}:"
        yield from (f"  {_standing(one, ranked)}" for one in listed)


def _standing(one: Standing, ranked: bool) -> str:
    value = f", value {number(one.value)}" if math.isfinite(one.value) else ""
    rank = f", rank {number(one.rank, '.0f')} of {one.ranked}" if ranked else ""
    return f"{one.code}: {number(one.score)}{rank}{value}"
