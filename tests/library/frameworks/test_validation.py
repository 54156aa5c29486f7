"""What is wrong with data files is said all at once, each fault with file and row."""

from pathlib import Path

import pytest

from actionlines.frameworks import catalogue
from actionlines.frameworks.areas import read_areas
from actionlines.problems import InputError

HEADER = "code,kind,parent,official,note,ar,en,es,fr,ru,zh\n"
PAGE = """code = "plan"
version = "1"
source = "here"
date = 2026-01-02
licence = "CC0"
title = {en = "Plan"}
[kinds]
goal = ["en"]
step = ["en", "fr"]
"""
LINKS_PAGE = """code = "plan-sdg"
version = "1"
source = "here"
date = 2026-01-02
licence = "CC0"
from = "plan"
to = "sdg 2023"
rationale = ["en"]
notes = ["one"]
"""
ROLES_HEADER = "line,organisation,role,inside,start,end,source,status\n"


@pytest.fixture
def folder(tmp_path: Path):
    """Write a sound plan, its links and roles; single files are then spoilt."""

    def write(**spoilt: str) -> Path:
        files = {
            "plan/1/framework.toml": PAGE,
            "plan/1/nodes.csv": HEADER + "A,goal,,,,,First,,,,\nA1,step,A,,,,One,,Un,,\n",
            "crosswalks/plan-sdg/1/crosswalk.toml": LINKS_PAGE,
            "crosswalks/plan-sdg/1/links.csv": "source,target,en\nA1,9.c,because\n",
            "roles/roles.csv": ROLES_HEADER + "C1,ITU,lead,,2005-01-01,,here,verified\n",
        }
        names = {"page": "plan/1/framework.toml", "nodes": "plan/1/nodes.csv", "roles": "roles/roles.csv"}
        names |= {
            "links_page": "crosswalks/plan-sdg/1/crosswalk.toml",
            "links": "crosswalks/plan-sdg/1/links.csv",
        }
        for name, content in (files | {names[key]: value for key, value in spoilt.items()}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return tmp_path

    return write


def faults(folder: Path) -> list[tuple[str, int | None, str, str]]:
    with pytest.raises(InputError) as caught:
        catalogue(folder)
    return [(one.file, one.row, one.column, one.message) for one in caught.value.problems]


def test_sound_folder_is_loaded_beside_what_ships(folder):
    loaded = catalogue(folder())
    assert loaded.node("plan:A1").title.get("fr") == "Un"
    assert loaded.crosswalks["plan-sdg"].pairs == {("A1", "9.c")}
    assert [role.organisation for role in loaded.roles] == ["ITU"]
    assert "wsis-sdg" in loaded.crosswalks


def test_all_faults_of_all_files_are_reported_at_once(folder):
    place = folder(
        nodes=HEADER
        + "A,goal,,,,,First,,,,\n"
        + "A,goal,,,,,Again,,,,\n"
        + "B,aim,,,,,Odd,,,,\n"
        + "B1,step,X,,,,One,,Un,,\n"
        + "B2,step,A,,,,Two,,,,\n",
        links="source,target,en\nA,9.c,because\nA,9.z,because\nQ,9.c,\nA,9.c,because\n",
        roles=ROLES_HEADER + "C99,ITU,boss,,2005-13-01,,here,maybe\n",
    )
    assert faults(place) == [
        ("crosswalks/plan-sdg/1/links.csv", 3, "target", "sdg has no “9.z”."),
        ("crosswalks/plan-sdg/1/links.csv", 4, "source", "plan has no “Q”."),
        ("crosswalks/plan-sdg/1/links.csv", 4, "en", "the rationale is missing in en."),
        ("crosswalks/plan-sdg/1/links.csv", 5, "target", "the link A → 9.c stands in row 2 already."),
        ("plan/1/nodes.csv", 3, "code", "A stands in row 2 already."),
        ("plan/1/nodes.csv", 4, "kind", "“aim” is not known."),
        ("plan/1/nodes.csv", 5, "parent", "there is no X to be the parent of B1."),
        ("plan/1/nodes.csv", 6, "fr", "the title is missing in fr."),
        ("roles/roles.csv", 2, "line", "“C99” is not an action line."),
        ("roles/roles.csv", 2, "start", "“2005-13-01” is not a day."),
        ("roles/roles.csv", 2, "role", "“boss” is not known."),
        ("roles/roles.csv", 2, "status", "“maybe” is not known."),
    ]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            "A,goal,B,,,,First,,,,\nB,goal,A,,,,Second,,,,\n",
            [(2, "parent", "A is its own ancestor.")],
        ),
        ("A,goal,A,,,,First,,,,\n", [(2, "parent", "A is its own ancestor.")]),
        (
            "A,goal,B,,,,First,,,,\nB,goal,,,,,Second,,,,\n",
            [(2, "parent", "B comes after A.")],
        ),
        ("A,goal,,fr,,,First,,,,\n", [(2, "official", "“fr” is marked official but has no title.")]),
        (",goal,,,,,First,,,,\n", [(2, "code", "the cell is empty.")]),
        ("A,goal,,,,,First\n", [(2, "", "the row has 7 cells.")]),
    ],
    ids=[
        "cycle of two",
        "own parent",
        "child before parent",
        "official without title",
        "no code",
        "short row",
    ],
)
def test_faulty_tree_is_refused(folder, rows, found):
    place = folder(nodes=HEADER + rows, links="source,target,en\n")
    assert faults(place) == [("plan/1/nodes.csv", *one) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ('version = "1"', 'version = "2"', "version", "“version” says 2, the folder 1."),
        ("date = 2026-01-02", 'date = "yesterday"', "date", "“yesterday” is not a day."),
        ('licence = "CC0"', "", "licence", "“licence” is missing."),
        (
            'title = {en = "Plan"}',
            'title = {xx = "Plan"}',
            "title",
            "“title” is not a table of texts by language.",
        ),
        ('goal = ["en"]', 'goal = ["xx"]', "kinds", "“kinds” is not a table of languages by kind."),
    ],
)
def test_faulty_page_of_a_framework_is_refused(folder, old, new, column, message):
    assert ("plan/1/framework.toml", None, column, message) in faults(folder(page=PAGE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ('to = "sdg 2023"', 'to = "sdg 1999"', "to", "there is no framework “sdg 1999”."),
        ('from = "plan"', 'from = "plam"', "from", "there is no framework “plam”."),
        ('notes = ["one"]', 'notes = "one"', "notes", "“notes” is not a list of texts."),
    ],
)
def test_faulty_page_of_a_crosswalk_is_refused(folder, old, new, column, message):
    found = faults(folder(links_page=LINKS_PAGE.replace(old, new)))
    assert found == [("crosswalks/plan-sdg/1/crosswalk.toml", None, column, message)]


def test_page_that_is_no_toml_is_refused_with_its_line(folder):
    found = faults(folder(page='code = "plan"\nversion = \n', nodes=HEADER, links="source,target,en\n"))
    assert [message for file, *_, message in found if file == "plan/1/framework.toml"] == [
        "not a toml file: Invalid value (at line 2, column 11)."
    ]


def test_missing_column_is_named(folder):
    found = faults(folder(links="source,goal\nA,9\n"))
    assert found == [("crosswalks/plan-sdg/1/links.csv", 1, "", "no column named target.")]


def test_missing_file_is_named(folder):
    place = folder(links="source,target,en\n")
    (place / "plan/1/nodes.csv").unlink()
    assert faults(place) == [("plan/1/nodes.csv", None, "", "the file is missing.")]


def test_file_that_is_not_utf_8_is_named(folder):
    place = folder(links="source,target,en\n")
    (place / "plan/1/nodes.csv").write_bytes(HEADER.encode() + "A,goal,,,,,Café,,,,\n".encode("latin-1"))
    found = faults(place)
    assert found == [("plan/1/nodes.csv", None, "", f"the file is not UTF-8 (byte {len(HEADER) + 15}).")]


def test_role_of_an_unknown_organisation_or_with_dates_turned_round_is_refused(folder):
    place = folder(roles=ROLES_HEADER + "C1,NOBODY,lead,,2006-01-01,2005-01-01,,verified\n")
    assert faults(place) == [
        ("roles/roles.csv", 2, "organisation", "“NOBODY” is not a known organisation."),
        ("roles/roles.csv", 2, "end", "the role ends on 2005-01-01, before it starts on 2006-01-01."),
        ("roles/roles.csv", 2, "source", "the cell is empty."),
    ]


def test_folder_without_any_framework_is_refused(tmp_path):
    assert [message for *_, message in faults(tmp_path)] == [
        "the folder holds no framework, no crosswalk and no roles."
    ]
    assert [message for *_, message in faults(tmp_path / "absent")] == ["there is no such folder."]


def write_areas(folder: Path, **spoilt: str) -> Path:
    names = ",AFR,region,A,A,A,A,A,A\n,CIS,region,C,C,C,C,C,C\n,LDC,group,L,L,L,L,L,L\n".replace("\n,", "\n")[
        1:
    ]
    files = {
        "groups": "code,kind,en,fr,ar,es,ru,zh\n" + names,
        "economies": "iso3,iso2,m49\nNAM,NA,516\nKEN,KE,404\n",
        "memberships": "iso3,group,start,end,source,status\nNAM,AFR,,,here,verified\n",
        "aliases": "alias,iso3\nSouth West Africa,NAM\n",
    }
    for name, content in (files | spoilt).items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def test_sound_areas_are_read_with_namibia_s_code_as_text(tmp_path):
    atlas = read_areas(write_areas(tmp_path))
    assert atlas.keys["na"] == atlas.keys["south west africa"] == "NAM"
    assert atlas.areas["NAM"].iso2 == "NA"


@pytest.mark.parametrize(
    ("name", "content", "row", "message"),
    [
        ("economies", "iso3,iso2,m49\nNAM,NA,516\nKEN,KE,4\n", 3, "“4” is not an M49 code."),
        ("economies", "iso3,iso2,m49\nNAM,NA,516\nKEN,QQ,404\n", 3, "CLDR has no name for QQ."),
        ("economies", "iso3,iso2,m49\nNAM,NA,516\nNAM,NA,516\n", 3, "NAM stands here twice."),
        (
            "memberships",
            "iso3,group,start,end,source,status\nNAM,AFR,,,here,verified\nNAM,CIS,2000-01-01,,here,verified\n",
            3,
            "NAM is in AFR (row 2) at the same time.",
        ),
        (
            "memberships",
            "iso3,group,start,end,source,status\nNAM,LDC,2001-01-01,2000-01-01,here,verified\n",
            2,
            "the membership ends on 2000-01-01, before it starts on 2001-01-01.",
        ),
        (
            "memberships",
            "iso3,group,start,end,source,status\nXXX,AFR,,,here,verified\n",
            2,
            "there is no economy XXX.",
        ),
        (
            "memberships",
            "iso3,group,start,end,source,status\nNAM,EUX,,,here,verified\n",
            2,
            "“EUX” is not known.",
        ),
        ("aliases", "alias,iso3\nKenya,NAM\n", 2, "“Kenya” means KEN already."),
        ("aliases", "alias,iso3\nNowhere,XXX\n", 2, "“XXX” is not known."),
    ],
)
def test_faulty_areas_are_refused(tmp_path, name, content, row, message):
    with pytest.raises(InputError) as caught:
        read_areas(write_areas(tmp_path, **{name: content}))
    assert [(one.file, one.row, one.message) for one in caught.value.problems] == [
        (f"areas/{name}.csv", row, message)
    ]
