import re
from collections import Counter
from dataclasses import replace

import pytest

from actionlines.frameworks import Catalogue, catalogue
from actionlines.frameworks.loading import newest_last
from actionlines.text import LANGUAGES

ALL_LANGUAGES = set(LANGUAGES)


def titles_missing(framework: str, *kinds: str) -> list[str]:
    nodes = catalogue().frameworks[framework].of_kind(*kinds)
    return [node.code for node in nodes if set(node.title) != ALL_LANGUAGES]


def test_catalogue_holds_the_four_frameworks_and_three_crosswalks():
    assert set(catalogue().frameworks) == {"gdc", "itu-d-2020", "sdg", "wsis"}
    assert set(catalogue().crosswalks) == {"wsis-sdg", "itu-d-2020-sdg", "itu-d-2020-wsis"}


def test_catalogue_is_loaded_once():
    assert catalogue() is catalogue()


def test_sdg_has_17_goals_169_targets_248_listed_indicators():
    kinds = Counter(node.kind for node in catalogue().frameworks["sdg"].nodes)
    assert kinds == {"goal": 17, "target": 169, "indicator": 248}


def test_sdg_targets_per_goal_are_those_of_the_2030_agenda():
    sdg = catalogue().frameworks["sdg"]
    counts = [len(sdg.children(str(goal))) for goal in range(1, 18)]
    assert counts == [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]


def test_sdg_indicators_hang_under_the_target_their_code_names():
    sdg = catalogue().frameworks["sdg"]
    assert {node.code: node.parent for node in sdg.of_kind("indicator")} == {
        node.code: node.code.rpartition(".")[0] for node in sdg.of_kind("indicator")
    }


def test_sdg_numbered_targets_come_before_lettered_ones_and_10_after_9():
    codes = [node.code for node in catalogue().frameworks["sdg"].children("16")]
    assert codes == [*(f"16.{n}" for n in range(1, 11)), "16.a", "16.b"]


def test_sdg_goals_and_targets_have_titles_in_six_languages():
    assert titles_missing("sdg", "goal", "target") == []


def test_sdg_indicators_have_titles_in_english_and_french():
    indicators = catalogue().frameworks["sdg"].of_kind("indicator")
    assert [node.code for node in indicators if not {"en", "fr"} <= set(node.title)] == []


@pytest.mark.parametrize("language", ["en", "es", "fr", "ru"])
def test_sdg_target_titles_have_four_to_thirteen_words(language):
    targets = catalogue().frameworks["sdg"].of_kind("target")
    lengths = {node.code: len(node.title.get(language).replace(" %", "").split()) for node in targets}
    assert {code: length for code, length in lengths.items() if not 4 <= length <= 13} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sdg_titles_of_targets_are_all_different(language):
    targets = catalogue().frameworks["sdg"].of_kind("target")
    repeated = {
        title: n for title, n in Counter(node.title.get(language) for node in targets).items() if n > 1
    }
    assert repeated == {}


def test_sdg_withdrawn_indicators_are_not_in_the_framework():
    sdg = catalogue().frameworks["sdg"]
    assert [code for code in ("1.a.3", "8.9.2", "11.c.1", "13.3.2", "17.6.2") if code in sdg] == []


def test_sdg_of_2017_has_244_listed_indicators_and_knows_fixed_broadband_as_17_6_2():
    old, new = catalogue().version("sdg", "2017"), catalogue().frameworks["sdg"]
    assert Counter(node.kind for node in old.nodes) == {"goal": 17, "target": 169, "indicator": 244}
    assert old["17.6.2"].title == new["17.6.1"].title
    assert [node.code for node in old.of_kind("goal", "target")] == [
        node.code for node in new.of_kind("goal", "target")
    ]


@pytest.mark.parametrize(("version", "listed", "different"), [("2017", 244, 232), ("2023", 248, 231)])
def test_sdg_indicators_listed_more_than_once_name_their_other_codes(version, listed, different):
    indicators = catalogue().version("sdg", version).of_kind("indicator")
    others = {
        node.code: set(re.findall(r"\d+\.\w+\.\d", node.note))
        for node in indicators
        if re.match("Also listed|Listed again|The measure of", node.note)
    }
    named = {(code, other) for code, found in others.items() for other in found}
    assert {(other, code) for code, other in named} == named
    groups = {frozenset({code} | found) for code, found in others.items()}
    assert listed - len(others) + len(groups) == different
    assert len(indicators) == listed


def test_nothing_of_ours_is_marked_official():
    official = {
        framework.code: [node.code for node in framework.nodes if node.official]
        for framework in catalogue().frameworks.values()
    }
    assert official["sdg"] == []
    assert official["gdc"] == []


def test_wsis_lines_stand_in_the_order_of_the_summit():
    assert [node.code for node in catalogue().frameworks["wsis"].nodes] == [
        *("C1", "C2", "C3", "C4", "C5", "C6", "C7"),
        *("C7-GOV", "C7-BUS", "C7-LEA", "C7-HEA", "C7-EMP", "C7-ENV", "C7-AGR", "C7-SCI"),
        *("C8", "C9", "C10", "C11"),
    ]


def test_wsis_sub_lines_hang_under_c7():
    wsis = catalogue().frameworks["wsis"]
    assert {node.parent for node in wsis.of_kind("sub-line")} == {"C7"}
    assert len(wsis.of_kind("action line")) == 11
    assert titles_missing("wsis", "action line", "sub-line") == []


def test_wsis_french_titles_not_seen_in_a_source_are_not_official():
    wsis = catalogue().frameworks["wsis"]
    assert [node.code for node in wsis.nodes if node.official_in == ("en",)] == [
        *("C3", "C7-LEA", "C7-EMP", "C8", "C9", "C10")
    ]
    assert wsis["C2"].official_in == ("en", "fr")


def test_gdc_has_five_objectives_in_six_languages():
    assert [node.code for node in catalogue().frameworks["gdc"].nodes] == ["1", "2", "3", "4", "5"]
    assert titles_missing("gdc", "objective") == []


def test_every_framework_and_crosswalk_says_where_it_comes_from():
    found = [*catalogue().frameworks.values(), *catalogue().crosswalks.values()]
    assert [one.code for one in found if not (one.source and one.version and one.date and one.licence)] == []


def test_node_is_found_by_key():
    assert catalogue().node("sdg:9.c").kind == "target"
    with pytest.raises(KeyError, match=r"sdg has no '9.z'"):
        catalogue().node("sdg:9.z")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("9.c", ["sdg:9.c"]),
        ("9.C", ["sdg:9.c"]),
        ("c7-hea", ["wsis:C7-HEA"]),
        ("sdg:1", ["sdg:1"]),
        ("1", ["gdc:1", "sdg:1"]),
        ("D.1", ["itu-d-2020:D.1"]),
        ("wsis:9.c", []),
        ("99", []),
    ],
)
def test_find_gives_every_node_a_code_may_mean(name, keys):
    assert [node.key for node in catalogue().find(name)] == keys


def test_version_gives_each_version_and_frameworks_the_newest(tmp_path):
    for version, title in (("9", "old"), ("10", "new")):
        place = tmp_path / "plan" / version
        place.mkdir(parents=True)
        (place / "framework.toml").write_text(
            f'code = "plan"\nversion = "{version}"\nsource = "s"\ndate = 2026-01-02\nlicence = "l"\n'
            'title = {en = "Plan"}\n[kinds]\ngoal = ["en"]\n'
        )
        (place / "nodes.csv").write_text(
            f"code,kind,parent,official,note,ar,en,es,fr,ru,zh\nA,goal,,,,,{title},,,,\n"
        )
    loaded = catalogue(tmp_path)
    assert loaded.frameworks["plan"].version == "10"
    assert loaded.version("plan", "9")["A"].title.get("en") == "old"
    assert loaded.frameworks["sdg"] is catalogue().frameworks["sdg"]


def test_newest_last_compares_numbers_as_numbers():
    assert newest_last(["10", "9", "2020-2023", "2016-2019"]) == ["9", "10", "2016-2019", "2020-2023"]


def test_catalogue_of_frameworks_alone_knows_no_roles():
    assert replace(catalogue(), roles=()).roles_on("C1") == ()
    assert isinstance(catalogue(), Catalogue)
