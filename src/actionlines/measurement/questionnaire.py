"""Questionnaires: which counts an economy is asked for, and the rates that follow from them.

Counts are asked for, never rates: whoever knows the counts can be checked, and the rates are made in one way. What
a short and a long questionnaire ask stands in `catalogue/questionnaires.csv`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from actionlines.frameworks.datafile import Faults, Table, raise_faults
from actionlines.measurement.series import Series, series, series_by_code, series_catalogue
from actionlines.problems import marked

KINDS: Final = ("short", "long")
_PLACES: Final = Decimal("0.000001")
_FILE: Final = Path(__file__).parent / "catalogue" / "questionnaires.csv"


@dataclass(frozen=True, slots=True)
class Question:
    """One count: a series, for the whole ('') or for a part such as 'sex=F'."""

    series: Series
    breakdown: str = ""


@cache
def questions(kind: str) -> tuple[Question, ...]:
    """What a questionnaire asks, in its order; a part stands below its whole.

    Raises:
        KeyError: no such kind.
    """
    return _read()[kind]


@cache
def _read() -> Mapping[str, tuple[Question, ...]]:
    faults: Faults = []
    found: dict[str, list[Question]] = {kind: [] for kind in KINDS}
    known, parts = series_by_code(), series_catalogue().breakdowns
    for row in Table(_FILE, _FILE.name, ("kind", "series", "breakdowns"), faults).rows:
        kind, code = row.choice("kind", KINDS), row.choice("series", known)
        for part in row["breakdowns"].split():
            if part not in parts or part.partition("=")[0] not in known[code].breakdowns:
                row.fault(marked("“%(part)s” is not a part of it."), "breakdowns", part=part)
        found[kind] += [Question(known[code], part) for part in ("", *row["breakdowns"].split())]
    raise_faults(faults)
    return {kind: tuple(asked) for kind, asked in found.items()}


def rates(kind: str) -> tuple[tuple[Series, str], ...]:
    """The rates that follow from what a questionnaire asks: each series with the parts for which both counts are asked.

    A count without parts below the line (the population under subscriptions by speed) serves every part.
    """
    asked = {(one.series.code, one.breakdown) for one in questions(kind)}
    found: list[tuple[Series, str]] = []
    for one in series():
        if not one.numerator or (one.denominator, "") not in asked:
            continue
        parts = [part for code, part in asked if code == one.numerator]
        split = {part.partition("=")[0] for code, part in asked if code == one.denominator and part}
        found += [
            (one, part)
            for part in sorted(parts)
            if (one.denominator, part) in asked or part.partition("=")[0] not in split
        ]
    return tuple(found)


def rates_from(kind: str, counts: Mapping[tuple[str, str], Decimal]) -> dict[tuple[str, str], Decimal]:
    """The rates that answered counts, by (series, breakdown), make; those that lack a count are left out."""
    asked = {(one.series.code, one.breakdown) for one in questions(kind)}
    found: dict[tuple[str, str], Decimal] = {}
    for one, part in rates(kind):
        above = counts.get((one.numerator, part))
        below = counts.get((one.denominator, part if (one.denominator, part) in asked else ""))
        if above is not None and below:
            found[one.code, part] = (one.factor * above / below).quantize(_PLACES)
    return found
