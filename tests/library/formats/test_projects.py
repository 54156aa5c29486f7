"""Tables of aid projects become entries; what is no economy is left to a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.formats.entry_files import read_entry_file
from actionlines.formats.projects import is_projects, read_projects
from actionlines.formats.tabular import csv_text
from actionlines.problems import InputError
from shared import SHARED, needs_shared

HEADER = ("Number", "Year", "Recipient_en", "Title_en", "Title_lt", "Amount", "Currency")
cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\r\n"), max_size=12)


def table(*rows):
    return csv_text(HEADER, rows).encode()


@needs_shared
def test_projects_of_lithuania_are_read_with_their_amounts():
    found = read_entry_file(
        SHARED / "data" / "interchange" / "projects" / "aiddata-lithuania-2009-projects.xlsx"
    )
    assert (len(found.entries), found.rows, found.errors) == (73, 73, ())
    amounts = [entry.financing.split() for entry in found.entries]
    assert {code for _, code in amounts} == {"LTL"}
    assert sum(Decimal(amount) for amount, _ in amounts) == 6557167
    assert {entry.year for entry in found.entries} == {2009}
    assert not [entry for entry in found.entries if "_x000D_" in entry.title or "\n" in entry.title]
    strangers = {one.values["name"]: one.values["count"] for one in found.problems if "name" in one.values}
    assert strangers == {
        "Russia (Kaliningrad)": 7,
        "Public awareness projects": 3,
        "Scientific and cultural exchange projects": 7,
    }


def test_row_keeps_its_number_and_title_stands_for_a_missing_text():
    found = read_projects(
        table(
            ["1", "2009", "Georgia", "A\r\nschool", "", "5", "Lt"], ["2", "20", "Georgia", "B", "", "", ""]
        ),
        "p.csv",
    )
    (entry,) = found.entries
    assert (entry.title, entry.description, entry.country, entry.financing) == (
        "A school",
        "A school",
        "GEO",
        "5 LTL",
    )
    assert (entry.row, [one.row for one in found.errors]) == (2, [3])
    assert found.unused == ("Number", "Title_lt")


def test_table_of_entries_without_a_title_is_refused_as_before():
    with pytest.raises(InputError, match="column “title” is missing"):
        read_entry_file(b"call,description\na,b\n", "x.csv")
    assert not is_projects(b"call,description\na,b\n", "x.csv")
    with pytest.raises(InputError, match="no column says the title, country, amount"):
        read_projects(b"call,description\na,b\n", "x.csv")


@given(st.lists(st.lists(cells, min_size=7, max_size=7), min_size=1, max_size=4))
def test_any_row_is_read_or_told(rows):
    try:
        found = read_projects(table(*rows), "p.csv")
    except InputError:
        return
    assert len(found.entries) + len({one.row for one in found.errors}) == found.rows
