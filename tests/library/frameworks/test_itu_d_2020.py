"""The ITU-D contribution 2020–2023: Annex 1 of its paper, code by code."""

from actionlines.frameworks import catalogue
from shared import SOURCE_DOCUMENT, needs_shared

ALL_GOALS = " ".join(map(str, range(1, 18)))
ALL_LINES = " ".join(f"C{n}" for n in range(1, 12))

# For each outcome its goals and its lines.
ANNEX_1 = {
    "D.1-1": ("1 3 5 10 16 17", "C1 C11"),
    "D.1-2": ("1 3 5 10 16 17", "C1 C11"),
    "D.1-3": ("1 3 5 10 16 17", "C1 C11"),
    "D.1-4": ("1 17", "C1 C11"),
    "D.1-5": ("1 17", "C1 C11"),
    "D.2-1": ("1 3 5 8 9 10 11 16 17", "C1 C2 C3 C9 C11"),
    "D.2-2": ("4 9 11 16 17", "C5"),
    "D.2-3": ("1 3 5 11 13", "C2 C7"),
    "D.3-1": ("2 4 5 8 9 10 11 16 17", "C6"),
    "D.3-2": (ALL_GOALS, ALL_LINES),
    "D.3-3": ("1 2 3 4 5 6 12 13 14 16 17", "C4"),
    "D.3-4": ("1 2 3 4 5 9 12 16 17", "C1 C2 C3 C4 C5 C6 C7 C11"),
    "D.4-1": ("1 3 7 8 9 11 13 17", "C2 C6 C7"),
    "D.4-2": ("2 3 4 6 7 11", "C7"),
    "D.4-3": ("4 5 8 10 17", "C1 C2 C3 C4 C5 C6 C7 C8 C9"),
    "D.4-4": ("3 5 11 12 13", "C7"),
}


def plan():
    return catalogue().frameworks["itu-d-2020"]


def targets(crosswalk: str, code: str) -> str:
    return " ".join(link.target for link in catalogue().crosswalks[crosswalk].links_from(code))


def test_plan_has_four_objectives_and_sixteen_outcomes():
    assert [node.code for node in plan().of_kind("objective")] == ["D.1", "D.2", "D.3", "D.4"]
    assert [node.code for node in plan().of_kind("outcome")] == list(ANNEX_1)


def test_outcomes_hang_under_the_objective_their_code_names():
    assert {node.code: node.parent for node in plan().of_kind("outcome")} == {
        code: code.partition("-")[0] for code in ANNEX_1
    }


def test_links_are_exactly_annex_1_in_every_code():
    assert {
        code: (targets("itu-d-2020-sdg", code), targets("itu-d-2020-wsis", code)) for code in ANNEX_1
    } == ANNEX_1
    assert len(catalogue().crosswalks["itu-d-2020-sdg"].links) == 111
    assert len(catalogue().crosswalks["itu-d-2020-wsis"].links) == 53


def test_french_titles_are_official_and_all_titles_stand_in_six_languages():
    assert {node.official_in for node in plan().nodes} == {("fr",)}
    assert [node.code for node in plan().nodes if len(node.title.by_language) != 6] == []


def test_misprinted_code_is_noted():
    assert plan()["D.1-5"].note == "The source document prints the code as “D.1.5”."


@needs_shared
def test_french_titles_are_those_of_the_source_document():
    printed = " ".join(SOURCE_DOCUMENT.read_text("utf-8").split())
    assert [node.code for node in plan().nodes if " ".join(node.title.get("fr").split()) not in printed] == []


def test_outcomes_reach_targets_through_the_lines():
    to_lines, matrix = catalogue().crosswalks["itu-d-2020-wsis"], catalogue().crosswalks["wsis-sdg"]
    composed = to_lines.composed(matrix)
    assert {link.target for link in composed.links_from("D.2-2")} == {
        link.target for link in matrix.links_from("C5")
    }
    assert composed.links_from("D.4-4") == ()


def test_outcomes_linked_to_c7_reach_the_targets_of_its_sub_lines_through_the_framework():
    to_lines, matrix = catalogue().crosswalks["itu-d-2020-wsis"], catalogue().crosswalks["wsis-sdg"]
    composed = to_lines.composed(matrix, through=catalogue().frameworks["wsis"])
    links = {link.target: link.via for link in composed.links_from("D.4-4")}
    assert links["3.3"] == ("C7", "C7-HEA")
    assert set(links) == {
        link.target for link in matrix.links if catalogue().frameworks["wsis"][link.source].parent == "C7"
    }
