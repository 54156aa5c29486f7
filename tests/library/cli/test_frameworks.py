import json

import pytest

from actionlines import __version__
from actionlines.cli import main


def run(capsys, *argv: str) -> tuple[int, str, str]:
    status = main(argv)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def run_json(capsys, *argv: str):
    status, out, err = run(capsys, "frameworks", *argv, "--format", "json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (0, f"actionlines {__version__}\n")


def test_command_line_without_a_command_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_list_names_every_framework_and_crosswalk_with_counts(capsys):
    assert run(capsys, "frameworks", "list") == (
        0,
        (
            "gdc@2024  Global Digital Compact (5 objectives)\n"
            "itu-d-2020@2020-2023  ITU-D contribution to the ITU strategic plan 2020–2023 (4 objectives, 16 outcomes)\n"
            "sdg@2017  Sustainable Development Goals (17 goals, 169 targets, 244 indicators)\n"
            "sdg@2023  Sustainable Development Goals (17 goals, 169 targets, 248 indicators)\n"
            "wsis@2003  WSIS action lines (11 action lines, 8 sub-lines)\n"
            "itu-d-2020-sdg@2020-2023  itu-d-2020 → sdg (111 links)\n"
            "itu-d-2020-wsis@2020-2023  itu-d-2020 → wsis (53 links)\n"
            "wsis-sdg@2017  wsis → sdg (187 links)\n"
        ),
        "",
    )


def test_list_speaks_the_language_asked_for(capsys):
    _, out, _ = run(capsys, "frameworks", "list", "--lang", "fr")
    assert "sdg@2023  Objectifs de développement durable (" in out


def test_list_in_json_carries_source_and_licence(capsys):
    found = run_json(capsys, "list")
    assert [one["code"] for one in found["frameworks"]] == ["gdc", "itu-d-2020", "sdg", "sdg", "wsis"]
    assert [one["link_count"] for one in found["crosswalks"]] == [111, 53, 187]
    assert [
        one["code"]
        for one in found["frameworks"] + found["crosswalks"]
        if not (one["source"] and one["licence"])
    ] == []


@pytest.mark.parametrize("name", ["9.c", "sdg:9.c", "9.C"])
def test_show_target_gives_parent_children_and_links_with_rationale(capsys, name):
    found = run_json(capsys, "show", name)
    assert (found["framework"], found["code"], found["kind"]) == ("sdg", "9.c", "target")
    assert found["parent"]["code"] == "9"
    assert [child["code"] for child in found["children"]] == ["9.c.1"]
    assert [link["node"]["code"] for link in found["links"]] == ["C2", "C5", "C6", "C7-GOV", "C7-AGR", "C9"]
    assert {(link["crosswalk"], link["version"], link["direction"]) for link in found["links"]} == {
        ("wsis-sdg", "2017", "from")
    }
    assert all(set(link["rationale"]) == {"en", "fr"} for link in found["links"])


def test_show_line_gives_its_roles_with_dates_and_source(capsys):
    roles = run_json(capsys, "show", "C6")["roles"]
    assert [(one["organisation"], one["role"], one["start"], one["end"]) for one in roles[:2]] == [
        ("UNDP", "lead", None, "2008-04-30"),
        ("ITU", "lead", "2008-05-01", None),
    ]
    assert all(one["source"] for one in roles)


def test_show_outcome_gives_goals_and_lines(capsys):
    found = run_json(capsys, "show", "D.1-5")
    assert found["parent"]["code"] == "D.1"
    assert [(link["crosswalk"], link["node"]["code"]) for link in found["links"]] == [
        ("itu-d-2020-sdg", "1"),
        ("itu-d-2020-sdg", "17"),
        ("itu-d-2020-wsis", "C1"),
        ("itu-d-2020-wsis", "C11"),
    ]
    assert found["official"] == ["fr"]


def test_show_in_text_reads_in_the_language_asked_for(capsys):
    status, out, _ = run(capsys, "frameworks", "show", "C7-LEA", "--lang", "fr")
    assert status == 0
    assert out.splitlines()[0] == "wsis:C7-LEA (sub-line)"
    assert "Part of: C7  Les applications TIC et leur apport dans tous les domaines" in out
    assert "Linked to (wsis-sdg@2017):\n  4  Éducation de qualité\n      Cours à distance" in out
    assert "  lead: UNESCO [verified: rikomatic.com/2006/03/unesco_launches.html]" in out


@pytest.mark.parametrize(
    ("name", "nodes"), [("sdg", 434), ("sdg@2017", 430), ("wsis@2003", 19), ("itu-d-2020", 20)]
)
def test_show_framework_gives_all_its_nodes(capsys, name, nodes):
    assert len(run_json(capsys, "show", name)["nodes"]) == nodes


def test_show_framework_in_text_indents_its_tree(capsys):
    _, out, _ = run(capsys, "frameworks", "show", "itu-d-2020", "--lang", "zh")
    assert "\n  D.2-2  增强成员国" in out
    assert out.startswith("国际电联电信发展部门对国际电联2020-2023年战略规划的贡献 (itu-d-2020@2020-2023)\n")


def test_show_crosswalk_gives_links_and_notes(capsys):
    found = run_json(capsys, "show", "wsis-sdg")
    assert (len(found["links"]), len(found["notes"])) == (187, 5)
    _, out, _ = run(capsys, "frameworks", "show", "wsis-sdg")
    assert out.startswith("wsis-sdg@2017: wsis → sdg, 187 links\n")


def test_show_code_of_two_frameworks_asks_which(capsys):
    assert run(capsys, "frameworks", "show", "1") == (
        2,
        "",
        "actionlines: “1” is the code of several nodes. Expected: one of: gdc:1, sdg:1.\n",
    )


def test_show_unknown_code_is_refused(capsys):
    status, out, err = run(capsys, "frameworks", "show", "9.z")
    assert (status, out) == (2, "")
    assert err.startswith("actionlines: nothing has the code “9.z”. Expected: a code such as 9.c or C7-HEA")


def test_validate_finds_no_fault_in_what_ships(capsys):
    assert run(capsys, "frameworks", "validate") == (
        0,
        "No faults: 4 frameworks in 5 versions with 908 nodes, 3 crosswalks with 351 links, 69 roles.\n",
        "",
    )
    assert run_json(capsys, "validate") == {"valid": True, "problems": []}


@pytest.fixture
def faulty(tmp_path):
    place = tmp_path / "plan" / "1"
    place.mkdir(parents=True)
    (place / "framework.toml").write_text(
        'code = "plan"\nversion = "1"\nsource = "s"\ndate = 2026-01-02\nlicence = "l"\n'
        'title = {en = "Plan"}\n[kinds]\ngoal = ["en"]\n'
    )
    (place / "nodes.csv").write_text(
        "code,kind,parent,official,note,ar,en,es,fr,ru,zh\nA,goal,,,,,A,,,,\nA,goal,,,,,A,,,,\nB,aim,,,,,B,,,,\n"
    )
    (tmp_path / "areas").mkdir()
    for name, content in (
        ("groups", "code,kind,en,fr,ar,es,ru,zh\n"),
        ("economies", "iso3,iso2,m49\nNAM,NA,16\n"),
        ("memberships", "iso3,group,start,end,source,status\n"),
        ("aliases", "alias,iso3\n"),
    ):
        (tmp_path / "areas" / f"{name}.csv").write_text(content)
    return tmp_path


def test_validate_says_every_fault_of_a_folder_with_status_2(capsys, faulty):
    assert run(capsys, "frameworks", "validate", str(faulty)) == (
        2,
        "",
        (
            "actionlines: plan/1/nodes.csv, row 3, column code: A stands in row 2 already. Expected: each code once.\n"
            "actionlines: plan/1/nodes.csv, row 4, column kind: “aim” is not known. Expected: one of: goal.\n"
            "actionlines: areas/economies.csv, row 2, column m49: “16” is not an M49 code."
            " Expected: three digits, such as 004.\n"
        ),
    )


def test_validate_in_json_lists_the_faults(capsys, faulty):
    status, out, err = run(capsys, "frameworks", "validate", str(faulty), "--format", "json")
    found = json.loads(out)
    assert (status, err, found["valid"]) == (2, "", False)
    assert [(one["file"], one["row"], one["column"]) for one in found["problems"]] == [
        ("plan/1/nodes.csv", 3, "code"),
        ("plan/1/nodes.csv", 4, "kind"),
        ("areas/economies.csv", 2, "m49"),
    ]


def test_diff_of_a_framework_with_itself_finds_nothing(capsys):
    assert run(capsys, "frameworks", "diff", "gdc", "gdc@2024") == (
        0,
        "gdc@2024 → gdc@2024\nno difference\n",
        "",
    )


def test_diff_of_two_frameworks_lists_nodes_by_code(capsys):
    found = run_json(capsys, "diff", "gdc", "sdg")
    assert (found["old"], found["new"]) == ("gdc@2024", "sdg@2023")
    assert (len(found["added"]), found["removed"], len(found["retitled"])) == (429, [], 5)
    _, out, _ = run(capsys, "frameworks", "diff", "gdc", "sdg", "--lang", "fr")
    assert "~ 1  Combler toutes les fractures numériques et accélérer les ODD → Pas de pauvreté\n" in out
    assert "> 1  objective of none → goal of none\n" in out


def test_diff_of_two_versions_shows_what_the_review_of_2020_changed(capsys):
    found = run_json(capsys, "diff", "sdg@2017", "sdg")
    assert [one["code"] for one in found["removed"]] == ["1.a.3", "8.9.2", "11.c.1", "13.3.2", "17.6.2"]
    assert [one["code"] for one in found["added"]] == [
        *("2.2.3", "3.d.2", "4.1.2", "10.4.2", "10.7.3", "10.7.4", "11.5.3", "13.2.2", "16.3.3")
    ]
    titles = {one["code"]: (one["old"]["en"], one["new"]["en"]) for one in found["retitled"]}
    assert titles["17.6.1"] == (
        "Science and technology cooperation agreements between countries",
        "Fixed broadband subscriptions by speed",
    )
    assert (found["moved"], found["links"]) == ([], [])


def test_diff_names_each_unknown_framework(capsys):
    status, out, err = run(capsys, "frameworks", "diff", "sdg@1999", "xyz")
    assert (status, out) == (2, "")
    assert [line.partition(" Expected")[0] for line in err.splitlines()] == [
        "actionlines: there is no framework “sdg@1999”.",
        "actionlines: there is no framework “xyz”.",
    ]
