"""How figures add up: the faults others made are the properties here."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.results.aggregation import (
    Aggregation,
    Figure,
    Measure,
    over_parts,
    over_periods,
    over_programmes,
)

SERIES = st.dictionaries(st.sampled_from(["2020", "2021", "2022", "2023"]), st.integers(0, 1000), min_size=1)


def measures(series):
    return {period: Measure(Decimal(value)) for period, value in series.items()}


@pytest.mark.parametrize(
    ("kind", "value"),
    [("sum", 60), ("latest", 30), ("cumulative", 30), ("maximum", 30), ("weighted-mean", None)],
)
def test_three_years_come_together_by_their_kind(kind, value):
    found = over_periods(Aggregation(kind), measures({"2020": 10, "2021": 20, "2022": 30}))
    assert found.value == (None if value is None else Decimal(value))
    assert found.partial is (value is None)


@given(SERIES, st.integers(0, 1000))
def test_changing_an_earlier_period_leaves_a_cumulative_figure_alone(series, changed):
    last = max(series)
    edited = {period: (value if period == last else changed) for period, value in series.items()}
    for kind in (Aggregation.CUMULATIVE, Aggregation.LATEST):
        assert over_periods(kind, measures(edited)) == over_periods(kind, measures(series))


@given(SERIES)
def test_a_sum_up_to_each_period_grows_by_that_period(series):
    before = Decimal(0)
    for period in sorted(series):
        now = over_periods(Aggregation.SUM, measures(series), period).value
        assert now - before == series[period]
        before = now


@given(st.lists(SERIES, min_size=1, max_size=4))
def test_a_programme_of_cumulative_projects_adds_their_last_words_and_not_all_of_them(projects):
    figures = [over_periods(Aggregation.CUMULATIVE, measures(series)) for series in projects]
    expected = sum(series[max(series)] for series in projects)
    assert over_programmes(Aggregation.CUMULATIVE, figures).value == expected


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 1000)), min_size=2, max_size=6))
def test_a_share_of_many_is_the_share_of_all_and_not_the_mean_of_shares(groups):
    figures = [Figure(Decimal(share), Decimal(size)) for share, size in groups]
    found = over_programmes(Aggregation.WEIGHTED_MEAN, figures)
    persons = sum(size for _, size in groups)
    assert abs(found.value - Decimal(sum(share * size for share, size in groups)) / persons) < Decimal(
        "1e-20"
    )
    assert found.weight == persons
    assert min(share for share, _ in groups) <= found.value <= max(share for share, _ in groups)


def test_shares_without_their_sizes_make_no_figure():
    found = over_programmes(Aggregation.WEIGHTED_MEAN, [Figure(Decimal(10)), Figure(Decimal(90), Decimal(5))])
    assert (found.value, found.partial) == (None, True)


def test_members_are_counted_once_over_periods_and_programmes():
    one = over_periods(
        Aggregation.DISTINCT,
        {
            "2020": Measure(members=frozenset({"SEN", "MLI"})),
            "2021": Measure(members=frozenset({"SEN", "TGO"})),
        },
    )
    assert one.value == 3
    both = over_programmes(Aggregation.DISTINCT, [one, Figure(Decimal(1), None, frozenset({"TGO"}))])
    assert (both.value, both.members) == (3, frozenset({"SEN", "MLI", "TGO"}))


def test_two_counts_without_members_cannot_be_told_apart():
    found = over_periods(Aggregation.DISTINCT, {"2020": Measure(Decimal(2)), "2021": Measure(Decimal(3))})
    assert (found.value, found.partial) == (None, True)


def test_a_breakdown_that_is_not_complete_never_passes_for_the_whole():
    women = {"sex=F": Measure(Decimal(40))}
    both = {**women, "sex=M": Measure(Decimal(35))}
    expected = ("sex=F", "sex=M")
    assert over_parts(Aggregation.SUM, None, both, expected) == Figure(Decimal(75))
    assert over_parts(Aggregation.SUM, None, women, expected) == Figure(Decimal(40), partial=True)
    assert over_parts(Aggregation.SUM, Measure(Decimal(80)), women, expected) == Figure(Decimal(80))


def test_a_cumulative_breakdown_adds_its_parts_of_the_same_period():
    both = {"sex=F": Measure(Decimal(40)), "sex=M": Measure(Decimal(35))}
    assert over_parts(Aggregation.CUMULATIVE, None, both, ("sex=F", "sex=M")).value == 75


def test_a_programme_with_a_silent_project_is_partial():
    found = over_programmes(Aggregation.SUM, [Figure(Decimal(5)), Figure()])
    assert found == Figure(Decimal(5), partial=True)


@pytest.mark.parametrize("kind", list(Aggregation))
def test_a_programme_of_which_nothing_is_known_is_not_partly_known(kind):
    assert over_programmes(kind, [Figure(), Figure()]) == over_programmes(kind, []) == Figure()


@given(st.lists(st.integers(0, 100), max_size=6), st.sampled_from(list(Aggregation)))
def test_the_order_of_projects_does_not_matter(values, kind):
    figures = [Figure(Decimal(v), Decimal(1), frozenset({str(v)})) for v in values]
    assert over_programmes(kind, figures) == over_programmes(kind, figures[::-1])
