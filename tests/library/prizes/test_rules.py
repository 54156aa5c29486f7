"""Rules as data."""

import json

import pytest

from actionlines.prizes import load_rules, read_rules, shipped_editions
from actionlines.prizes.rules import rules_as_data, rules_from_data
from actionlines.problems import InputError

LINES = [
    *(
        "C1",
        "C2",
        "C3",
        "C4",
        "C5",
        "C6",
        "C7-GOV",
        "C7-BUS",
        "C7-LEA",
        "C7-HEA",
        "C7-EMP",
        "C7-ENV",
        "C7-AGR",
    ),
    *("C7-SCI", "C8", "C9", "C10", "C11"),
]


def test_four_editions_are_shipped():
    assert shipped_editions() == ("2013", "2017", "2020", "2026")


@pytest.mark.parametrize("edition", shipped_editions())
def test_each_edition_has_a_category_for_each_of_the_18_lines(edition):
    assert [category.line for category in load_rules(edition).categories if category.line] == LINES


def test_a_special_recognition_stands_behind_the_lines_in_2026():
    special = load_rules("2026").categories[-1]
    assert (special.code, special.line, special.title) == ("SPECIAL", "", "Special Recognition")
    assert len(load_rules("2026").categories) == 19


@pytest.mark.parametrize(
    ("edition", "ballot", "champions", "change", "per_organisation"),
    [
        ("2013", "all-categories", 0, True, False),
        ("2017", "all-categories", 5, True, True),
        ("2020", "each-category", 5, False, True),
        ("2026", "each-category", 5, True, False),
    ],
)
def test_the_editions_differ_where_their_rules_did(edition, ballot, champions, change, per_organisation):
    rules = load_rules(edition)
    assert (rules.ballot, rules.champions, rules.change, rules.one_per_organisation) == (
        ballot,
        champions,
        change,
        per_organisation,
    )


@pytest.mark.parametrize("edition", shipped_editions())
def test_rules_survive_json(edition):
    rules = load_rules(edition)
    assert rules_from_data(json.loads(json.dumps(rules_as_data(rules)))) == rules


def test_every_fault_of_a_file_is_named():
    text = """
    year = 1999
    ballot = "secret"
    words = [200, 150]
    champions = true
    colour = "blue"
    criteria = [{ code = "relevance", weight = 0 }]
    categories = [{ code = "A", line = "C99" }, { code = "A" }]
    phases = [{ kind = "vote", starts = 2026-01-02T00:00:00Z, ends = 2026-01-01T00:00:00Z }]
    """
    with pytest.raises(InputError) as caught:
        read_rules(text, "rules.toml")
    assert sorted(problem.column for problem in caught.value.problems) == [
        *("ballot", "categories", "categories", "champions", "colour", "criteria", "phases", "words", "year"),
    ]
    assert {problem.file for problem in caught.value.problems} == {"rules.toml"}


def test_what_is_not_toml_is_refused():
    with pytest.raises(InputError, match=r"rules\.toml: is not TOML"):
        read_rules("year =", "rules.toml")


def test_an_edition_that_is_not_shipped_is_named_with_those_that_are():
    with pytest.raises(InputError, match=r"“1903”.*2013, 2017, 2020, 2026"):
        load_rules("1903")
