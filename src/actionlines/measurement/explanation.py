"""Explain a score: every number between the data and the index, for one unit and period."""

from dataclasses import dataclass

import numpy as np

from actionlines.measurement.cube import Flag
from actionlines.measurement.profile import place_of
from actionlines.measurement.result import Result


@dataclass(frozen=True, slots=True)
class Passed:
    """An indicator's value after a step.

    Attributes:
        step: its name, 'data' for the value as read; value: NaN when missing.
        done: what the step did to it, such as ('winsorised',).
    """

    step: str
    value: float
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A node of the hierarchy in an explanation.

    Attributes:
        code, parent: of the indicator or element; depth: 0 for the index.
        score: as computed; published: rounded as the specification says.
        weight: as specified or settled; share: of the weight of the children of its parent that have a score, NaN
            where it has none.
        method: how an element is made, '' for an indicator; found, of: how many of its children have a score.
        passed: an indicator's values from step to step; empty for an element.
    """

    code: str
    parent: str
    depth: int
    score: float
    published: float
    weight: float
    share: float
    method: str
    found: int
    of: int
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score explained.

    Attributes:
        unit, period: whose; key: digest of the data and steps; lines: the index, and below each node its children.
    """

    unit: str
    period: str
    key: str
    lines: tuple[Line, ...]


def explain(result: Result, unit: str, period: str = "", code: str = "") -> Explanation:
    """Explain a score of a unit.

    Args:
        period: '' for the latest; code: an element or indicator, '' for the index.

    Raises:
        InputError: no such unit or period.
        KeyError: no such element.
    """
    row, column = place_of(result, unit, period)
    element = code or result.specification.code
    if element not in result.tree.by_code:
        raise KeyError(element)
    lines = tuple(_lines(result, row, column, element, 0))
    return Explanation(unit, result.cube.periods[row], result.key, lines)


def _lines(result: Result, row: int, column: int, code: str, depth: int) -> list[Line]:
    tree = result.tree
    node = tree.by_code[code]
    children = [child for child in tree.children.get(code, ()) if child in result.cube.column]
    method = next((group.method for group in result.groups if group.element == code), "")
    line = Line(
        code,
        node.parent,
        depth,
        float(result.scores(code)[row, column]),
        float(result.published(code)[row, column]),
        node.weight,
        _share(result, row, column, code),
        method,
        sum(bool(np.isfinite(result.scores(child)[row, column])) for child in children),
        len(children),
        () if children else tuple(_passed(result, row, column, code)),
    )
    below = [one for child in children for one in _lines(result, row, column, child, depth + 1)]
    return [line, *below]


def _share(result: Result, row: int, column: int, code: str) -> float:
    node = result.tree.by_code[code]
    if not node.parent:
        return 1.0
    present = [
        child
        for child in result.tree.children[node.parent]
        if child in result.cube.column and np.isfinite(result.scores(child)[row, column])
    ]
    total = sum(result.tree.by_code[child].weight for child in present)
    return node.weight / total if code in present and total else float("nan")


def _passed(result: Result, row: int, column: int, code: str) -> list[Passed]:
    unit, period = result.cube.units[column], result.cube.periods[row]
    found: list[Passed] = []
    stages = [("data", result.source, result.source.flags)]
    stages += [(one.step.name, one.result.cube, one.result.flags) for one in result.stages]
    for name, cube, flags in stages:
        if code not in cube.column or unit not in cube.units:
            continue
        where = (cube.periods.index(period), cube.units.index(unit), cube.column[code])
        value = float(cube.values[where])
        done = tuple(flag.name.lower() for flag in Flag if flag & int(flags[where]) and flag.name)
        before = found[-1].value if found else None
        if before is None or done or not (value == before or (np.isnan(value) and np.isnan(before))):
            found.append(Passed(name, value, done))
    return found
