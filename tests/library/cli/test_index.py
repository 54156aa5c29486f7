"""The commands of an index: what they print, write and refuse."""

import csv
import json

import numpy as np
import polars as pl
import pytest
import xlsxwriter

from actionlines.cli import main
from shared import SHARED, needs_shared

SPECIFICATION = """\
[index]
code = "X"
rounding = 1

[[elements]]
code = "P"
parent = "X"

[[elements]]
code = "Q"
parent = "X"

[[indicators]]
code = "users"
parent = "P"
goalposts = [0, 100]

[[indicators]]
code = "owners"
parent = "P"
goalposts = [0, 100]

[[indicators]]
code = "price"
parent = "Q"
goalposts = [21, 1]

[[steps]]
step = "normalise"
method = "goalposts"

[[steps]]
step = "aggregate"
availability = 1.0
"""
DATA = """\
iso3,year,users,owners,price
FRA,2024,83.25,90,2
FRA,2025,85,95,1.5
NAM,2024,62,n/a,4
NAM,2025,64,70,4
PAN,2024,71,80,6
PAN,2025,73,82,6
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "index.toml").write_text(SPECIFICATION, encoding="utf-8")
    (tmp_path / "data.csv").write_text(DATA, encoding="utf-8")
    return str(tmp_path / "index.toml"), str(tmp_path / "data.csv")


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_scores_are_one_row_for_each_unit_and_period(capsys, files):
    assert main(["index", "compute", *files]) == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "unit,period,index,P,Q,rank,reason\n"
        "FRA,2024,90.8,86.6,95,1,\n"
        "FRA,2025,93.8,90,97.5,1,\n"
        'NAM,2024,,,85,,"P has 1 of 2, 2 needed; missing: owners."\n'
        "NAM,2025,76,67,85,3,\n"
        "PAN,2024,75.3,75.5,75,2,\n"
        "PAN,2025,76.3,77.5,75,2,\n"
    )
    assert printed.err == "actionlines: NAM 2024 has no score: P has 1 of 2, 2 needed; missing: owners.\n"


@pytest.mark.parametrize("suffix", ["csv", "json", "parquet", "xlsx"])
def test_every_kind_of_output_holds_the_same_scores(files, tmp_path, suffix):
    path = tmp_path / f"scores.{suffix}"
    assert main(["index", "compute", *files, "-o", str(path), "--unrounded", "--indicators"]) == 0
    if suffix == "csv":
        rows = read(path)
    elif suffix == "json":
        whole = json.loads(path.read_text(encoding="utf-8"))
        assert [one["kind"] for one in whole["steps"]] == ["normalise", "aggregate"]
        rows = whole["rows"]
    elif suffix == "parquet":
        rows = pl.read_parquet(path).to_dicts()
    else:
        from python_calamine import CalamineWorkbook

        header, *cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        rows = [dict(zip(header, row, strict=True)) for row in cells]
    assert list(rows[0])[:6] == ["unit", "period", "index", "P", "Q", "users"]
    assert float(rows[0]["index"]) == pytest.approx((86.625 + 95) / 2, rel=1e-15)
    assert rows[2]["index"] in ("", None)
    assert len(rows) == 6


def test_output_of_unknown_kind_is_refused_before_anything_is_read(capsys, tmp_path):
    assert main(["index", "compute", "nowhere", "nothing.csv", "-o", str(tmp_path / "scores.doc")]) == 2
    assert "“.doc” is no kind of file that can be written" in capsys.readouterr().err


def test_bad_data_leave_an_earlier_output_as_it_was(capsys, files, tmp_path):
    output = tmp_path / "scores.csv"
    output.write_text("before", encoding="utf-8")
    (tmp_path / "data.csv").write_text(
        DATA.replace("83.25", "many").replace("PAN,2025", "PAN,2024"), encoding="utf-8"
    )
    assert main(["index", "compute", *files, "-o", str(output)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "actionlines: data.csv, row 7: the unit PAN stands here twice for 2024, first in row 6.",
        (
            "actionlines: data.csv, row 2, column users: “many” is not a number."
            " Expected: digits with a decimal point, or nothing."
        ),
    ]
    assert output.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "index.toml", "scores.csv"]


def test_unknown_edition_is_refused_with_those_there_are(capsys, files):
    assert main(["index", "compute", "idi-1999", files[1]]) == 2
    said = capsys.readouterr().err
    assert said.startswith("actionlines: “idi-1999” is neither a file nor a shipped edition.")
    assert "idi-2023-2025" in said


def test_explanation_prints_every_number(capsys, files):
    assert main(["index", "explain", "FRA", *files, "--period", "2024"]) == 0
    assert capsys.readouterr().out.splitlines()[:-1] == [
        "FRA (FRA) 2024",
        "X = 90.8125, published 90.8: arithmetic of 2 of 2",
        "  P = 86.625, published 86.6: arithmetic of 2 of 2; weight 1, share 0.5",
        "    users = 83.25; weight 1, share 0.5",
        "      data: 83.25",
        "    owners = 90; weight 1, share 0.5",
        "      data: 90",
        "  Q = 95: arithmetic of 1 of 1; weight 1, share 0.5",
        "    price = 95; weight 1, share 1",
        "      data: 2",
        "      normalise: 95",
    ]


def test_explanation_of_an_unknown_element_is_refused(capsys, files):
    assert main(["index", "explain", "FRA", *files, "--element", "Z"]) == 2
    assert "no element has the code “Z”" in capsys.readouterr().err


def test_profile_in_json_is_plain(capsys, files):
    assert main(["index", "profile", "NAM", *files, "--period", "2024", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["score"], one["rank"]) for one in found["standings"]][:3] == [
        ("X", None, None),
        ("P", None, None),
        ("Q", 85.0, 2.0),
    ]


def test_profile_of_an_index_without_ranks_shows_none(capsys, files, tmp_path):
    path = tmp_path / "index.toml"
    path.write_text(SPECIFICATION.replace("rounding = 1", "rounding = 1\nranked = false"), encoding="utf-8")
    assert main(["index", "profile", "FRA", *files]) == 0
    assert "rank" not in capsys.readouterr().out


def test_comparison_with_one_element_less(capsys, files, tmp_path):
    output = tmp_path / "shifts.csv"
    assert main(["index", "compare", files[0], "without:owners", files[1], "-o", str(output)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith(
        f"{files[0]} → without:owners 2025: 3 units, mean rank shift 0.666667, half within 1"
    )
    rows = {(row["unit"], row["period"]): row["rank_shift"] for row in read(output)}
    # Few own a phone where prices are low: without the owners Namibia passes Panama.
    assert (rows["FRA", "2025"], rows["NAM", "2025"], rows["PAN", "2025"]) == ("0", "1", "-1")


def test_comparison_of_two_files_of_scores(capsys, files, tmp_path):
    for name, options in (("one.csv", []), ("two.json", []), ("two.xlsx", ["--unrounded"])):
        assert main(["index", "compute", *files, "-o", str(tmp_path / name), *options]) == 0
    capsys.readouterr()
    assert main(["index", "compare", str(tmp_path / "one.csv"), str(tmp_path / "two.xlsx")]) == 0
    assert (
        capsys.readouterr()
        .out.splitlines()[-1]
        .endswith(
            "2025: 3 units, mean rank shift 0, half within 0, 9 in 10 within 0, all within 0, Kendall's tau 1.0000"
        )
    )


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("without:Z", "nothing below the index has the code “Z”"),
        ("without:X", "nothing below the index has the code “X”"),
        ("each:9", "there is no level “9” below the index"),
    ],
)
def test_comparison_that_cannot_be_is_refused(capsys, files, second, said):
    assert main(["index", "compare", files[0], second, files[1]]) == 2
    assert said in capsys.readouterr().err


def test_columns_can_be_named_on_the_command_line(capsys, files, tmp_path):
    (tmp_path / "data.csv").write_text(
        DATA.replace("iso3,year", "where,when").replace("price\n", "price,note\n", 1), encoding="utf-8"
    )
    text = "\n".join(
        line + ",x" if n else line
        for n, line in enumerate((tmp_path / "data.csv").read_text(encoding="utf-8").splitlines())
    )
    (tmp_path / "data.csv").write_text(text + "\n", encoding="utf-8")
    options = ["--column", "unit=where", "--column", "period=when", "--ignore", "note"]
    assert main(["index", "compute", *files, *options]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("FRA,2024,90.8,")
    assert main(["index", "compute", *files, "--column", "unti=where"]) == 2
    assert "“unti” is no role of a column" in capsys.readouterr().err


def test_workbook_of_the_coin_tool_is_imported_and_computes(capsys, tmp_path):
    path = tmp_path / "coin.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Database")
        cells = {
            "E7": 1,
            "E8": 1,
            "E11": "Index",
            "E14": "sp.01",
            "E15": "Users",
            "E16": "Ind.01",
            "B17": "=A1+1",
            "C17": "FRA",
            "E17": 8,
            "B18": "N",
            "C18": "NAM",
            "E18": 4,
        }
        for place, cell in cells.items():
            sheet.write_string(place, cell) if isinstance(cell, str) else sheet.write(place, cell)
        book.add_worksheet("Framework").write("C5", "sp.01")
    assert main(["index", "import-cointool", str(path), "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("1 indicators and 2 units: ")
    data = (tmp_path / "data.csv").read_text(encoding="utf-8")
    assert data == "unit,name,Ind.01\nFRA,'=A1+1,8\nNAM,N,4\n"
    assert main(["index", "compute", str(tmp_path / "specification.toml"), str(tmp_path / "data.csv")]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["FRA,,100,100,1,", "NAM,,0,0,2,"]


def test_statistics_tell_what_speaks_against_the_hierarchy(capsys, files, tmp_path):
    output = tmp_path / "summaries.csv"
    assert (
        main(["index", "statistics", *files, "--period", "2025", "--format", "json", "-o", str(output)]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    users = found["indicators"][0]
    assert (users["code"], users["count"], users["minimum"], users["maximum"], users["mean"]) == (
        "users",
        3,
        64,
        85,
        74,
    )
    assert [one["element"] for one in found["elements"]] == ["X", "P"]
    # Two columns: alpha = 4·covariance / variance of the sum.
    table = np.array([[85, 95], [64, 70], [73, 82]], float)
    covariance = np.cov(table, rowvar=False)
    assert found["elements"][1]["alpha"] == pytest.approx(4 * covariance[0, 1] / covariance.sum())
    assert {"kind": "redundant", "family": "P", "first": "users", "second": "owners"}.items() <= found[
        "remarks"
    ][0].items()
    assert [row["code"] for row in read(output)] == ["users", "owners", "price"]


def test_statistics_of_an_index_that_cannot_be_computed_are_printed_all_the_same(capsys, files, tmp_path):
    path = tmp_path / "index.toml"
    path.write_text(SPECIFICATION.replace('method = "goalposts"', 'method = "minmax"'), encoding="utf-8")
    (tmp_path / "data.csv").write_text(
        DATA.replace(",62,", ",71,").replace(",83.25,", ",71,"), encoding="utf-8"
    )
    assert main(["index", "statistics", *files]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("users: 6 of 6, 64 to 85, mean ")
    assert "the indicator users cannot be normalised by minmax in 2024" in printed.err


def test_statistics_of_an_unknown_period_are_refused(capsys, files):
    assert main(["index", "statistics", *files, "--period", "1999"]) == 2
    assert "the data have no period “1999”. Expected: one of: 2024, 2025." in capsys.readouterr().err


@needs_shared
def test_shipped_edition_computes_the_published_layout(capsys):
    data = SHARED / "data" / "ict" / "idi_new_inputs_2023_2025.csv"
    assert main(["index", "compute", "idi-2023-2025", str(data)]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert len(rows) == 174 * 3
    scored = {
        period: sum(bool(row["index"]) for row in rows if row["period"] == period)
        for period in ("2023", "2024", "2025")
    }
    assert scored == {"2023": 105, "2024": 109, "2025": 115}
    assert all(row["reason"] for row in rows if not row["index"])
