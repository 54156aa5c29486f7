"""Explanations, profiles, and the import of another tool's workbook."""

import numpy as np
import pytest
import xlsxwriter

from actionlines.measurement.cube import Cube
from actionlines.measurement.explanation import explain
from actionlines.measurement.files.cointool import read_cointool
from actionlines.measurement.index import Index
from actionlines.measurement.profile import profile
from actionlines.measurement.specification import Specification
from actionlines.problems import InputError
from coin import EXAMPLE, source, specification
from shared import needs_shared
from small_index import compute, cube, document

nan = np.nan
STEPS = (
    {"step": "impute", "method": "mean"},
    {"step": "normalise", "method": "goalposts"},
    {"step": "aggregate"},
)
VALUES = [[5.0, nan], [20.0, 4.0], [0.0, 8.0]]


def small():
    return compute(VALUES, *STEPS, goalposts=[[0, 10], [0, 8]], weight=[1, 3])


def test_explanation_holds_every_number_between_data_and_score():
    lines = {line.code: line for line in explain(small(), "A").lines}
    assert (lines["X"].score, lines["X"].method, lines["X"].found, lines["X"].of) == (
        68.75,
        "arithmetic",
        2,
        2,
    )
    assert (lines["b"].weight, lines["b"].share) == (3.0, 0.75)
    assert [(one.step, one.done) for one in lines["b"].passed] == [
        ("data", ("missing",)),
        ("impute", ("imputed_centre",)),
        ("normalise", ()),
    ]
    assert [one.value for one in lines["b"].passed][1:] == [6.0, 75.0]
    capped = {line.code: line for line in explain(small(), "B").lines}["a"]
    assert [(one.value, one.done) for one in capped.passed] == [(20.0, ()), (100.0, ("capped",))]


@needs_shared
def test_lines_of_an_explanation_recompute_every_score():
    result = Index(specification(*EXAMPLE)).compute(source())
    lines = explain(result, "ESP").lines
    for line in lines:
        children = [one for one in lines if one.parent == line.code]
        if children:
            assert line.score == pytest.approx(sum(one.share * one.score for one in children), rel=1e-13)
        else:
            assert line.passed[-1].value == line.score
    assert len(lines) == 49 + 11


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Z",), "the data have no unit “Z”."),
        (("A", "1999"), "the data have no period “1999”. Expected: one of: ."),
    ],
)
def test_unit_or_period_that_is_not_there_is_refused(arguments, said):
    with pytest.raises(InputError) as refused:
        explain(small(), *arguments)
    assert str(refused.value) == said


def test_unit_taken_out_by_screening_is_refused_as_such():
    result = compute(VALUES, {"step": "screen", "available": 1.0}, {"step": "aggregate"})
    with pytest.raises(InputError, match="screening took the unit “A” out"):
        profile(result, "A")


def test_imputed_indicator_is_neither_strength_nor_weakness():
    found = profile(small(), "A")
    assert [one.code for one in (*found.strengths, *found.weaknesses)] == ["a"]
    assert found.filled == 0.5


def test_equal_scores_share_a_rank_and_are_named():
    result = compute([[1.0], [2.0], [2.0]], {"step": "aggregate"})
    assert result.ranks()[0].tolist() == [3.0, 1.0, 1.0]
    assert result.ties() == [("", ("B", "C"))]


def test_halves_are_rounded_away_from_zero_as_in_print():
    whole = document(1, {"step": "aggregate"})
    whole["index"]["rounding"] = 1
    values = np.array([[0.25], [0.35], [-0.25], [nan], [2.675]])
    published = Index(Specification.of(whole)).compute(cube(values)).published()[0]
    np.testing.assert_array_equal(published, [0.3, 0.4, -0.3, nan, 2.7])


def test_unit_without_group_has_no_rank_inside_groups():
    data = Cube.of(np.array([[1.0], [2.0], [3.0]]), ["A", "B", "C"], ["a"], groups={"g": ["x", "x", ""]})
    result = Index(Specification.of(document(1, {"step": "aggregate"}))).compute(data)
    np.testing.assert_array_equal(result.ranks(within="g")[0], [2.0, 1.0, nan])
    with pytest.raises(InputError, match="the data have no grouping “h”"):
        result.ranks(within="h")


def workbook(path, cells):
    """A workbook of the COIN Tool: two indicators of three under one pillar, with these cells changed."""
    database = {
        "E7": 1, "F7": 2, "E8": 1, "F8": -1, "E9": 0, "F9": 5, "E10": 100, "F10": 50,
        "E11": "Index", "F11": "Index", "E12": "--", "F12": "--", "E13": "p.01", "F13": "p.01", "E14": "sp.01", "F14": "sp.02",
        "E15": "Users", "F15": "Price", "E16": "Ind.01", "F16": "Ind.02",
        "B17": "France", "C17": "FRA", "E17": 80, "F17": "n/a",
        "B18": "Namibia", "C18": "NAM", "E18": 40.5, "F18": 7,
    }  # fmt: skip
    framework = {
        "C4": "Code", "E4": "Weight", "H4": "Dimension/indicator",
        "C5": "Index", "E5": 1, "H5": "Whole", "C6": "p.01", "E6": 1, "H6": "Pillar",
        "C7": "sp.01", "E7": 3, "H7": "Use", "C8": "sp.02", "E8": 1, "H8": "Cost", "C9": "sp.03", "H9": "--",
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        for name, content in (("Database", database | cells), ("Framework", framework)):
            sheet = book.add_worksheet(name)
            for place, cell in content.items():
                sheet.write(place, cell)
    return path


def test_workbook_of_the_coin_tool_becomes_a_specification_and_data(tmp_path):
    found = read_cointool(workbook(tmp_path / "coin.xlsx", {}))
    specification = Specification.of(found.document)
    tree = specification.tree
    assert tree.lineage("Ind.02") == ("Ind.02", "sp.02", "p.01", "Index")
    assert (tree.by_code["sp.01"].weight, str(tree.by_code["sp.01"].title)) == (3.0, "Use")
    price = tree.by_code["Ind.02"]
    assert (price.direction, price.goalposts, price.weight, str(price.title)) == (
        -1,
        (50.0, 5.0),
        2.0,
        "Price",
    )
    assert found.cube.units == ("FRA", "NAM")
    np.testing.assert_array_equal(found.cube.values, [[[80, nan], [40.5, 7]]])
    assert found.cube.names == {"FRA": "France", "NAM": "Namibia"}


def test_fault_in_a_workbook_of_the_coin_tool_is_named(tmp_path):
    with pytest.raises(InputError) as refused:
        read_cointool(workbook(tmp_path / "coin.xlsx", {"E17": "eighty", "F11": "Other"}))
    assert [str(problem) for problem in refused.value.problems] == [
        "coin.xlsx, row 11: the indicators do not all belong to one index.",
        "coin.xlsx, row 17, column Ind.01: “eighty” is not a number. Expected: a number, or n/a.",
    ]


def test_workbook_without_its_sheets_is_refused(tmp_path):
    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Sheet1")
    with pytest.raises(InputError) as refused:
        read_cointool(path)
    assert str(refused.value) == (
        "other.xlsx: there is no sheet “Database”.\nother.xlsx: there is no sheet “Framework”."
    )
