"""The rules as data."""

import pytest

from actionlines.measurement.checks import load_check_rules, read_check_rules
from actionlines.measurement.checks.kinds import KINDS
from actionlines.problems import InputError


def test_the_rules_of_the_library_are_read_and_every_kind_is_used():
    rules = load_check_rules()
    assert {rule.kind for rule in rules} == set(KINDS)
    assert all(rule.fires for rule in rules)


def test_every_fault_of_a_rule_is_named():
    text = """
    [[rules]]
    name = "a"
    kind = "order"
    severity = "loud"
    larger = 3
    colour = "blue"
    """
    with pytest.raises(InputError) as caught:
        read_check_rules(text, "r.toml")
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        *((1, "colour"), (1, "fires"), (1, "larger"), (1, "severity"), (1, "slack"), (1, "smaller")),
    ]


def test_an_unknown_kind_a_twin_and_bad_toml_are_named():
    with pytest.raises(InputError, match="“guess” is not a kind of check"):
        read_check_rules('[[rules]]\nname = "a"\nkind = "guess"')
    rule = '[[rules]]\nname = "a"\nkind = "fall"\nseverity = "note"\nfires = "x"\nseries = ["i99H"]\n'
    with pytest.raises(InputError, match="the rule “a” stands twice"):
        read_check_rules(rule + rule)
    with pytest.raises(InputError, match="is not TOML"):
        read_check_rules("x =")
