"""Values of groups: weights, coverage, and what is never estimated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.measurement.aggregates import Aggregate, aggregate

PEOPLE = {"AAA": 100.0, "BBB": 300.0, "CCC": 600.0}


def test_mean_is_weighted_by_population_and_says_how_much_it_covers():
    found = aggregate({"AAA": 10, "BBB": 50}, PEOPLE, ["AAA", "BBB", "CCC"], "percent")
    assert found == Aggregate(40.0, "weighted mean", 0.4, 2, 3)
    assert not found.sound


def test_counts_are_added_and_never_filled_up():
    found = aggregate({"AAA": 10, "CCC": 50}, PEOPLE, ["AAA", "BBB", "CCC"], "number")
    assert (found.value, found.method, found.coverage, found.sound) == (60, "sum", 0.7, True)


def test_economy_without_population_has_no_weight():
    found = aggregate({"AAA": 10, "XXX": 90}, PEOPLE, ["AAA", "XXX"], "percent")
    assert found == Aggregate(10.0, "weighted mean", 1.0, 1, 2)


def test_half_of_the_population_is_enough():
    assert aggregate({"AAA": 1}, {"AAA": 5, "BBB": 5}, ["AAA", "BBB"], "percent").sound


def test_group_without_any_value_has_none():
    assert aggregate({}, PEOPLE, PEOPLE, "percent") is None
    assert aggregate({"AAA": 1}, {}, ["AAA"], "percent") is None


@pytest.mark.parametrize("unit_class", ["percent", "per-100", "ratio", "amount"])
@given(st.dictionaries(st.sampled_from(list(PEOPLE)), st.floats(-1e6, 1e6), min_size=1))
def test_mean_lies_between_its_values(unit_class, values):
    found = aggregate(values, PEOPLE, PEOPLE, unit_class)
    assert min(values.values()) - 1e-6 <= found.value <= max(values.values()) + 1e-6
    assert found.coverage == pytest.approx(sum(PEOPLE[code] for code in values) / 1000)
