"""Factors as a specification says them, and what is wrong with some."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from actionlines.measurement.specification import Specification
from actionlines.measurement.uncertainty import (
    Alternative,
    Choice,
    Dirichlet,
    Errors,
    Factor,
    Imputation,
    Noise,
    Range,
    WeightSets,
    read_factors,
    uncertainty,
)
from actionlines.problems import InputError
from library.measurement.uncertainty import small


def read(*factors: dict[str, Any]) -> tuple[Factor, ...]:
    return read_factors(Specification.of(small.document(*factors)))


def faults(*factors: Factor) -> list[str]:
    """What is wrong with factors, sentence by sentence."""
    with pytest.raises(InputError) as caught:
        uncertainty(small.result(), factors)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            {"kind": "choice", "setting": "steps.aggregate.method", "values": ["arithmetic", "median"]},
            Choice.of("x", "steps.aggregate.method", ["arithmetic", "median"]),
        ),
        (
            {
                "kind": "choice",
                "alternatives": [{}, {"indicators.a.weight": 0, "indicators.b.weight": 2}],
                "probabilities": [0.25, 0.75],
            },
            Choice(
                "x",
                (
                    Alternative("as specified"),
                    Alternative("0, 2", (("indicators.a.weight", 0), ("indicators.b.weight", 2))),
                ),
                (0.25, 0.75),
            ),
        ),
        (
            {"kind": "choice", "labels": ["one", "two"], "alternatives": [{}, {"indicators.a.weight": 0}]},
            Choice("x", (Alternative("one"), Alternative("two", (("indicators.a.weight", 0),)))),
        ),
        (
            {"kind": "range", "setting": "steps.aggregate.power", "low": 0, "high": 1.5},
            Range("x", "steps.aggregate.power", 0.0, 1.5),
        ),
        ({"kind": "noise", "share": 0.1, "levels": [2]}, Noise("x", ("P", "Q"), 0.1)),
        ({"kind": "noise", "codes": ["a", "P"]}, Noise("x", ("a", "P"))),
        ({"kind": "noise"}, Noise("x", ("P", "Q", "a", "b", "c", "d"))),
        ({"kind": "dirichlet", "parents": ["S"], "concentration": 5}, Dirichlet("x", {"S": ("P", "Q")}, 5.0)),
        ({"kind": "dirichlet"}, Dirichlet("x", {"S": ("P", "Q"), "P": ("a", "b"), "Q": ("c", "d")})),
        (
            {"kind": "sets", "sets": [{"P": 1, "Q": 2}, {"P": 2, "Q": 2}]},
            WeightSets("x", ({"P": 1.0, "Q": 2.0}, {"P": 2.0, "Q": 2.0})),
        ),
        ({"kind": "imputation", "step": "fill", "data_sets": 5}, Imputation("x", "fill", 5)),
    ],
)
def test_factor_is_read_as_said(said: dict[str, Any], meant: Factor) -> None:
    assert read({"name": "x", **said}) == (meant,)


def test_errors_are_read_as_said() -> None:
    (found,) = read(
        {"name": "x", "kind": "errors", "distribution": "uniform", "absolute": 0.05, "series": ["a"]}
    )
    assert isinstance(found, Errors)
    said = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    assert said == {
        "name": "x",
        "distribution": "uniform",
        "errors": None,
        "relative": 0.0,
        "absolute": 0.05,
        "series": ("a",),
    }


def test_specification_without_factors_has_none() -> None:
    assert read_factors(Specification.of(small.document())) == ()


def test_every_fault_of_the_factors_is_named_with_its_place() -> None:
    with pytest.raises(InputError) as caught:
        read(
            {"name": "one", "kind": "guess"},
            {"kind": "range", "setting": "x", "low": "a", "high": 1},
            {"name": "three", "kind": "noise", "share": 2, "spread": 1},
            {"name": "four", "kind": "choice", "setting": "x", "values": 3},
            {"name": "five", "kind": "choice", "labels": ["a"], "alternatives": [{}, {}]},
            {"name": "six", "kind": "dirichlet", "parents": ["Z"]},
        )
    places = [problem.column for problem in caught.value.problems]
    for place in (
        "uncertainty.factors[1].kind",
        "uncertainty.factors[2].name",
        "uncertainty.factors[2].low",
        "uncertainty.factors[3].share",
        "uncertainty.factors[3].spread",
        "uncertainty.factors[4].values",
        "uncertainty.factors[5].labels",
        "uncertainty.factors[6].parents",
    ):
        assert place in places


def test_factors_of_the_specification_are_taken_where_none_are_given() -> None:
    computed = small.result(None, {"name": "pillars", "kind": "noise", "levels": [2]})
    assert uncertainty(computed, draws=4).factors == (Noise("pillars", ("P", "Q")),)


@pytest.mark.parametrize(
    ("factors", "said"),
    [
        ((), "there is no factor of uncertainty"),
        ((Noise("x", ("P",)), Noise("x", ("Q",))), "2 factors of this name"),
        ((Choice.of("x", "steps.aggregate.method", ["median"]),), "fewer than two alternatives"),
        (
            (Choice.of("x", "steps.aggregate.method", ["median", "power"], [0.5, 0.4]),),
            "do not fit 2 alternatives",
        ),
        ((Choice.of("x", "steps.aggregate.method", ["median", "mode"]),), "'mode' cannot stand here"),
        ((Choice.of("x", "steps.treat.limit", [1, 2]),), "“steps.treat.limit” is not in the specification"),
        ((Range("x", "indicators.a.weight", 1, 1),), "goes from 1 to 1"),
        ((Range("x", "indicators.a.weight", -1, 1),), "-1 cannot stand here"),
        ((Noise("x", ("Z",)),), "“Z” has no weight"),
        ((Noise("x", ("S",)),), "“S” has no weight"),
        ((Noise("x", ()),), "there is no weight to vary"),
        ((Noise("x", ("P",), 0.0),), "it must be above 0"),
        ((Dirichlet("x", {"S": ("P", "a")}),), "not those of the hierarchy"),
        ((Dirichlet("x", {"S": ("P", "Q")}, 0.0),), "it must be above 0"),
        ((WeightSets("x", ({"P": 1.0}, {"Q": 1.0})),), "other codes"),
        ((WeightSets("x", ({"P": 1.0}, {"P": -1.0})),), "negative"),
        ((Errors("x"),), "no value has a standard error"),
        ((Errors("x", "cauchy", absolute=1.0),), "there is no distribution “cauchy”"),
        ((Errors("x", absolute=1.0, series=("z",)),), "no series “z”"),
        ((Errors("x", errors=np.ones((2, 2, 2))),), "the errors have the shape"),
        ((Imputation("x", "normalise"),), "no distribution to draw missing values from"),
        ((Imputation("x", "nowhere"),), "no distribution to draw missing values from"),
        ((Imputation("x", "impute", 1),), "fewer than two data sets"),
    ],
)
def test_factor_that_cannot_be_is_refused(factors: tuple[Factor, ...], said: str) -> None:
    assert any(said in fault for fault in faults(*factors))


def test_lognormal_errors_of_values_not_above_zero_are_refused() -> None:
    values = small.VALUES.copy()
    values[0, 0] = 0.0
    with pytest.raises(InputError, match="1 values are not above 0"):
        uncertainty(small.result(small.cube(values)), [Errors("x", "lognormal", absolute=1.0)])


def test_all_faults_of_all_factors_are_said_at_once() -> None:
    said = faults(Noise("one", ("Z",)), Errors("two"), Choice.of("three", "steps.aggregate.method", ["mode"]))
    assert [fault.split(":")[0].removeprefix("column ") for fault in said] == [
        "one",
        "two",
        "three",
        "three, steps[2].method",
    ]
