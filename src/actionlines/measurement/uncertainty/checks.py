"""Whether factors can be: every fault at once."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from actionlines.measurement.result import Result
from actionlines.measurement.uncertainty.decode import DEVIATES, Cells
from actionlines.measurement.uncertainty.factor import (
    Choice,
    Dirichlet,
    Errors,
    Factor,
    Imputation,
    Noise,
    Range,
    WeightSets,
)
from actionlines.measurement.uncertainty.variant import check_settings
from actionlines.problems import InputError, Problem, marked


def check_factors(result: Result, factors: tuple[Factor, ...]) -> None:
    """Check the factors against an index and its data.

    Raises:
        InputError: no factor, a name twice, probabilities that are none, unknown codes and settings, errors that
            move nothing, …
    """
    problems: list[Problem] = []
    if not factors:
        fault = marked("there is no factor of uncertainty.")
        expected = marked("factors under [uncertainty] in the specification.")
        problems.append(Problem(fault, file=result.specification.file, expected=expected))
    for name, count in Counter(factor.name for factor in factors).items():
        if count > 1:
            problems.append(_problem(name, marked("there are %(count)d factors of this name."), count=count))
    for factor in factors:
        if isinstance(factor, Choice | WeightSets):
            problems += _check_alternatives(factor)
        if isinstance(factor, Noise | Dirichlet | WeightSets):
            problems += _check_weights(result, factor)
        elif isinstance(factor, Errors):
            problems += _check_errors(result, factor)
        elif isinstance(factor, Range) and not factor.low < factor.high:
            fault = marked("the range goes from %(low)s to %(high)s.")
            problems.append(_problem(factor.name, fault, low=factor.low, high=factor.high))
        elif isinstance(factor, Imputation) and factor.data_sets < 2:
            problems.append(_problem(factor.name, marked("there are fewer than two data sets.")))
    problems += check_settings(result.specification, factors)
    if problems:
        raise InputError(problems)


def _problem(name: str, template: str, **values: object) -> Problem:
    return Problem(template, values, column=name)


def _check_alternatives(factor: Choice | WeightSets) -> list[Problem]:
    problems: list[Problem] = []
    if len(factor.labels) < 2:
        problems.append(_problem(factor.name, marked("there are fewer than two alternatives.")))
    given = factor.probabilities
    if given and (len(given) != len(factor.labels) or min(given) < 0 or abs(sum(given) - 1) > 1e-9):
        fault = marked("the probabilities %(given)s do not fit %(count)d alternatives.")
        values = {"given": list(given), "count": len(factor.labels)}
        expected = marked("one probability for each alternative, at least 0, with the sum 1.")
        problems.append(Problem(fault, values, column=factor.name, expected=expected))
    return problems


def _check_weights(result: Result, factor: Noise | Dirichlet | WeightSets) -> list[Problem]:
    tree = result.specification.tree
    problems: list[Problem] = []
    if isinstance(factor, Noise):
        codes = factor.codes
        if not 0 < factor.share <= 1:
            fault = marked("the share is %(share)s, it must be above 0 and at most 1.")
            problems.append(_problem(factor.name, fault, share=factor.share))
    elif isinstance(factor, Dirichlet):
        codes = tuple(child for children in factor.families.values() for child in children)
        if factor.concentration is not None and not factor.concentration > 0:
            fault = marked("the concentration is %(found)s, it must be above 0.")
            problems.append(_problem(factor.name, fault, found=factor.concentration))
        problems += _check_families(factor, tree.children)
    else:
        codes = tuple(factor.sets[0]) if factor.sets else ()
        for number, (one, next_) in enumerate(pairwise(factor.sets), start=2):
            if set(one) != set(next_):
                fault = marked("the set of weights %(number)d has other codes than the one before it.")
                problems.append(_problem(factor.name, fault, number=number))
        if any(not 0 <= weight < np.inf for one in factor.sets for weight in one.values()):
            problems.append(_problem(factor.name, marked("a weight is negative or no number.")))
    if not codes:
        problems.append(_problem(factor.name, marked("there is no weight to vary.")))
    for code in sorted(set(codes) - set(tree.by_code) | ({tree.root.code} & set(codes))):
        problems.append(_problem(factor.name, marked("“%(code)s” has no weight."), code=code))
    return problems


def _check_families(factor: Dirichlet, children: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    fault = marked("the children of “%(parent)s” are not those of the hierarchy.")
    return [
        _problem(factor.name, fault, parent=parent)
        for parent, family in factor.families.items()
        if set(children.get(parent, ())) != set(family)
    ]


def _check_errors(result: Result, factor: Errors) -> list[Problem]:
    cube = result.source
    if factor.distribution not in DEVIATES:
        fault = marked("there is no distribution “%(found)s”.")
        expected = marked("one of: %(known)s.")
        values = {"found": factor.distribution, "known": ", ".join(DEVIATES)}
        return [Problem(fault, values, column=factor.name, expected=expected)]
    unknown = sorted(set(factor.series) - {*cube.indicators, *cube.variables})
    problems = [
        _problem(factor.name, marked("the data have no series “%(code)s”."), code=code) for code in unknown
    ]
    if factor.errors is not None and factor.errors.shape != cube.values.shape:
        fault = marked("the errors have the shape %(found)s, the data %(shape)s.")
        return [*problems, _problem(factor.name, fault, found=factor.errors.shape, shape=cube.values.shape)]
    cells = Cells.of(cube, factor)
    if not len(cells.places):
        fault = marked("no value has a standard error.")
        expected = marked("a column of standard errors in the data, or `relative` or `absolute` above 0.")
        problems.append(Problem(fault, column=factor.name, expected=expected))
    if factor.distribution == "lognormal" and (cells.values <= 0).any():
        fault = marked("%(count)d values are not above 0, which a lognormal error needs.")
        problems.append(_problem(factor.name, fault, count=int((cells.values <= 0).sum())))
    return problems
