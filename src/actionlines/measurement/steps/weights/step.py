"""The step `weights`: which elements are weighed, by which method, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.steps import aggregate
from actionlines.measurement.steps.aggregate import Aggregate, Group
from actionlines.measurement.steps.registry import register
from actionlines.measurement.steps.step import Decision, Kind, StepResult
from actionlines.measurement.steps.weights.from_data import FROM_DATA, first_component
from actionlines.measurement.steps.weights.from_people import by_budget, by_comparisons
from actionlines.measurement.steps.weights.importance import by_importance
from actionlines.problems import InputError, Problem, marked

METHODS: Final = ("equal", "given", *FROM_DATA, "importance", "budget", "comparisons")


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters.

    Attributes:
        method: one of `METHODS`.
        families: parent to its children, the elements that are weighed.
        given: 'given': weight by code; 'importance': wanted importance by code.
        experts: 'budget': each expert's points by code.
        ratios: 'comparisons': (code, code) to how many times more important the first is.
        groups: how the elements' own scores are made while weighing: arithmetic means, with the specification's
            weights, of everything in the hierarchy.
    """

    method: str
    families: Mapping[str, tuple[str, ...]]
    given: Mapping[str, float]
    experts: tuple[Mapping[str, float], ...]
    ratios: Mapping[tuple[str, str], float]
    groups: tuple[Group, ...]


def bind(settings: Settings, tree: Tree) -> Weights:
    """Read `method`, and which elements: those of `level` (default 1), or the children of `parents`.

    'given' and 'importance' read the table `values`; 'budget' the array `experts`; 'comparisons' the table
    `ratios`, {A = {B = 3}} for "A is three times as important as B".
    """
    method = settings.choice("method", METHODS)
    families = _families(settings, tree)
    codes = {code for children in families.values() for code in children}
    given = settings.numbers_by_code("values") if method in ("given", "importance") else {}
    for code, weight in given.items():
        if code not in codes or weight < 0:
            settings.fault(
                "values",
                marked("“%(code)s” with %(weight)s cannot stand here."),
                marked("codes of the elements that are weighed, with numbers of at least 0."),
                code=code,
                weight=weight,
            )
    if method == "given" and not given:
        settings.fault("values", marked("there are no weights."), marked("a table of codes and weights."))
    experts = (
        tuple({code: one.number(code, low=0.0) for code in one.values} for one in settings.tables("experts"))
        if method == "budget"
        else ()
    )
    ratios = _ratios(settings) if method == "comparisons" else {}
    _check_people(settings, method, families, experts, ratios)
    groups = (
        aggregate.AGGREGATE.bind(Settings({}), tree).groups if method in (*FROM_DATA, "importance") else ()
    )
    return Weights(method, families, given, experts, ratios, groups)


def _families(settings: Settings, tree: Tree) -> dict[str, tuple[str, ...]]:
    level = settings.whole("level", 1, low=1)
    parents = settings.texts("parents", ())
    for code in parents:
        if code not in tree.children:
            settings.fault("parents", marked("no element has the code “%(code)s”."), code=code)
    if parents:
        return {code: tree.children[code] for code in parents if code in tree.children}
    found = {
        code: tuple(child for child in children if tree.levels[child] == level)
        for code, children in tree.children.items()
    }
    if not any(found.values()):
        settings.fault("level", marked("there is no level %(level)s below the index."), level=level)
    return {code: children for code, children in found.items() if children}


def _ratios(settings: Settings) -> dict[tuple[str, str], float]:
    ratios: dict[tuple[str, str], float] = {}
    for first, table in settings.tables_by_code("ratios").items():
        for second in table.values:
            ratio = table.number(second)
            if ratio <= 0:
                table.fault(
                    second, marked("%(ratio)s is no ratio."), marked("a number above 0."), ratio=ratio
                )
                ratio = 1.0
            ratios[first, second], ratios[second, first] = ratio, 1 / ratio
    return ratios


def _check_people(
    settings: Settings,
    method: str,
    families: Mapping[str, tuple[str, ...]],
    experts: tuple[Mapping[str, float], ...],
    ratios: Mapping[tuple[str, str], float],
) -> None:
    for parent, children in families.items():
        poor = [
            place for place, one in enumerate(experts, 1) if sum(one.get(code, 0.0) for code in children) <= 0
        ]
        if method == "budget" and (poor or not experts):
            fault = marked("the experts %(experts)s give no points to the children of “%(parent)s”.")
            settings.fault("experts", fault, experts=", ".join(map(str, poor)) or "–", parent=parent)
        pairs = [(one, two) for place, one in enumerate(children) for two in children[place + 1 :]]
        absent = [f"{one}/{two}" for one, two in pairs if (one, two) not in ratios]
        if method == "comparisons" and absent:
            fault = marked("the comparisons %(pairs)s are missing.")
            settings.fault("ratios", fault, pairs=", ".join(absent))


def run(cube: Cube, params: Weights) -> StepResult:
    """Settle the weights; the values stay as they are. With draws, methods that look at data do so in each.

    Raises:
        InputError: data that the method cannot weigh, by parent.
    """
    done = np.zeros(cube.flags.shape, np.uint16)
    if params.method in (*FROM_DATA, "importance"):
        weights, decisions = _from_data(cube, params)
    else:
        weights, decisions = _from_people(params)
    return StepResult(cube.with_weights(weights), done, () if cube.draws else tuple(decisions))


def _from_people(params: Weights) -> tuple[dict[str, float | Floats], list[Decision]]:
    weights: dict[str, float | Floats] = {}
    decisions: list[Decision] = []
    for parent, children in params.families.items():
        if params.method == "equal":
            weights |= dict.fromkeys(children, 1.0)
        elif params.method == "given":
            weights |= {code: params.given[code] for code in children if code in params.given}
        elif params.method == "budget":
            weights |= zip(children, by_budget(params.experts, children).tolist(), strict=True)
        else:
            ratios = np.array([[params.ratios.get((one, two), 1.0) for two in children] for one in children])
            found, consistency = by_comparisons(ratios)
            weights |= zip(children, found.tolist(), strict=True)
            template = marked("%(subject)s: the comparisons have a consistency ratio of %(consistency).3f.")
            decisions.append(Decision(parent, template, {"consistency": consistency}))
    return weights, decisions


def _from_data(cube: Cube, params: Weights) -> tuple[dict[str, float | Floats], list[Decision]]:
    scored = _scored(cube, params)
    weights: dict[str, float | Floats] = {}
    decisions: list[Decision] = []
    if params.method == "importance":
        return _important(cube, params, scored, decisions), decisions
    for parent, children in params.families.items():
        codes = [code for code in children if code in scored.column]
        tables = _tables(scored, codes)
        try:
            found = np.stack([_one(params.method, table) for table in tables])
        except ValueError as error:
            raise _refused(parent, params.method, error) from None
        weights |= {
            code: float(column[0]) if cube.draws is None else column
            for code, column in zip(codes, found.T, strict=True)
        }
        if params.method == "component" and cube.draws is None and len(codes) > 1:
            decisions += _opposed(parent, codes, tables[0])
    return weights, decisions


def _one(method: str, table: Floats) -> Floats:
    return FROM_DATA[method](table) if table.shape[1] > 1 else np.ones(1)


def _scored(cube: Cube, params: Weights) -> Cube:
    wanted = {code for children in params.families.values() for code in children}
    if wanted <= set(cube.indicators):
        return cube
    return aggregate.AGGREGATE.run(cube, Aggregate(params.groups)).cube


def _tables(cube: Cube, codes: list[str]) -> Floats:
    part = cube.values[..., cube.columns(codes)]
    return part.reshape(-1, part.shape[-3] * part.shape[-2], part.shape[-1])


def _refused(parent: str, method: str, error: Exception) -> InputError:
    fault = marked("the children of “%(parent)s” cannot be weighed by %(method)s: %(reason)s.")
    return InputError([Problem(fault, {"parent": parent, "method": method, "reason": error}, column=parent)])


def _opposed(parent: str, codes: list[str], table: Floats) -> list[Decision]:
    """A line for every element that runs against the others: squaring hides it, a reader should not miss it."""
    loadings, share = first_component(table)
    template = marked(
        "%(subject)s runs against the first component of %(parent)s (loading %(loading).3f, which explains"
        " %(share).3f of the variance): its weight says how much it has in common with the others, not in which"
        " direction."
    )
    return [
        Decision(code, template, {"parent": parent, "loading": float(loading), "share": share})
        for code, loading in zip(codes, loadings, strict=True)
        if loading < 0
    ]


def _important(
    cube: Cube, params: Weights, scored: Cube, decisions: list[Decision]
) -> dict[str, float | Floats]:
    codes = [code for children in params.families.values() for code in children if code in scored.column]
    targets = np.array([params.given.get(code, 1.0) for code in codes])
    found: list[Floats] = []
    for draw, table in enumerate(_tables(scored, codes)):
        base = replace(cube, values=cube.values[draw]) if cube.draws else cube

        def index(weights: Floats, base: Cube = base) -> Floats:
            weighed = base.with_weights(dict(zip(codes, weights.tolist(), strict=True)))
            return aggregate.AGGREGATE.run(weighed, Aggregate(params.groups)).cube.values[..., -1].ravel()

        try:
            weights, reached, distance = by_importance(table, index, targets)
        except ValueError as error:
            raise _refused(params.groups[-1].element, params.method, error) from None
        found.append(weights)
        template = marked(
            "%(subject)s: share of the correlations with the index %(reached).4f, weight %(weight).4f."
        )
        decisions += [
            Decision(code, template, {"reached": float(share), "weight": float(weight), "distance": distance})
            for code, share, weight in zip(codes, reached, weights, strict=True)
        ]
    columns = np.stack(found).T
    return {
        code: column if cube.draws else float(column[0]) for code, column in zip(codes, columns, strict=True)
    }


WEIGHTS: Final = register(Kind("weights", 1, bind, run))
