"""Codes of IATI: old ones made new, and the places where an activity names goals, targets and action lines.

`data/upgrade.csv` holds the changes of code lists between 1.05 and 2.01 (IATI's own notes on version 2.01).
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from actionlines.formats.iati.activity import Activity, Coded
from actionlines.stocktaking.codes import find_line, find_target

_FILE: Final = Path(__file__).parent / "data" / "upgrade.csv"

# Where the action lines are defined: the Geneva Plan of Action. Tags with codes of lines carry this address.
WSIS_VOCABULARY: Final = "https://www.itu.int/net/wsis/docs/geneva/official/poa.html"

# Category of the document that is the activity's own page.
PAGE: Final = "A12"

_OWN: Final = frozenset({"98", "99"})
_SDG_TAGS: Final = frozenset({"2", "3"})
_SDG_SECTORS: Final = frozenset({"7", "8", "9"})
_SDG_INDICATORS: Final = "9"


@dataclass(frozen=True, slots=True)
class Classified:
    """The goals, targets and action lines an activity names.

    Attributes:
        targets: codes of goals and targets, in the order they are named, each once.
        lines: codes of action lines, likewise.
        unknown: (kind of code, code) of what names none.
    """

    targets: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


@cache
def upgrades(code_list: str) -> Mapping[str, str]:
    """Lower-case code of version 1.0x to the code of 2.0x, for a list such as 'OrganisationRole'."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["old"]: row["new"] for row in csv.DictReader(file) if row["list"] == code_list}


def classified(activity: Activity) -> Classified:
    """What the activity says of the goals and targets and of the action lines.

    Four places name goals and targets: tags of the vocabularies 2 and 3, sectors 7, 8 and 9 of the activity and of its
    transactions, and indicators that refer to vocabulary 9. Lines stand in tags or sectors of a vocabulary whose
    address is WSIS_VOCABULARY or holds the word "wsis".
    """
    targets: dict[str, None] = {}
    lines: dict[str, None] = {}
    unknown: list[tuple[str, str]] = []
    for kind, code in _named(activity):
        found = find_line(code) if kind == "line" else _target(code, kind)
        if found is None:
            unknown.append((kind, code))
        else:
            (lines if kind == "line" else targets)[found] = None
    return Classified(tuple(targets), tuple(lines), tuple(dict.fromkeys(unknown)))


def _named(activity: Activity) -> Iterator[tuple[str, str]]:
    """(kind, code) of every goal, target, indicator and line named; kind is 'line', 'indicator' or 'target'."""
    for tag in activity.tags:
        if tag.vocabulary in _SDG_TAGS:
            yield "target", tag.code
        elif _is_wsis(tag):
            yield "line", tag.code
    for sector in _sectors(activity):
        if sector.vocabulary in _SDG_SECTORS:
            yield ("indicator" if sector.vocabulary == "9" else "target"), sector.code
        elif _is_wsis(sector):
            yield "line", sector.code
    for result in activity.results:
        for indicator in result.indicators:
            for reference in indicator.references:
                if reference.vocabulary == _SDG_INDICATORS:
                    yield "indicator", reference.code


def _sectors(activity: Activity) -> Iterator[Coded]:
    yield from activity.sectors
    for transaction in activity.transactions:
        yield from transaction.sectors


def _is_wsis(coded: Coded) -> bool:
    return coded.vocabulary in _OWN and "wsis" in coded.uri.lower()


@lru_cache(maxsize=4_096)
def _target(code: str, kind: str) -> str | None:
    """The goal or target; of an indicator ('8.8.2') its target ('8.8')."""
    whole = code.rpartition(".")[0] if kind == "indicator" and code.count(".") == 2 else code
    return find_target(whole)[0]
