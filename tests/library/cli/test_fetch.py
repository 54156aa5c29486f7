"""`actionlines fetch` writes what a source answers, and lists what it has."""

import json
from pathlib import Path

import pytest

from actionlines.cli import main
from answering import Reply, Source, listening


@pytest.fixture
def source():
    """A server in the place of a source."""
    with listening() as server:
        yield server


def run(source: Source, tmp_path: Path, *words: str) -> int:
    return main(["fetch", *words, "--address", source.origin, "--cache", str(tmp_path / "c"), "--pause", "0"])


def test_figures_are_written_as_a_long_table(source, tmp_path, capsys):
    row = {"code": "i99H", "dataYear": 2020, "answer": [{"value": 58.4}], "dataSource": "ITU"}
    source.answer = lambda _: Reply(body=json.dumps([row]).encode())
    out = tmp_path / "out.csv"
    assert run(source, tmp_path, "itu", "IT_USE_ii99", "--economy", "Senegal", "-o", str(out)) == 0
    assert out.read_text(encoding="utf-8").splitlines() == [
        "series,economy,year,value,flag,nature,breakdown,unit,source,note",
        "i99H,SEN,2020,58.4,,,,,ITU,",
    ]
    assert capsys.readouterr().err == ""


def test_remarks_are_said_with_status_1(source, tmp_path, capsys):
    rows = [
        {"code": "i271", "dataYear": 2020, "answer": [{"value": 1}]},
        {"dataYear": 2021, "answer": [{"value": 2}]},
    ]
    source.answer = lambda _: Reply(body=json.dumps(rows).encode())
    assert run(source, tmp_path, "itu", "i99H", "--economy", "SEN") == 1
    found = capsys.readouterr()
    assert "answers with i271" in found.err
    assert found.out.splitlines()[1:] == ["i99H,SEN,2021,2,,,,,ITU,"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("itu", "nothing"), "“nothing” is not a series"),
        (("itu", "i99H", "--economy", "Atlantis"), "“Atlantis” is not an economy"),
        (("wdi", "B1"), "does not answer for B1"),
    ],
)
def test_what_nobody_has_is_refused(source, tmp_path, capsys, words, said):
    assert run(source, tmp_path, *words) == 2
    assert said in capsys.readouterr().err
    assert source.asked == []


def test_mirror_without_https_is_refused(tmp_path, capsys):
    words = ["fetch", "itu", "i99H", "--address", "http://example.org", "--cache", str(tmp_path)]
    assert main(words) == 2
    assert "neither https nor http on this machine" in capsys.readouterr().err


def test_series_of_a_source_are_listed(capsys):
    assert main(["fetch", "wdi"]) == 0
    assert "i99H\tIT.NET.USER.ZS\tverified" in capsys.readouterr().out.splitlines()
