from actionlines.frameworks import catalogue, describe


def described(key: str):
    return describe(catalogue(), catalogue().node(key))


def test_target_has_its_goal_indicators_and_the_lines_that_lead_to_it():
    found = described("sdg:9.c")
    assert found.parent.code == "9"
    assert [child.code for child in found.children] == ["9.c.1"]
    assert [one.node.code for one in found.neighbours] == ["C2", "C5", "C6", "C7-GOV", "C7-AGR", "C9"]
    assert {(one.crosswalk.code, one.outward) for one in found.neighbours} == {("wsis-sdg", False)}
    assert found.roles == ()


def test_line_has_links_in_both_directions_and_its_roles():
    found = described("wsis:C5")
    ways = [(one.crosswalk.code, one.outward) for one in found.neighbours]
    assert (ways.count(("itu-d-2020-wsis", False)), ways.count(("wsis-sdg", True)), len(ways)) == (4, 15, 19)
    assert found.neighbours[-1].rationale.get("en").startswith("Response teams and security skills")
    assert [(role.organisation, role.role) for role in found.roles] == [
        ("ITU", "lead"),
        ("BDT", "partner"),
        ("SPM", "focal point"),
    ]


def test_goal_is_reached_by_whole_goal_links_and_by_outcomes():
    found = described("sdg:14")
    assert found.parent is None
    assert {one.node.key for one in found.neighbours} == {
        "wsis:C3",
        "wsis:C7-ENV",
        "itu-d-2020:D.3-2",
        "itu-d-2020:D.3-3",
    }
