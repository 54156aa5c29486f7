"""The agenda that people write, an item a line."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.problems import InputError
from actionlines.results.events import AgendaItem, agenda_text, read_agenda

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 3)


def test_a_day_holds_for_the_lines_below_it_and_items_are_sorted():
    text = "10:00 Coffee\n9:00-10:00 Opening\n\n2027-03-02 09:30 – 11:00 Visit\n14:00 Closing"
    assert read_agenda(text, FIRST, LAST) == [
        AgendaItem(FIRST, time(9), time(10), "Opening"),
        AgendaItem(FIRST, time(10), None, "Coffee"),
        AgendaItem(date(2027, 3, 2), time(9, 30), time(11), "Visit"),
        AgendaItem(date(2027, 3, 2), time(14), None, "Closing"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Opening",
        "09:00",
        "25:00 Night",
        "10:00-09:00 Backwards",
        "2027-03-04 09:00 After the end",
        "2027-02-30 09:00 No day",
        f"09:00 {'x' * 301}",
    ],
)
def test_a_line_that_is_no_item_is_named(line):
    with pytest.raises(InputError) as raised:
        read_agenda(f"09:00 Opening\n{line}", FIRST, LAST)
    assert [problem.row for problem in raised.value.problems] == [2]


TITLES = st.text(st.characters(categories=("L", "P")), min_size=1, max_size=20)
ITEMS = st.builds(
    AgendaItem,
    st.dates(FIRST, LAST),
    st.times(max_value=time(22)).map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from([None, time(23), time(23, 59)]),
    TITLES,
)


@given(st.lists(ITEMS, max_size=8))
def test_what_is_written_is_read_again(items):
    ordered = sorted(items, key=lambda item: (item.day, item.start))
    assert read_agenda(agenda_text(ordered), FIRST, LAST) == ordered
