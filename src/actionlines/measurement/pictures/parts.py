"""The parts a picture shows: units in order, and the nodes below an element at one level."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from actionlines.measurement.cube import Floats
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.result import Result
from actionlines.problems import InputError, Problem, marked

MOST_PARTS = 12  # that can be told apart by their colour


def place_of_period(periods: Sequence[str], period: str) -> int:
    """Where a period stands, '' for the latest.

    Raises:
        InputError: there is no such period.
    """
    if not period:
        return len(periods) - 1
    if period not in periods:
        fault, expected = marked("the data have no period “%(period)s”."), marked("one of: %(known)s.")
        raise InputError([Problem(fault, {"period": period, "known": ", ".join(periods)}, expected=expected)])
    return periods.index(period)


def best_first(scores: Floats, units: Sequence[str], chosen: Iterable[str] = ()) -> list[int]:
    """Places of the units with a score, the highest first, equal ones by their code; only those chosen, if any are.

    Raises:
        InputError: a chosen unit is not in the data, or has no score; no unit has one.
    """
    wanted = set(chosen)
    unknown = sorted(wanted - set(units))
    if unknown:
        fault = marked("the data have no unit “%(unit)s”.")
        raise InputError(Problem(fault, {"unit": unit}) for unit in unknown)
    bare = [unit for place, unit in enumerate(units) if unit in wanted and not np.isfinite(scores[place])]
    if bare:
        raise InputError(Problem(marked("“%(unit)s” has no score."), {"unit": unit}) for unit in bare)
    places = [
        place
        for place, unit in enumerate(units)
        if np.isfinite(scores[place]) and (not wanted or unit in wanted)
    ]
    if not places:
        raise InputError([Problem(marked("no unit has a score to be drawn."))])
    return sorted(places, key=lambda place: (-scores[place], units[place]))


def unit_labels(result: Result, units: Iterable[str]) -> dict[str, str]:
    """Units' codes to their names, with the code where two have one name."""
    named = {unit: result.source.names.get(unit) or unit for unit in units}
    names = list(named.values())
    return {unit: name if names.count(name) == 1 else f"{name} ({unit})" for unit, name in named.items()}


def node_name(tree: Tree, code: str, language: str) -> str:
    """The title of a node in a language; its code where it has none."""
    return tree.by_code[code].title.get(language) or code


def node_labels(tree: Tree, codes: Iterable[str], language: str, longest: int = 60) -> dict[str, str]:
    """Codes to titles of one line, cut where they are too long; the code where two would look alike."""
    named = {code: node_name(tree, code, language) for code in codes}
    short = {
        code: name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
        for code, name in named.items()
    }
    shown = list(short.values())
    return {code: name if shown.count(name) == 1 else code for code, name in short.items()}


def parts_of(tree: Tree, element: str, level: int = 0, most: int = MOST_PARTS) -> dict[str, tuple[str, ...]]:
    """The nodes below an element at a level, in the tree's order, each with its indicators.

    An indicator that hangs above the level stands for itself.

    Args:
        level: 1 for indicators; 0 for the lowest level with at most `most` nodes (the highest if all have more).

    Raises:
        InputError: an element that is none, or a level that is not below it.
    """
    highest = level_of_element(tree, element) - 1
    if not 0 <= level <= highest:
        fault = marked("level %(level)s is not below “%(element)s”.")
        expected = marked("a level from 1 to %(highest)s.")
        values = {"level": level, "element": element, "highest": highest}
        raise InputError([Problem(fault, values, expected=expected)])
    for tried in [level] if level else range(1, highest + 1):
        parts: dict[str, list[str]] = {}
        for leaf in tree.leaves(element):
            parts.setdefault(_part(tree, leaf, element, tried), []).append(leaf)
        if len(parts) <= most:
            break
    return {code: tuple(leaves) for code, leaves in parts.items()}


def level_of_element(tree: Tree, element: str) -> int:
    """The level of an element.

    Raises:
        InputError: the index has no element of that code.
    """
    if element not in tree.children:
        fault, expected = marked("the index has no element “%(element)s”."), marked("one of: %(known)s.")
        known = ", ".join(tree.children)
        raise InputError([Problem(fault, {"element": element, "known": known}, expected=expected)])
    return tree.levels[element]


def _part(tree: Tree, leaf: str, element: str, level: int) -> str:
    """The highest node from an indicator up that is below the element and not above the level."""
    lineage = tree.lineage(leaf)
    below = lineage[: lineage.index(element)]
    return [code for code in below if tree.levels[code] <= level][-1]


def summed(parts: Mapping[str, Sequence[str]], leaves: Sequence[str], values: Floats) -> dict[str, Floats]:
    """Each part's sum of the values (…, I) of its indicators; `leaves` says their order."""
    place = {code: at for at, code in enumerate(leaves)}
    return {
        code: values[..., [place[leaf] for leaf in own if leaf in place]].sum(axis=-1)
        for code, own in parts.items()
    }
