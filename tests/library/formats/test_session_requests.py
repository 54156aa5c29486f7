"""Tables of requests."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from actionlines.formats.session_requests import COLUMNS, EXAMPLE, requests_of
from actionlines.formats.tabular import read_table
from actionlines.problems import InputError
from actionlines.programme.edition_file import edition_from_data, load_edition_data
from actionlines.programme.request import Speaker

EDITION = edition_from_data(load_edition_data("demonstration"))


def table(*rows: dict[str, str], headings: dict[str, str] | None = None) -> bytes:
    """A csv of rows, each EXAMPLE with other values."""
    out = io.StringIO()
    names = headings or {name: known[0] for name, known in COLUMNS.items()}
    writer = csv.writer(out)
    writer.writerow(names.values())
    for row in rows:
        writer.writerow([{**EXAMPLE, **row}[name] for name in names])
    return out.getvalue().encode()


def read(*rows: dict[str, str], **more: Any) -> Any:
    """What is read of them."""
    return requests_of(read_table(table(*rows, **more), "requests.csv"), EDITION)


def test_the_example_is_a_whole_request() -> None:
    (item,), problems = read({})
    assert problems == []
    assert item.row == 2
    request = item.request
    assert (request.kind, request.length, request.attendance) == ("thematic-workshop", 1, 60)
    assert (request.lines, request.targets) == (("C7-HEA", "C3"), ("3.8", "9.c"))
    assert (request.needs, request.wishes) == (("captions", "remote"), ("d1.2", "d2.1"))
    assert request.organisers == ("Ministry of Health", "Union of nurses")
    assert request.speakers == (
        Speaker("Ada Example", "ada@example.org", "moderator", "Ministry of Health"),
        Speaker("Ben Example", "", "panellist", "Union of nurses"),
    )


def test_types_are_known_by_their_titles_and_headings_in_french() -> None:
    names = {name: known[-1] for name, known in COLUMNS.items()}
    (item,), problems = read({"kind": "Atelier thématique", "track": "Forum track"}, headings=names)
    assert problems == []
    assert (item.request.kind, item.request.track) == ("thematic-workshop", "forum")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"title": ""}, "title"),
        ({"kind": "party"}, "kind"),
        ({"track": "x"}, "track"),
        ({"length": "two"}, "length"),
        ({"length": "99"}, "length"),
        ({"wishes": "d9.9"}, "wishes"),
        ({"needs": "sauna"}, "needs"),
        ({"lines": "C99"}, "lines"),
        ({"targets": "9.z"}, "targets"),
        ({"lines": "", "targets": ""}, "lines"),
        ({"organisers": ""}, "organisers"),
        ({"description": ""}, "description"),
        ({"language": "xx"}, "language"),
        ({"speakers": "Ada <nowhere>"}, "speakers"),
        ({"speakers": "Ada, king"}, "speakers"),
        ({"description": "=1+1"}, "description"),
    ],
)
def test_a_fault_names_row_and_column_and_the_other_rows_are_read(row: dict[str, str], column: str) -> None:
    found, problems = read({"title": "Good"}, row)
    assert [item.request.title for item in found] == ["Good"]
    assert {(problem.file, problem.row, problem.column) for problem in problems} == {
        ("requests.csv", 3, column)
    }


def test_a_title_stands_once() -> None:
    found, problems = read({}, {"title": "  clinics on the ISLANDS "})
    assert len(found) == 1
    assert [(problem.row, problem.column) for problem in problems] == [(3, "title")]


def test_a_table_without_titles_or_rows_is_refused() -> None:
    with pytest.raises(InputError):
        requests_of(read_table(b"a,b\n1,2\n", "x.csv"), EDITION)
    with pytest.raises(InputError):
        read()


def test_250_requests_of_a_workbook_are_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([known[0] for known in COLUMNS.values()])
    for number in range(250):
        sheet.append([{**EXAMPLE, "title": f"Session {number}"}[name] for name in COLUMNS])
    book.save(tmp_path / "requests.xlsx")
    found, problems = requests_of(read_table(tmp_path / "requests.xlsx"), EDITION)
    assert (len(found), problems) == (250, [])
