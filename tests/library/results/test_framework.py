"""Results frameworks: those that come with the library, and files that are refused with every fault named."""

from decimal import Decimal

import pytest

from actionlines.problems import InputError
from actionlines.results.framework import frameworks, read_framework

SOUND = """
code = "mine"
cycle = "2024–2025"
source = "A letter"
periods = ["2024", "2025"]
title.en = "Mine"
[[result]]
code = "P"
level = "programme"
title.en = "Programme"
lines = ["C2"]
goals = ["9.c"]
[[result]]
code = "O"
level = "output"
parent = "P"
title.fr = "Produit"
[[indicator]]
code = "i"
result = "O"
title.en = "People trained"
unit = "persons"
aggregation = "sum"
baseline = 10
baseline_period = "2023"
targets = { 2024 = 20, 2025 = "30.5" }
parts = ["sex=F", "sex=M"]
"""


def test_the_cycles_that_come_with_the_library() -> None:
    counted = {
        code: (
            *found.periods,
            *(
                sum(one.level == level for one in found.results)
                for level in ("priority", "objective", "outcome", "output")
            ),
            len(found.indicators),
        )
        for code, found in frameworks().items()
    }
    assert counted == {
        "buenos-aires-2018-2021": ("2018", "2019", "2020", "2021", 0, 4, 16, 17, 0),
        "itu-d-2020-2023": ("2020", "2021", "2022", "2023", 0, 4, 16, 0, 0),
        "kigali-2023-2025": ("2023", "2024", "2025", 5, 0, 0, 0, 0),
        "baku-2026-2029": ("2026", "2027", "2028", "2029", 0, 0, 0, 0, 0),
    }


def test_what_no_source_could_confirm_says_so() -> None:
    unverified = {one.level for found in frameworks().values() for one in found.results if one.unverified}
    sure = {one.level for found in frameworks().values() for one in found.results if not one.unverified}
    assert (unverified, sure) == ({"output"}, {"priority", "objective", "outcome"})


def test_outcomes_of_the_document_serve_the_lines_and_goals_it_names() -> None:
    found = {one.code: one for one in frameworks()["itu-d-2020-2023"].results}
    assert (found["D.2-2"].parent, found["D.2-2"].lines, found["D.2-2"].goals) == (
        "D.2",
        ("C5",),
        ("4", "9", "11", "16", "17"),
    )


def test_a_sound_file_is_read() -> None:
    found = read_framework("mine.toml", SOUND)
    (indicator,) = found.indicators
    assert (found.code, found.periods, [one.code for one in found.results]) == (
        "mine",
        ("2024", "2025"),
        ["P", "O"],
    )
    assert (indicator.baseline, dict(indicator.targets), indicator.parts) == (
        Decimal(10),
        {"2024": Decimal(20), "2025": Decimal("30.5")},
        ("sex=F", "sex=M"),
    )


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('code = "mine"', 'code = "my own"', "mine.toml, column framework code: “my own” is no code."),
        ('["2024", "2025"]', '["2025", "2024"]', "mine.toml, column periods: “periods” is missing"),
        ('"programme"', '"dream"', "mine.toml, row 1, column level: “dream” cannot stand here."),
        ('["C2"]', '["C99"]', "mine.toml, row 1, column lines: wsis has no “C99”."),
        ('["9.c"]', '["9.z"]', "mine.toml, row 1, column goals: sdg has no “9.z”."),
        ('title.fr = "Produit"', "", "mine.toml, row 2, column title: “title” is missing"),
        ('"sum"', '"average"', "mine.toml, row 1, column aggregation: “average” cannot stand here."),
        ("2024 = 20", "2030 = 20", "mine.toml, row 1, column targets: “2030” cannot stand here."),
        ("baseline = 10", 'baseline = "ten"', "mine.toml, row 1, column baseline: “ten” cannot stand here."),
        ("baseline = 10", "baseline = nan", "mine.toml, row 1, column baseline: “nan” cannot stand here."),
        ('parent = "P"', 'parent = "Q"', "mine.toml: result “O” stands below “Q”, which there is not"),
        ('result = "O"', 'result = "Q"', "mine.toml: indicator “i” measures “Q”, which there is not"),
        ('code = "mine"', "code =", "mine.toml: is not TOML"),
    ],
)
def test_a_fault_is_named_with_its_place(was: str, becomes: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_framework("mine.toml", SOUND.replace(was, becomes, 1))
    assert str(error.value.problems[0]).startswith(said)


def test_every_fault_is_named_at_once() -> None:
    broken = (
        SOUND.replace('"programme"', '"dream"')
        .replace('"sum"', '"average"')
        .replace("baseline = 10", 'baseline = "x"')
    )
    with pytest.raises(InputError) as error:
        read_framework("mine.toml", broken)
    assert [problem.column for problem in error.value.problems] == ["level", "aggregation", "baseline"]


def test_nodes_of_a_framework_that_is_not_there_are_refused() -> None:
    with pytest.raises(InputError) as error:
        read_framework("x.toml", SOUND.replace('source = "A letter"', 'source = "A"\nnodes = "nothing"'))
    assert error.value.problems[0].column == "nodes"
