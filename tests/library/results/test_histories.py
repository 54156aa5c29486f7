"""Figures of all periods at once, and ratings: the mistakes that others made are properties here."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.results.aggregation import Aggregation, Figure, Measure
from actionlines.results.chain import Chain, Indicator, Result, rated

PERIODS = ("2020", "2021", "2022", "2023")
RESULTS = (Result("P", "programme"), Result("O", "output", parent="P"))
VALUES = st.dictionaries(st.sampled_from(PERIODS), st.integers(0, 1000))
BREAKDOWNS = st.dictionaries(
    st.sampled_from(PERIODS), st.dictionaries(st.sampled_from(["F", "M"]), st.integers(0, 100))
)
# Kinds whose figures come from numbers alone.
NUMBERS = [Aggregation.SUM, Aggregation.LATEST, Aggregation.CUMULATIVE, Aggregation.MAXIMUM]


def measures(values: dict[str, int]) -> dict[str, Measure]:
    return {
        period: Measure(Decimal(value), Decimal(value + 1), frozenset({str(value)}))
        for period, value in values.items()
    }


def indicator(
    code: str,
    kind: Aggregation,
    values: dict[str, int],
    parts: dict[str, dict[str, int]] | None = None,
    of: str = "",
) -> Indicator:
    return Indicator(
        *(code, code, "O", kind),
        measures=measures(values),
        parts={period: measures(one) for period, one in (parts or {}).items()},
        expected_parts=("F", "M"),
        of=of,
    )


@given(st.lists(st.tuples(VALUES, BREAKDOWNS), max_size=4), st.sampled_from(list(Aggregation)))
def test_all_periods_at_once_say_what_each_says_alone(
    projects: list[tuple[dict[str, int], dict[str, dict[str, int]]]], kind: Aggregation
) -> None:
    rows = [indicator(f"i{place}", kind, *project, of="whole") for place, project in enumerate(projects)]
    chain = Chain(RESULTS, (Indicator("whole", "", "P", kind), *rows))
    histories = chain.histories(PERIODS)
    for period in PERIODS:
        assert {code: history[period] for code, history in histories.items()} == chain.figures(period)


@given(
    st.lists(VALUES, min_size=1, max_size=4),
    st.sampled_from(PERIODS),
    st.integers(0, 1000),
    st.sampled_from(NUMBERS),
)
def test_editing_a_period_changes_no_figure_of_an_earlier_one(
    projects: list[dict[str, int]], edited: str, value: int, kind: Aggregation
) -> None:
    def histories(values: list[dict[str, int]]) -> dict[str, dict[str, Figure]]:
        rows = [indicator(f"i{place}", kind, one, of="whole") for place, one in enumerate(values)]
        return Chain(RESULTS, (Indicator("whole", "", "P", kind), *rows)).histories(PERIODS)

    before = histories(projects)
    after = histories([{**projects[0], edited: value}, *projects[1:]])
    for code, history in before.items():
        earlier = [period for period in PERIODS if period < edited]
        assert [history[period] for period in earlier] == [after[code][period] for period in earlier]


@given(st.lists(VALUES, min_size=1, max_size=4), st.sampled_from(PERIODS[:-1]), st.integers(0, 1000))
def test_editing_an_earlier_period_moves_the_sum_of_a_programme_by_exactly_the_edit(
    projects: list[dict[str, int]], edited: str, value: int
) -> None:
    def total(values: list[dict[str, int]]) -> Decimal:
        rows = [indicator(f"i{place}", Aggregation.SUM, one, of="whole") for place, one in enumerate(values)]
        chain = Chain(RESULTS, (Indicator("whole", "", "P", Aggregation.SUM), *rows))
        return chain.histories(PERIODS)["whole"]["2023"].value or Decimal(0)

    changed = [{**projects[0], edited: value}, *projects[1:]]
    assert total(changed) - total(projects) == value - projects[0].get(edited, 0)


@given(st.lists(VALUES, min_size=1, max_size=4), st.sampled_from(PERIODS[:-1]), st.integers(0, 1000))
def test_editing_an_earlier_period_leaves_the_cumulative_total_of_a_programme_alone(
    projects: list[dict[str, int]], edited: str, value: int
) -> None:
    ended = [{**one, "2023": one.get("2023", 7)} for one in projects]

    def total(values: list[dict[str, int]]) -> Figure:
        rows = [
            indicator(f"i{place}", Aggregation.CUMULATIVE, one, of="whole")
            for place, one in enumerate(values)
        ]
        chain = Chain(RESULTS, (Indicator("whole", "", "P", Aggregation.CUMULATIVE), *rows))
        return chain.histories(PERIODS)["whole"]["2023"]

    assert total([{**ended[0], edited: value}, *ended[1:]]) == total(ended)
    assert total(ended).value == sum(one["2023"] for one in ended)


@given(BREAKDOWNS, st.sampled_from(NUMBERS))
def test_a_partial_breakdown_marks_its_period_and_those_that_rest_on_it(
    parts: dict[str, dict[str, int]], kind: Aggregation
) -> None:
    history = Chain(RESULTS, (indicator("i", kind, {}, parts),)).histories(PERIODS)["i"]
    broken = [period for period, one in parts.items() if one and len(one) < 2]
    for period in PERIODS:
        if history[period].value is not None:
            assert history[period].partial == any(
                other <= period for other in [*broken, *(p for p, one in parts.items() if not one)]
            )


@pytest.mark.parametrize(
    ("period", "actual", "share", "rating"),
    [
        # No target is due: of the three periods to that of 2022 one has passed in 2020, two in 2021.
        ("2020", 20, "0.4", "on-track"),
        ("2020", 16, "0.24", "behind"),
        ("2020", 14, "0.16", "off-track"),
        ("2021", 24, "0.56", "behind"),
        # That of 2022 is due, and stays the one that counts after it.
        ("2022", 30, "0.8", "behind"),
        ("2023", 35, "1", "achieved"),
        ("2023", None, None, "unknown"),
    ],
)
def test_a_period_without_a_target_is_held_against_its_share_of_the_way(
    period: str, actual: int | None, share: str | None, rating: str
) -> None:
    one = Indicator(
        *("i", "", "O", Aggregation.LATEST),
        baseline=Decimal(10),
        baseline_period="2019",
        targets={"2022": Decimal(35)},
    )
    found = rated(one, None if actual is None else Decimal(actual), period, PERIODS)
    assert (found.share, found.rating) == (None if share is None else Decimal(share), rating)


def test_an_indicator_without_a_target_is_not_rated() -> None:
    one = Indicator("i", "", "O", Aggregation.LATEST, baseline=Decimal(1))
    assert rated(one, Decimal(5), "2021", PERIODS).rating == "unknown"
