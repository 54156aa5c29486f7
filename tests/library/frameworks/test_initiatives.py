"""Regional initiatives: keyed by cycle and code."""

from collections import Counter
from pathlib import Path

import pytest

from actionlines.frameworks.areas import region_names
from actionlines.frameworks.initiatives import initiatives, read_initiatives
from actionlines.problems import InputError

HEAD = "cycle,code,region,en,source,status\n"


def test_each_region_has_five_in_the_cycle_of_buenos_aires():
    found = Counter(item.region for item in initiatives().values() if item.cycle == "2018-2021")
    assert found == dict.fromkeys(region_names(), 5)


def test_a_code_comes_again_in_each_cycle_with_another_title():
    old, new = initiatives()["2018-2021/AFR1"], initiatives()["2023-2025/AFR1"]
    assert (old.code, old.region) == (new.code, new.region) == ("AFR1", "AFR")
    assert str(old.title) != str(new.title)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2018,AFR1,AFR,T,s,verified", "cycle"),
        ("2018-2021,AFR1,EUR,T,s,verified", "code"),
        ("2018-2021,AFR1,XXX,T,s,verified", "region"),
        ("2018-2021,AFR1,AFR,,s,verified", "en"),
        ("2018-2021,AFR1,AFR,T,,verified", "source"),
        ("2018-2021,AFR1,AFR,T,s,maybe", "status"),
    ],
)
def test_a_fault_is_named_with_row_and_column(tmp_path: Path, row: str, column: str):
    (tmp_path / "initiatives.csv").write_text(f"{HEAD}{row}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_initiatives(tmp_path)
    assert (2, column) in [(problem.row, problem.column) for problem in raised.value.problems]


def test_a_key_stands_once(tmp_path: Path):
    row = "2018-2021,AFR1,AFR,T,s,verified\n"
    (tmp_path / "initiatives.csv").write_text(HEAD + row * 2, encoding="utf-8")
    with pytest.raises(InputError, match="stands there already"):
        read_initiatives(tmp_path)
