import json

import pytest

from actionlines.cli import main
from actionlines.frameworks import catalogue
from shared import SOURCE_DOCUMENT, needs_shared

PLAN = """Objectives
D.1 Skills: teach people
Outcomes
D.1-1: More people trained.
Contributes to SDGs 4 and 8
Contributes to WSIS action line C4
"""


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_extract_in_json_gives_objectives_and_outcomes(capsys, plan_file):
    assert main(["frameworks", "extract", str(plan_file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["objectives"] == [{"code": "D.1", "title": "Skills: teach people"}]
    assert [(one["code"], one["objective"], one["goals"], one["lines"]) for one in found["outcomes"]] == [
        ("D.1-1", "D.1", [4, 8], ["C4"])
    ]


def test_extract_in_text_reads_line_by_line(capsys, plan_file):
    assert main(["frameworks", "extract", str(plan_file)]) == 0
    assert capsys.readouterr().out == (
        "D.1  Skills: teach people\n  D.1-1  More people trained.\n      goals: 4, 8\n      lines: C4\n"
    )


def test_extract_from_an_absent_file_is_refused_with_its_name(capsys, tmp_path):
    assert main(["frameworks", "extract", str(tmp_path / "absent.txt")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("actionlines: absent.txt: ")


@needs_shared
def test_extract_of_the_source_document_equals_the_framework_that_ships(capsys):
    assert main(["frameworks", "extract", str(SOURCE_DOCUMENT), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    plan = catalogue().frameworks["itu-d-2020"]
    assert {one["code"]: one["title"] for one in found["objectives"]} == {
        node.code: node.title.get("fr") for node in plan.of_kind("objective")
    }
    assert {one["code"]: one["title"] for one in found["outcomes"]} == {
        node.code: node.title.get("fr") for node in plan.of_kind("outcome")
    }
    for crosswalk, key in (("itu-d-2020-sdg", "goals"), ("itu-d-2020-wsis", "lines")):
        links = catalogue().crosswalks[crosswalk]
        assert {one["code"]: [str(code) for code in one[key]] for one in found["outcomes"]} == {
            node.code: [link.target for link in links.links_from(node.code)]
            for node in plan.of_kind("outcome")
        }
