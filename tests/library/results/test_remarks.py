"""What keeps a report from being taken, and what asks for an explanation in it."""

from decimal import Decimal
from typing import Any

import pytest

from actionlines.results.aggregation import Aggregation, Measure
from actionlines.results.chain import Indicator
from actionlines.results.remarks import faults, remarks


def indicator(kind: str, **more: Any) -> Indicator:
    values: dict[str, Any] = {
        "baseline": Decimal(10),
        "targets": {"2021": Decimal(20), "2022": Decimal(30)},
        "expected_parts": ("F", "M"),
        **more,
    }
    return Indicator("i", "", "O", Aggregation(kind), **values)


def number(value: float | None, weight: int | None = None, *members: str) -> Measure:
    return Measure(
        None if value is None else Decimal(value),
        None if weight is None else Decimal(weight),
        frozenset(members),
    )


def columns(problems: list[Any]) -> list[str]:
    return [problem.column for problem in problems]


@pytest.mark.parametrize(
    ("kind", "measures", "wrong"),
    [
        ("sum", {"": number(5)}, []),
        ("sum", {}, ["value"]),
        ("sum", {"": number(None)}, ["value"]),
        ("sum", {"X": number(5)}, ["part"]),
        ("sum", {"": number(None, None, "SEN")}, ["members"]),
        ("distinct-count", {"": number(None, None, "SEN", "MLI")}, []),
        ("distinct-count", {"": number(2, None, "SEN", "MLI")}, []),
        ("distinct-count", {"": number(3, None, "SEN", "MLI")}, ["value"]),
        ("weighted-mean", {"": number(5, -1)}, ["weight"]),
    ],
)
def test_what_is_not_taken(kind: str, measures: dict[str, Measure], wrong: list[str]) -> None:
    assert columns(faults(indicator(kind), measures)) == wrong


@pytest.mark.parametrize(
    ("kind", "measures", "said"),
    [
        ("latest", {"": number(20)}, []),
        ("latest", {"": number(9)}, ["9 leads away from the target 20; the baseline was 10."]),
        ("latest", {"": number(31)}, ["31 lies far beyond the target 20; the baseline was 10."]),
        ("latest", {"": number(30)}, []),
        ("latest", {"": number(20), "F": number(12)}, ["the breakdown is not complete: M."]),
        (
            "latest",
            {"": number(20), "F": number(12), "M": number(7)},
            ["the parts make 19, the total is 20."],
        ),
        ("latest", {"": number(20), "F": number(12), "M": number(8)}, []),
        ("latest", {"F": number(12), "M": number(8)}, []),
        (
            "weighted-mean",
            {"": number(20)},
            ["a share without the size of what it is a share of cannot be brought together."],
        ),
        ("weighted-mean", {"": number(20, 100)}, []),
    ],
)
def test_what_asks_for_an_explanation(kind: str, measures: dict[str, Measure], said: list[str]) -> None:
    found = remarks(indicator(kind), "2021", measures)
    assert [problem.message for problem in found] == said
    assert {problem.severity for problem in found} <= {"warning"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (14, ["the figure counts from the beginning: it was 15 in 2020."]),
        (15, []),
        (25, []),
        (26, ["the figure counts from the beginning: it was 25 in 2022."]),
    ],
)
def test_a_cumulative_figure_lies_between_its_neighbours(value: int, said: list[str]) -> None:
    one = indicator(
        "cumulative",
        measures={"2020": number(15), "2021": number(99)},
        parts={"2022": {"F": number(20), "M": number(5)}},
    )
    assert [problem.message for problem in remarks(one, "2021", {"": number(value)})] == said


def test_the_sum_of_all_periods_is_held_against_the_target() -> None:
    one = indicator("sum", measures={"2020": number(28), "2021": number(0)})
    (found,) = remarks(one, "2021", {"": number(4)})
    assert found.message == "32 lies far beyond the target 20; the baseline was 10."
