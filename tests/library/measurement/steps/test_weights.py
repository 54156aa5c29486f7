"""Weights from data and from people."""

import numpy as np
import pytest

from actionlines.measurement.index import Index
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps.weights.from_data import by_critic, by_entropy
from actionlines.measurement.steps.weights.from_people import by_comparisons
from actionlines.problems import InputError
from small_index import compute, cube, document

TABLE = np.array([[1.0, 4.0, 2.0], [2.0, 1.0, 7.0], [3.0, 5.0, 1.0], [5.0, 2.0, 4.0]])


def settled(step, table=TABLE, **fields):
    return compute(table, {"step": "weights", **step}, **fields).cube.weights


def test_equal_and_given_weights_go_before_those_of_the_specification():
    assert settled({"method": "equal"}, weight=[1, 2, 3]) == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert settled({"method": "given", "values": {"a": 5}}, weight=[1, 2, 3]) == {"a": 5.0}
    steps = ({"step": "weights", "method": "given", "values": {"a": 5}}, {"step": "aggregate"})
    result = compute(TABLE, *steps, weight=[1, 2, 3])
    assert result.scores()[0, 0] == pytest.approx((5 * 1 + 2 * 4 + 3 * 2) / 10)
    assert result.effective_weights()["a"] == pytest.approx(0.5)


def test_entropy_weighs_by_unevenness():
    even_and_not = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 9.0]])
    np.testing.assert_allclose(by_entropy(even_and_not), [0.0, 1.0], atol=1e-12)


def test_entropy_of_two_columns_is_the_formula():
    share = np.array([0.25, 0.75])
    entropy = -(share * np.log(share)).sum() / np.log(2)
    other = np.array([0.1, 0.9])
    second = -(other * np.log(other)).sum() / np.log(2)
    wanted = np.array([1 - entropy, 1 - second])
    np.testing.assert_allclose(by_entropy(np.column_stack([share, other])), wanted / wanted.sum(), rtol=1e-14)


def test_critic_is_spread_times_disagreement():
    r = np.corrcoef(TABLE, rowvar=False)
    wanted = TABLE.std(axis=0, ddof=1) * (1 - r).sum(axis=0)
    np.testing.assert_allclose(by_critic(TABLE), wanted / wanted.sum(), rtol=1e-14)


def test_entropy_refuses_negative_values():
    with pytest.raises(InputError, match="the children of “X” cannot be weighed by entropy"):
        settled({"method": "entropy"}, -TABLE)


def test_component_refuses_an_element_that_does_not_vary():
    with pytest.raises(InputError, match="cannot be weighed by component: an element does not vary"):
        settled({"method": "component"}, np.column_stack([TABLE, np.ones(4)]))


def test_wanted_importance_is_reached():
    found = compute(TABLE, {"step": "weights", "method": "importance", "values": {"a": 2, "b": 1, "c": 1}})
    weights = np.array([found.cube.weights[code] for code in "abc"])
    index = TABLE @ weights
    correlations = np.array([np.corrcoef(column, index)[0, 1] for column in TABLE.T])
    np.testing.assert_allclose(correlations / correlations.sum(), [0.5, 0.25, 0.25], atol=1e-8)


def test_budget_is_the_mean_of_the_experts_shares():
    experts = [{"a": 50, "b": 30, "c": 20}, {"a": 1, "b": 1, "c": 2}]
    assert settled({"method": "budget", "experts": experts}) == pytest.approx(
        {"a": 0.375, "b": 0.275, "c": 0.35}
    )


def test_consistent_comparisons_give_their_ratios():
    found, consistency = by_comparisons(np.array([[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]))
    np.testing.assert_allclose(found, [4 / 7, 2 / 7, 1 / 7], rtol=1e-12)
    assert consistency == pytest.approx(0.0, abs=1e-12)


def test_inconsistent_comparisons_say_how_much():
    step = {"step": "weights", "method": "comparisons", "ratios": {"a": {"b": 9, "c": 0.2}, "b": {"c": 7}}}
    decision = compute(TABLE, step).stages[0].result.decisions[0]
    assert decision.values["consistency"] > 0.1
    assert decision.message.startswith("X: the comparisons have a consistency ratio of ")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"method": "given"}, "column steps[1].values: there are no weights."),
        ({"method": "given", "values": {"z": 1}}, "column steps[1].values: “z” with 1.0 cannot stand here."),
        ({"method": "budget"}, "column steps[1].experts: the experts – give no points to the children of “X”."),
        ({"method": "comparisons", "ratios": {"a": {"b": 1}}}, "column steps[1].ratios: the comparisons a/c, b/c are missing."),
        ({"method": "comparisons", "ratios": {"a": {"b": 0}}}, "column steps[1].ratios.a.b: 0.0 is no ratio."),
        ({"method": "equal", "level": 7}, "column steps[1].level: there is no level 7 below the index."),
        ({"method": "equal", "parents": ["z"]}, "column steps[1].parents: no element has the code “z”."),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(step, said):
    with pytest.raises(InputError) as refused:
        Specification.of(document(3, {"step": "weights", **step}))
    assert any(str(problem).startswith(said) for problem in refused.value.problems)


def test_weights_of_draws_are_those_of_each_draw_alone():
    specification = Specification.of(
        document(3, {"step": "weights", "method": "critic"}, {"step": "aggregate"})
    )
    from dataclasses import replace

    tables = np.stack([TABLE, TABLE**2, TABLE[::-1]])[:, None]
    done = replace(cube(TABLE), values=tables)
    for step in specification.bound:
        done = step(done).cube
    for draw, table in enumerate(tables):
        alone = Index(specification).compute(cube(table[0])).scores()
        np.testing.assert_allclose(done.series("X")[draw], alone, rtol=1e-14)
