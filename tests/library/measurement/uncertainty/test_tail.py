"""The short way to the scores of one element equals the long one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actionlines.measurement.cube import Cube, Floats
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps import Step
from actionlines.measurement.uncertainty.tail import tail_scores
from actionlines.measurement.uncertainty.undefined import without_undefined
from library.measurement.uncertainty import small

CODES = ("a", "b", "c", "d", "P", "Q")
VALUES = arrays(np.float64, (1, 6, 4), elements=st.integers(-6, 60).map(float)).map(
    lambda table: np.where(table < -3, np.nan, table)
)
WEIGHTS = st.lists(st.lists(st.floats(0.1, 4), min_size=3, max_size=3), min_size=6, max_size=6)


def aggregate(**settings: object) -> Step:
    document = small.document(steps=[{"step": "aggregate", **settings}])
    return Specification.of(document).bound[0]


def weighed(values: Floats, weights: list[list[float]]) -> Cube:
    return small.cube(values).with_weights(dict(zip(CODES, map(np.array, weights), strict=True)))


def long_way(cube: Cube, step: Step, element: str) -> Floats:
    return without_undefined(step(cube).cube, step.params.groups).series(element)


@pytest.mark.parametrize("element", ["S", "Q"])
@pytest.mark.parametrize(
    "settings",
    [
        {"method": "arithmetic"},
        {"method": "geometric"},
        {"method": "arithmetic", "availability": 1.0},
        {"method": "geometric", "elements": {"P": {"method": "arithmetic", "availability": 0.6}}},
    ],
)
@given(values=VALUES, weights=WEIGHTS)
def test_short_way_equals_the_long_one(
    settings: dict[str, object], element: str, values: Floats, weights: list[list[float]]
) -> None:
    step, cube = aggregate(**settings), weighed(values, weights)
    short = tail_scores(cube, step.params.groups, element)
    assert short is not None
    np.testing.assert_allclose(short, long_way(cube, step, element), rtol=1e-12, atol=1e-12)


def test_geometric_mean_of_a_pillar_that_is_negative_in_some_draws_is_undefined_there() -> None:
    values = np.tile([10.0, -10.0, 5.0, 5.0], (6, 1))
    weights = [[3.0, 1.0], [1.0, 3.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]
    step = aggregate(method="arithmetic", elements={"S": {"method": "geometric"}})
    cube = weighed(values, weights)
    short = tail_scores(cube, step.params.groups, "S")
    assert short is not None
    assert short[0, 0] == pytest.approx(5.0)
    assert np.isnan(short[1]).all()
    np.testing.assert_allclose(short, long_way(cube, step, "S"))


def test_one_set_of_weights_gives_one_draw() -> None:
    step = aggregate()
    short = tail_scores(small.cube(), step.params.groups, "S")
    assert short is not None
    assert short.shape == (1, 1, 6)
    assert (short[0] == step(small.cube()).cube.series("S")).all()


@pytest.mark.parametrize(
    "settings", [{"method": "median"}, {"elements": {"P": {"method": "power", "power": 2}}}]
)
def test_other_methods_go_the_long_way(settings: dict[str, object]) -> None:
    assert tail_scores(small.cube(), aggregate(**settings).params.groups, "S") is None


def test_method_of_an_element_that_is_not_needed_does_not_matter() -> None:
    groups = aggregate(elements={"P": {"method": "median"}}).params.groups
    assert tail_scores(small.cube(), groups, "S") is None
    assert tail_scores(small.cube(), groups, "Q") is not None


def test_weight_of_zero_goes_the_long_way() -> None:
    cube = weighed(small.VALUES, [[1.0, 0.0], *[[1.0, 1.0]] * 5])
    assert tail_scores(cube, aggregate().params.groups, "S") is None


def test_indicator_goes_the_long_way() -> None:
    assert tail_scores(small.cube(), aggregate().params.groups, "a") is None
