"""Sets of asks in tables."""

from datetime import date

import pytest

from actionlines.formats.asks import ask_set_of
from actionlines.formats.tabular import read_table
from actionlines.problems import InputError
from actionlines.results.followup import AskSet

NAMED = {
    "code": "res-1",
    "title": "Resolution 1",
    "source": "A/RES/1",
    "day": date(2026, 1, 1),
    "language": "en",
}


def read(text: str) -> AskSet:
    """The set of a csv text."""
    return ask_set_of(read_table(text.encode(), "asks.csv"), **NAMED)


def test_each_row_is_an_ask() -> None:
    found = read(
        "Number,Text,Asked,Due,Lines,Targets\n113,Make road maps,Facilitators,2027-05-01,C1; C2,17.18\n114,Report,All,,,\n"
    )
    first, second = found.asks
    assert (first.number, str(first.text), str(first.asked)) == ("113", "Make road maps", "Facilitators")
    assert (first.due, first.lines, first.targets) == (date(2027, 5, 1), ("C1", "C2"), ("17.18",))
    assert (second.due, second.lines) == (None, ())


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("number,text\n1,x\n", [(1, "")]),
        ("number,text,asked,due\n1,,All,soon\n", [(2, "text"), (2, "due")]),
        ("number,text,asked,lines\n1,x,All,C99\n", [(2, "")]),
        ("number,text,asked\n1,x,All\n1,y,All\n", [(None, "")]),
    ],
)
def test_faults_name_row_and_column(text: str, faults: list[tuple[int | None, str]]) -> None:
    with pytest.raises(InputError) as raised:
        read(text)
    assert [(problem.row, problem.column) for problem in raised.value.problems] == faults
