"""Eligibility: a reason for each rule."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from actionlines.prizes import Project, eligibility, load_rules

FIELDS = dict.fromkeys(
    (
        *("title", "organisation", "stakeholder_type", "country", "description", "lines", "targets"),
        *("rationale", "impact", "partners", "challenges", "gdc"),
    ),
    "x",
)
GOOD = Project("P1", "Village link", "Ministry", ("C2",), FIELDS, "en", 180, ends_year=2015)


def broken(project, edition, **others):
    return [v.rule for v in eligibility(project, load_rules(edition), **others) if not v.passed]


@pytest.mark.parametrize("edition", ["2013", "2017", "2020", "2026"])
def test_a_good_project_passes_every_rule(edition):
    assert broken(GOOD, edition) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"categories": ()}, "categories"),
        ({"categories": ("C7",)}, "categories"),
        ({"categories": ("C2", "C3")}, "one_category"),
        ({"fields": {**FIELDS, "impact": " "}}, "required"),
        ({"words": 149}, "words"),
        ({"words": 201}, "words"),
        ({"language": "fr"}, "languages"),
    ],
)
def test_each_rule_of_2026_finds_its_fault(change, rule):
    assert broken(replace(GOOD, **change), "2026") == [rule]


def test_the_bounds_of_the_word_rule_are_inside():
    assert broken(replace(GOOD, words=150), "2026") == []
    assert broken(replace(GOOD, words=200), "2026") == []


def test_a_second_project_of_an_organisation_in_a_category_is_barred_in_2017_and_free_in_2026():
    other = Project("P0", "Other", "MINISTRY", ("C2",))
    assert broken(GOOD, "2017", others=[other]) == ["one_per_organisation"]
    assert broken(GOOD, "2026", others=[other]) == []
    assert broken(GOOD, "2017", others=[replace(other, categories=("C3",))]) == []


def test_the_same_project_twice_is_found_by_folded_title_or_entry():
    twin = Project("P0", "VILLAGE  LINK", "ministry", ("C3",))
    assert broken(GOOD, "2026", others=[twin]) == ["same-project"]
    entry = Project("P0", "Another title", "Another", ("C3",), entry="e-1")
    assert broken(replace(GOOD, entry="e-1"), "2026", others=[entry]) == ["same-project"]
    assert broken(GOOD, "2026", others=[GOOD]) == []


def test_a_past_winner_is_barred_except_in_2013():
    assert broken(GOOD, "2026", winners={"village link"}) == ["winners_barred"]
    assert broken(GOOD, "2013", winners={"village link"}) == []


def test_unfinished_work_is_named_with_its_year():
    verdicts = eligibility(replace(GOOD, ends_year=2018), load_rules("2017"))
    reasons = [verdict.reason for verdict in verdicts if verdict.reason]
    assert [str(reason) for reason in reasons] == [
        (
            "column finished_work: its work, or the phase that is sent, ends in 2018. "
            "Expected: work that is over by 2017, or at the end of a major phase."
        )
    ]


def test_the_deadline_counts_to_the_second_and_an_officer_may_let_somebody_in():
    end = datetime(2017, 2, 15, 22, tzinfo=UTC)
    assert broken(replace(GOOD, submitted_at=end.replace(hour=21, minute=59, second=59)), "2017") == []
    assert broken(replace(GOOD, submitted_at=end), "2017") == ["deadline"]
    assert broken(replace(GOOD, submitted_at=end, late=True), "2017") == []
    assert broken(GOOD, "2017", now=end) == ["deadline"]
