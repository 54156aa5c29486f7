"""Summaries of indicators that are odd."""

import numpy as np
import pytest

from actionlines.measurement.statistics import Thresholds, availability_by_element, summaries
from library.measurement.uncertainty import small


def test_indicator_without_values_has_an_empty_summary_and_is_flagged() -> None:
    values = small.VALUES.copy()
    values[:, 1] = np.nan
    found = summaries(small.cube(values))[1]
    assert (found.count, found.available, found.unique, found.same) == (6, 0, 0, 0)
    assert np.isnan([found.minimum, found.mean, found.median, found.deviation, found.skewness]).all()
    assert found.flags == ("available",)


def test_constant_indicator_is_flagged_as_not_unique() -> None:
    values = small.VALUES.copy()
    values[:, 0] = 4.0
    found = summaries(small.cube(values))[0]
    assert (found.unique, found.same, found.deviation) == (1, 6, 0.0)
    assert np.isnan(found.skewness)
    assert found.flags == ("unique",)


def test_zeros_and_outliers_are_flagged() -> None:
    values = small.VALUES.copy()
    values[:, 2] = [0, 0, 0, 0, 0, 50]
    assert summaries(small.cube(values))[2].flags == ("nonzero", "unique", "outliers")


def test_thresholds_decide_the_flags() -> None:
    strict = Thresholds(available=1.0, nonzero=1.0, unique=1.0, skewness=0.0, kurtosis=-9.0)
    values = small.VALUES.copy()
    values[0] = np.nan
    assert {flag for one in summaries(small.cube(values), thresholds=strict) for flag in one.flags} == {
        "available",
        "outliers",
    }


def test_period_is_summarised_alone_and_all_together() -> None:
    data = small.cube(np.stack([small.VALUES, small.VALUES + 100]), ("2023", "2024"))
    assert [one.mean for one in summaries(data, "2024")] == pytest.approx((small.VALUES + 100).mean(axis=0))
    assert summaries(data)[0].count == 12
    with pytest.raises(KeyError):
        summaries(data, "2022")


def test_availability_counts_the_indicators_below_an_element() -> None:
    values = small.VALUES.copy()
    values[0, :2] = np.nan
    values[1, 3] = np.nan
    found = availability_by_element(small.cube(values), small.result().tree)
    assert found["P"][0, :2].tolist() == [0.0, 1.0]
    assert found["Q"][0, :2].tolist() == [1.0, 0.5]
    assert found["S"][0, :2].tolist() == [0.5, 0.75]
