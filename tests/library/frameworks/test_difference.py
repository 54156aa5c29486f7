from pathlib import Path

import pytest

from actionlines.frameworks import Catalogue, catalogue, compare

HEADER = "code,kind,parent,official,note,ar,en,es,fr,ru,zh\n"
NODES = {
    "1": "A,goal,,,,,First,,,,\nA1,step,A,,,,One,,Un,,\nA2,step,A,,,,Two,,,,\nB,goal,,,,,Second,,,,\nB1,step,B,,,,Bye,,,,\n",
    "2": "A,goal,,,,,First,,,,\nA1,step,A,,,,One,,Une,,\nB,goal,,,,,Second,,,,\nA2,step,B,,,,Two,,,,\nB2,step,B,,,,New,,,,\n",
}
LINKS = {"1": "A1,9.c\nA2,9.1\n", "2": "A1,9.c\nA2,17.8\n"}


@pytest.fixture
def loaded(tmp_path: Path) -> Catalogue:
    common = 'source = "s"\ndate = 2026-01-02\nlicence = "l"\n'
    for version in ("1", "2"):
        place, links = tmp_path / "plan" / version, tmp_path / "crosswalks" / "plan-sdg" / version
        place.mkdir(parents=True)
        links.mkdir(parents=True)
        (place / "framework.toml").write_text(
            f'code = "plan"\nversion = "{version}"\n{common}title = {{en = "Plan"}}\n'
            '[kinds]\ngoal = ["en"]\nstep = ["en"]\n'
        )
        (place / "nodes.csv").write_text(HEADER + NODES[version])
        (links / "crosswalk.toml").write_text(
            f'code = "plan-sdg"\nversion = "{version}"\n{common}from = "plan {version}"\nto = "sdg"\n'
        )
        (links / "links.csv").write_text("source,target\n" + LINKS[version])
    return catalogue(tmp_path)


def test_versions_differ_in_added_removed_retitled_moved_nodes_and_links(loaded):
    found = compare(loaded, loaded.version("plan", "1"), loaded.version("plan", "2"))
    assert [node.code for node in found.added] == ["B2"]
    assert [node.code for node in found.removed] == ["B1"]
    assert [(old.title.get("fr"), new.title.get("fr")) for old, new in found.retitled] == [("Un", "Une")]
    assert [(new.code, old.parent, new.parent) for old, new in found.moved] == [("A2", "A", "B")]
    assert [(link.source, link.target, link.added) for link in found.links] == [
        ("A2", "9.1", False),
        ("A2", "17.8", True),
    ]
    assert found


def test_version_does_not_differ_from_itself(loaded):
    one = loaded.version("plan", "1")
    assert not compare(loaded, one, one)


def test_comparing_backwards_turns_added_and_removed_round(loaded):
    found = compare(loaded, loaded.version("plan", "2"), loaded.version("plan", "1"))
    assert ([node.code for node in found.added], [node.code for node in found.removed]) == (["B1"], ["B2"])
    assert {(link.target, link.added) for link in found.links} == {("9.1", True), ("17.8", False)}


def test_two_frameworks_are_compared_by_code(loaded):
    found = compare(loaded, loaded.frameworks["gdc"], loaded.frameworks["sdg"])
    assert [node.code for node in found.removed] == []
    assert [new.code for _, new in found.retitled] == ["1", "2", "3", "4", "5"]
    assert len(found.added) == 434 - 5
    assert [(old.kind, new.kind) for old, new in found.moved] == [("objective", "goal")] * 5


def test_links_of_two_plans_with_the_same_framework_are_compared(loaded):
    found = compare(loaded, loaded.frameworks["itu-d-2020"], loaded.frameworks["plan"])
    added = [(link.crosswalk, link.source, link.target) for link in found.links if link.added]
    assert added == [("plan-sdg", "A1", "9.c"), ("plan-sdg", "A2", "17.8")]
    assert len(found.links) == 111 + 2
