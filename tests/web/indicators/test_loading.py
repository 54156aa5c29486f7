"""Loading from the command line: all or nothing, and the same file again changes nothing."""

from pathlib import Path

import pytest
from django.core.management import call_command

from actionlines.problems import InputError
from actionlines_web.indicators.models import Observation

pytestmark = pytest.mark.django_db
HEADER = "economy,year,series,value,sex\n"


def load(path: Path, *more: str) -> None:
    call_command("load_observations", str(path), "--source", "ITU", "--vintage", "2024-07-01", *more)


def test_file_is_loaded_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "values.csv"
    path.write_text(f"{HEADER}SEN,2020,IT_USE_ii99,45,_T\nSEN,2020,IT_USE_ii99,40,FEMALE\n", encoding="utf-8")
    load(path, "--population", "WPP 2024")
    load(path)
    assert capsys.readouterr().out.splitlines() == [
        "2 new, 0 revised, 0 unchanged, 0 contradict a stored vintage.",
        "0 new, 0 revised, 2 unchanged, 0 contradict a stored vintage.",
    ]
    row = Observation.objects.get(breakdown="sex=F")
    assert (row.series, row.source, row.population, row.vintage.isoformat()) == (
        *("i99H", "ITU", "WPP 2024", "2024-07-01"),
    )


def test_file_with_a_fault_is_refused_whole_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "values.csv"
    path.write_text(f"{HEADER}SEN,2020,i99H,45,_T\nXXX,2020,i99H,1,_T\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 3, column economy: “XXX” is not an economy"):
        load(path)
    assert not Observation.objects.exists()
    load(path, "--skip-refused")
    assert Observation.objects.count() == 1
