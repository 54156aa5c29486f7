"""The consultation: what may be sent in, and its statistics."""

import pytest

from actionlines.programme.consultation import Answers, problems_of, statistics

FULL = Answers("Ministry", "government", "KEN", {"themes": "Access"}, {"C2": "Cost"})


def columns(said: Answers, *, complete: bool = True) -> list[str]:
    """The fields with a fault."""
    return [problem.column for problem in problems_of(said, complete=complete)]


def test_a_full_contribution_has_no_fault() -> None:
    assert columns(FULL) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Answers("", "", "", {}, {}), ["organisation", "stakeholder_type", "themes"]),
        (Answers("M", "king", "KEN", {"themes": "x"}, {}), ["stakeholder_type"]),
        (Answers("M", "government", "Atlantis", {"themes": "x"}, {}), ["country"]),
        (Answers("M", "government", "", {}, {"C99": "x"}), ["topics"]),
        (Answers("M", "government", "", {"themes": "x" * 10_001}, {}), ["themes"]),
    ],
)
def test_a_fault_names_its_field(said: Answers, expected: list[str]) -> None:
    assert columns(said) == expected


def test_a_draft_may_be_unfinished() -> None:
    assert columns(Answers("", "", "", {}, {}), complete=False) == []


def test_statistics_count_each_contribution_once_and_each_line_it_speaks_of() -> None:
    found = statistics(
        [("government", "AFR", ["C2", "C4"]), ("government", "EUR", {"C2": "x"}), ("academia", "", [])]
    )
    assert found.total == 3
    assert found.by_type == {"government": 2, "academia": 1}
    assert found.by_region == {"": 1, "AFR": 1, "EUR": 1}
    assert list(found.by_line.items()) == [("C2", 2), ("C4", 1)]
