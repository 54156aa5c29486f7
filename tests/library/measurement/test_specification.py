"""A specification: read whole or refused with every fault and its place; changed by address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionlines.measurement.files.specification import read_specification
from actionlines.measurement.files.toml_lines import toml_lines
from actionlines.measurement.files.toml_text import toml_text
from actionlines.measurement.index import Index
from actionlines.measurement.memory import Memory
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps import KINDS, Kind, StepResult, register
from actionlines.problems import InputError
from small_index import compute, cube, document

GOOD = """\
[index]
code = "X"
title = { en = "Example", fr = "Exemple" }
rounding = 1
variables = ["people"]

[[elements]]
code = "P"
parent = "X"

[[indicators]]
code = "a"
parent = "P"
denominator = "people"

[[indicators]]
code = "b"
parent = "P"
goalposts = [30, 10]

[[steps]]
step = "denominate"

[[steps]]
step = "normalise"

[[steps]]
step = "aggregate"
[steps.elements.P]
method = "geometric"
"""


def read(tmp_path, text):
    path = tmp_path / "index.toml"
    path.write_text(text, encoding="utf-8")
    return read_specification(path)


def faults(tmp_path, text):
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    return [str(problem) for problem in refused.value.problems]


def test_good_file_says_all(tmp_path):
    found = read(tmp_path, GOOD)
    assert (found.code, found.title.get("fr"), found.rounding, found.variables) == (
        "X",
        "Exemple",
        1,
        ("people",),
    )
    assert found.tree.lineage("a") == ("a", "P", "X")
    assert found.tree.by_code["b"].direction == -1
    assert [step.name for step in found.steps] == ["denominate", "normalise", "aggregate"]
    assert found.bound[2].params.groups[0].method == "geometric"


def test_every_fault_is_said_at_once_with_its_line(tmp_path):
    text = (
        GOOD.replace('parent = "X"', 'parent = "Y"')
        .replace("[30, 10]", "[10, 10]")
        .replace('"geometric"', '"cubic"')
    )
    text = text.replace('step = "normalise"', 'step = "normalize"').replace(
        "rounding = 1", "rounding = 1\nround = 2"
    )
    assert faults(tmp_path, text) == [
        (
            "index.toml, row 20, column indicators[2].goalposts: the two goalposts are equal."
            " Expected: [worst, best], two different values."
        ),
        (
            "index.toml, row 5, column index.round: “round” is not known here."
            " Expected: one of: code, edition, errata, ranked, rounding, sources, title, variables."
        ),
        "index.toml, row 10, column elements[1].parent: no element has the code “Y”. Expected: one of: P, X.",
        (
            "index.toml, row 2, column index.code: nothing stands below “X”."
            " Expected: indicators or elements whose parent it is."
        ),
        (
            "index.toml, row 26, column steps[2].step: there is no step “normalize”."
            f" Expected: one of: {', '.join(KINDS)}."
        ),
        (
            "index.toml, row 31, column steps[3].elements.P.method: 'cubic' cannot stand here. Expected: one of:"
            " arithmetic, geometric, harmonic, power, median, copeland, mazziotta_pareto, ordered, mean_min,"
            " benefit_of_the_doubt."
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "b"', 'code = "a"', "row 17, column indicators[2].code: the code “a” stands here twice."),
        ('parent = "X"', 'parent = "P"', "row 9, column elements[1].parent: the parents go round in a circle: P → P."),
        (
            "goalposts = [30, 10]",
            "goalposts = [30, 10]\ndirection = 1",
            ("row 19, column indicators[2].goalposts: the goalposts [30.0, 10.0] contradict the direction 1. Expected:"
            " [worst, best]: the best value is the higher one for direction 1, the lower one for -1."),
        ),
        (
            "goalposts = [30, 10]",
            "weight = -1",
            "row 19, column indicators[2].weight: -1 cannot stand here. Expected: a number, at least 0.0.",
        ),
        ("goalposts = [30, 10]", "weight = true", "row 19, column indicators[2].weight: True cannot stand here. Expected: a number, at least 0.0."),
        ('step = "normalise"', 'step = "normalise"\nmethod = "goalposts"', "row 26, column steps[2].method: the indicator “a” has no goalposts."),
        ('[steps.elements.P]', "[steps.elements.Q]", "row 29, column steps[3].elements.Q: no element has the code “Q”. Expected: one of: X, P."),
        ('variables = ["people"]', 'variables = ["a"]', "row 5, column index.variables: “a” is an indicator already."),
    ],
)  # fmt: skip
def test_fault_names_its_place(tmp_path, old, new, said):
    assert f"index.toml, {said}" in faults(tmp_path, GOOD.replace(old, new))


def test_weights_that_sum_to_zero_are_refused(tmp_path):
    text = GOOD.replace('denominator = "people"', "weight = 0").replace("goalposts = [30, 10]", "weight = 0")
    assert faults(tmp_path, text) == [
        (
            "index.toml, row 8, column elements[1].code: the weights below “P” sum to 0."
            " Expected: at least one weight above 0."
        )
    ]


def test_element_without_children_is_refused(tmp_path):
    text = GOOD.replace("[[steps]]", '[[elements]]\ncode = "Q"\nparent = "X"\n\n[[steps]]', 1)
    assert faults(tmp_path, text) == [
        (
            "index.toml, row 22, column elements[2].code: nothing stands below “Q”."
            " Expected: indicators or elements whose parent it is."
        )
    ]


def test_longer_circle_is_refused_at_each_of_its_elements(tmp_path):
    circle = '[[elements]]\ncode = "Q"\nparent = "R"\n[[elements]]\ncode = "R"\nparent = "Q"\n\n[[steps]]'
    found = faults(tmp_path, GOOD.replace("[[steps]]", circle, 1))
    assert (
        "index.toml, row 23, column elements[2].parent: the parents go round in a circle: Q → R → Q." in found
    )
    assert (
        "index.toml, row 26, column elements[3].parent: the parents go round in a circle: R → Q → R." in found
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "index.toml: the file is missing."),
        (b"\xff", "index.toml: the file is not UTF-8 (byte 1)."),
        (b"a = ", "index.toml: not a toml file: Invalid value (at end of document)."),
    ],
)
def test_file_that_is_no_specification_is_refused(tmp_path, content, said):
    path = tmp_path / "index.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_specification(path)
    assert str(refused.value) == said


def test_setting_is_changed_by_its_address():
    nominal = Specification.of(
        document(2, {"step": "treat", "limit": 5}, {"step": "treat", "name": "again"}, {"step": "aggregate"})
    )
    changed = nominal.changed(("steps.treat.limit", 3), ("steps[2].limit", 1), ("indicators.b.weight", 2))
    assert [step.params.rules["a"].limit for step in changed.bound[:2]] == [3, 1]
    assert changed.tree.by_code["b"].weight == 2
    assert nominal.bound[0].params.rules["a"].limit == 5


@pytest.mark.parametrize("address", ["steps.trat.limit", "steps[9].limit", "indicators.z.weight", "steps[2]"])
def test_address_that_leads_nowhere_is_refused(address):
    with pytest.raises(KeyError):
        Specification.of(document(2, {"step": "aggregate"})).changed((address, 1))


def test_value_that_cannot_stand_at_an_address_is_refused():
    with pytest.raises(InputError, match=r"steps\[1\]\.method: 'cubic' cannot stand here"):
        Specification.of(document(2, {"step": "aggregate"})).changed(("steps.aggregate.method", "cubic"))


def test_without_an_indicator_its_settings_go_too():
    steps = ({"step": "treat", "indicators": {"a": {"limit": 1}, "b": {"limit": 2}}}, {"step": "aggregate"})
    found = Specification.of(document(3, *steps)).without("a")
    assert [one.code for one in found.tree.indicators] == ["b", "c"]
    assert set(found.bound[0].params.rules) == {"b", "c"}


def test_memory_gives_the_stages_two_specifications_share():
    nominal = Specification.of(document(2, {"step": "treat"}, {"step": "normalise"}, {"step": "aggregate"}))
    memory = Memory()
    data = cube([[1.0, 2.0], [3.0, 5.0], [4.0, 9.0]])
    Index(nominal, memory).compute(data)
    assert (memory.hits, memory.misses) == (0, 3)
    Index(nominal.changed(("steps.aggregate.method", "harmonic")), memory).compute(data)
    assert (memory.hits, memory.misses) == (2, 4)


def test_change_of_a_weight_recomputes_only_the_aggregation():
    nominal = Specification.of(document(2, {"step": "treat"}, {"step": "normalise"}, {"step": "aggregate"}))
    data = cube([[1.0, 2.0], [3.0, 5.0], [4.0, 9.0]])
    first = Index(nominal).compute(data)
    second = Index(nominal.changed(("indicators.a.weight", 3))).compute(data)
    assert [one.key == two.key for one, two in zip(first.stages, second.stages, strict=True)] == [
        True,
        True,
        False,
    ]


def test_step_of_a_users_own_is_run_by_its_name():
    def run(cube_, factor):
        values = cube_.values * factor
        return StepResult(cube_.with_values(values, cube_.flags * 0), cube_.flags * 0)

    register(Kind("multiply", 1, lambda settings, _: settings.number("factor"), run))
    try:
        assert compute([[1.0], [2.0]], {"step": "multiply", "factor": 3}).cube.values.ravel().tolist() == [
            3,
            6,
        ]
        with pytest.raises(ValueError, match="there is a step called multiply already"):
            register(Kind("multiply", 2, lambda *_: None, run))
    finally:
        del KINDS["multiply"]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
VALUES = st.one_of(
    st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False), TEXTS
)
TABLES = st.recursive(
    st.dictionaries(TEXTS, st.one_of(VALUES, st.lists(VALUES, max_size=3)), max_size=4),
    lambda inner: st.dictionaries(
        TEXTS, st.one_of(VALUES, inner, st.lists(inner, min_size=1, max_size=3)), max_size=3
    ),
    max_leaves=8,
)


@given(TABLES)
def test_written_toml_reads_back_the_same(tables):
    import tomllib

    assert tomllib.loads(toml_text(tables)) == tables


def test_lines_of_nested_tables_belong_to_the_last_of_their_array():
    text = "a = 1\n[[s]]\nx = 1\n[[s]]\ny.z = 2\n[s.t]\nu = 3\n"
    assert toml_lines(text) == {
        ("a",): 1, ("s", 0): 2, ("s", 0, "x"): 3, ("s", 1): 4, ("s", 1, "y", "z"): 5, ("s", 1, "t"): 6, ("s", 1, "t", "u"): 7,
    }  # fmt: skip


JUNK = st.sampled_from(
    [None, "", 0, -1, 1.5, float("inf"), True, [], {}, [1, 2], ["a"], {"a": 1}, [{"a": 1}], "zzz", [None]]
)


@given(st.data())
def test_any_document_is_read_or_refused(data):
    import copy
    import tomllib

    whole = tomllib.loads(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        place, keys = whole, []
        while isinstance(place, dict | list) and place and (not keys or data.draw(st.booleans())):
            keys.append(
                data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
            )
            holder, place = place, place[keys[-1]]
        holder[keys[-1]] = copy.deepcopy(data.draw(JUNK))
        if not isinstance(whole, dict):
            break
    try:
        found = Specification.of(whole)
    except InputError:
        return
    assert found.tree.levels[found.code] > 1
