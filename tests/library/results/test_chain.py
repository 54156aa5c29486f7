"""The results chain and progress."""

from decimal import Decimal

import pytest

from actionlines.results.aggregation import Aggregation, Figure, Measure
from actionlines.results.chain import Chain, Indicator, Result
from actionlines.results.progress import progress

RESULTS = (Result("P", "programme"), Result("O1", "output", parent="P"), Result("O2", "output", parent="P"))


def indicator(code, node="P", kind="sum", of="", **measures):
    return Indicator(
        *(code, code, node, Aggregation(kind)),
        of=of,
        measures={period[1:]: Measure(Decimal(value)) for period, value in measures.items()},
    )


def test_a_programme_takes_the_figures_of_its_parts():
    chain = Chain(
        RESULTS,
        (
            indicator("p"),
            indicator("a", "O1", of="p", y2020=3, y2021=4),
            indicator("b", "O2", of="p", y2020=5),
        ),
    )
    assert chain.figure("p") == Figure(Decimal(12))
    assert chain.figure("p", "2020") == Figure(Decimal(8))
    assert chain.figures() == {"p": Figure(Decimal(12)), "a": Figure(Decimal(7)), "b": Figure(Decimal(5))}


def test_what_a_programme_reports_itself_is_not_added_to_its_parts():
    chain = Chain(RESULTS, (indicator("p", y2020=10), indicator("a", "O1", of="p", y2020=3)))
    assert chain.figure("p").value == 10


def test_a_programme_of_cumulative_parts_adds_their_last_words():
    chain = Chain(
        RESULTS,
        (
            indicator("p", kind="cumulative"),
            indicator("a", "O1", "cumulative", "p", y2020=3, y2021=9),
            indicator("b", "O2", "cumulative", "p", y2020=5),
        ),
    )
    assert chain.figure("p").value == 14


def test_a_breakdown_makes_the_figure_of_a_period_without_a_total():
    one = Indicator(
        *("a", "a", "P", Aggregation.SUM),
        measures={"2020": Measure(Decimal(10))},
        parts={
            "2021": {"F": Measure(Decimal(4)), "M": Measure(Decimal(3))},
            "2022": {"F": Measure(Decimal(2))},
        },
        expected_parts=("F", "M"),
    )
    chain = Chain(RESULTS, (one,))
    assert chain.figure("a", "2021") == Figure(Decimal(17))
    assert chain.figure("a") == Figure(Decimal(19), partial=True)


def test_progress_uses_the_target_of_the_period_or_the_last_before_it():
    one = Indicator(
        *("a", "a", "P", Aggregation.LATEST),
        baseline=Decimal(10),
        targets={"2020": Decimal(20), "2022": Decimal(50)},
        measures={"2021": Measure(Decimal(18))},
    )
    chain = Chain(RESULTS, (one,))
    assert chain.progress("a", "2021").share == Decimal("0.8")
    assert chain.progress("a", "2022").share == Decimal("0.2")
    assert chain.progress("a", "2019").rating == "unknown"


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "elapsed", "share", "rating"),
    [
        (0, 100, 100, 1, 1, "achieved"),
        (0, 100, 50, "0.5", "0.5", "on-track"),
        (0, 100, 45, "0.5", "0.45", "on-track"),
        (0, 100, 44, "0.5", "0.44", "behind"),
        (0, 100, 29, "0.5", "0.29", "off-track"),
        (80, 20, 50, 1, "0.5", "off-track"),
        (80, 20, 15, 1, "1.083333333333333333333333333", "achieved"),
        (50, 50, 50, 1, 1, "achieved"),
        (50, 50, 49, 1, None, "off-track"),
        (10, 20, 5, 0, "-0.5", "on-track"),
    ],
)
def test_progress_is_rated_by_the_share_of_the_way(baseline, target, actual, elapsed, share, rating):
    found = progress(Decimal(baseline), Decimal(target), Decimal(actual), elapsed=Decimal(elapsed))
    assert (found.share, found.rating) == (None if share is None else Decimal(share), rating)


def test_progress_without_a_target_or_an_actual_is_unknown():
    assert progress(Decimal(0), None, Decimal(1)).rating == "unknown"
    assert progress(Decimal(0), Decimal(1), None).rating == "unknown"


@pytest.mark.parametrize(
    ("results", "indicators", "said"),
    [
        ((Result("a", "output"), Result("a", "output")), (), "stands twice"),
        ((Result("a", "output", parent="b"),), (), "below “b”, which there is not"),
        ((Result("a", "output", parent="b"), Result("b", "output", parent="a")), (), "below itself"),
        (RESULTS, (indicator("x", "Z"),), "measures “Z”, which there is not"),
        (RESULTS, (indicator("x"), indicator("y", kind="latest", of="x")), "expected the same aggregation"),
    ],
)
def test_a_chain_that_cannot_be_is_refused(results, indicators, said):
    with pytest.raises(ValueError, match=said):
        Chain(results, indicators)
