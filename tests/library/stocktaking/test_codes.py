import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.frameworks import catalogue
from actionlines.stocktaking.codes import find_line, find_target

WSIS = catalogue().frameworks["wsis"].nodes
SDG = catalogue().frameworks["sdg"].of_kind("goal", "target")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("C2", "C2"),
        ("c 2", "C2"),
        ("AL C2", "C2"),
        ("C2: Information and communication infrastructure", "C2"),
        ("C2 - the backbone", "C2"),
        ("C7-HEA", "C7-HEA"),
        ("c7 hea", "C7-HEA"),
        ("C7 (HEA)", "C7-HEA"),
        ("E-health", "C7-HEA"),
        ("Médias", "C9"),
        ("٣C", None),
        ("C7-FOO", None),
        ("C12", None),
        ("C7-GOV and C7-BUS", None),
        ("C4 explosives 2", None),
        ("", None),
    ],
)
def test_line_is_found_by_code_or_title(said, code):
    assert find_line(said) == code


@given(st.sampled_from(WSIS), st.data())
def test_every_line_is_found_by_its_code_and_title(node, data):
    language = data.draw(st.sampled_from(sorted(node.title)))
    assert find_line(node.code) == node.code
    assert find_line(node.title.get(language)) == node.code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("9", "9"),
        ("SDG 9", "9"),
        ("ODD 9.c", "9.c"),
        ("Target 17.8", "17.8"),
        ("Goal 04", "4"),
        ("8.10", "8.10"),
        ("٩", "9"),
        ("9.C", "9.c"),
        ("9.c.1", None),
        ("9.z", None),
        ("18", None),
        ("3.4 million", None),
        ("education", None),
    ],
)
def test_goal_or_target_is_found_by_code(said, code):
    assert find_target(said)[0] == code


@given(st.sampled_from(SDG), st.sampled_from(["", "SDG ", "ODD n° ", "цель "]))
def test_every_goal_and_target_is_found_behind_any_word(node, word):
    assert find_target(word + node.code) == (node.code, ())


def test_codes_that_may_be_meant_are_offered():
    assert find_target("9.c.1") == (None, ["9.c"])
    assert find_target("8.11")[1][0] == "8.1"
    assert "9.c" in find_target("9.z")[1] or len(find_target("9.z")[1]) == 3
