from collections import Counter
from datetime import date

import pytest

from actionlines.frameworks import catalogue

# Paper of 2018, paragraphs 4 and 7: line -> (organisation, role)
STATED = {
    *((f"C{n}", "ITU", "lead") for n in (2, 5, 6)),
    *((f"C{n}", "ITU", "co-facilitator") for n in (1, 3, 4, 7, 11)),
    *((f"C{n}", "ITU", "partner") for n in (8, 9)),
    *((f"C{n}", "BDT", "focal point") for n in (1, 2, 3, 4, 6, 7, 9, 11)),
    *((f"C{n}", "BDT", "lead") for n in (2, 6)),
    ("C4", "BDT", "interim"),
    ("C4", "ITU", "interim"),
}


def held(line: str, role: str, day: date = date(2018, 4, 1)) -> list[str]:
    return [one.organisation for one in catalogue().roles_on(line) if one.role == role and one.holds_on(day)]


def test_every_role_the_source_document_states_is_found():
    found = {
        (role.line, role.organisation, role.role) for role in catalogue().roles if role.status == "verified"
    }
    assert STATED - found == set()


def test_bdt_is_focal_point_inside_itu_since_2005():
    roles = [role for role in catalogue().roles if role.organisation == "BDT" and role.role == "focal point"]
    assert {(role.inside, role.start, role.end) for role in roles} == {("ITU", date(2005, 1, 1), None)}


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("C1", ["UNDESA"]),
        ("C3", ["UNESCO"]),
        ("C7-BUS", ["UNCTAD", "ITC", "UPU"]),
        ("C7-HEA", ["WHO"]),
        ("C7-EMP", ["ILO"]),
        ("C7-ENV", ["WMO", "UNEP"]),
        ("C7-AGR", ["FAO"]),
        ("C10", ["UNESCO"]),
    ],
)
def test_line_is_led_by(line, leads):
    assert held(line, "lead") == leads


@pytest.mark.parametrize(
    ("day", "leads"), [(date(2008, 4, 30), ["UNDP", "BDT"]), (date(2008, 5, 1), ["ITU", "BDT"])]
)
def test_enabling_environment_passed_from_undp_to_itu_in_may_2008(day, leads):
    assert held("C6", "lead", day) == leads


def test_every_line_has_a_facilitator_and_every_role_a_source():
    lines = [node.code for node in catalogue().frameworks["wsis"].nodes]
    assert [
        line
        for line in lines
        if not held(line, "lead") + held(line, "interim") + held(line, "co-facilitator")
    ] == []
    assert [role for role in catalogue().roles if not role.source] == []


def test_facts_from_general_knowledge_are_not_called_verified():
    claimed = Counter(
        role.status for role in catalogue().roles if role.source.startswith("general knowledge")
    )
    assert set(claimed) == {"unverified"}


def test_organisations_are_named_in_six_languages():
    names = catalogue().organisations
    assert names["ITU"].get("fr") == "Union internationale des télécommunications"
    assert [code for code, text in names.items() if len(text.by_language) != 6] == []
    assert {role.organisation for role in catalogue().roles} == set(names)
