"""Every kind of bulk work of the command line in one process, in a pool and on a cluster: the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from actionlines.cli import main
from actionlines.formats.tabular import read_entries

SUBJECTS = ("Farmers learn of prices", "Girls go to school", "Wells give clean water", "贫困家庭得到帮助")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    distributed = pytest.importorskip("distributed", reason="the extra actionlines[cluster] is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", memory_limit=None
    ) as made:
        yield made.scheduler_address


@pytest.fixture(params=["pool", "cluster"])
def place(request: pytest.FixtureRequest) -> list[str]:
    """The options that name a place other than this process."""
    if request.param == "pool":
        return ["--workers", "2"]
    return ["--cluster", request.getfixturevalue("cluster")]


def table(path: Path, first: int, count: int) -> Path:
    rows = [
        f"p-{n},Project {n},{SUBJECTS[n % 4]} in village {n}.,{2015 + n % 5},KEN,C2"
        for n in range(first, first + count)
    ]
    path.write_text("\n".join(["id,title,description,year,country,lines", *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three files of activities, one of them no XML and one with an activity of another file."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number, (first, count) in enumerate(((0, 150), (149, 40))):
        rows = table(tmp_path / "rows.csv", first, count)
        out = folder / f"publisher-{number}.xml"
        assert main(["export", "iati", str(rows), "--out", str(out), "--publisher", "XI-TEST"]) == 0
    (folder / "broken.xml").write_text("<iati-activities><", encoding="utf-8")
    return folder


def run(*words: object) -> int:
    return main(list(map(str, words)))


def test_report_counts_the_same_figures_everywhere(tmp_path: Path, place: list[str]) -> None:
    rows = table(tmp_path / "a.csv", 0, 140)
    words = ("report", "contribution", rows, "--date", "2026-01-01", "-o")
    assert run(*words, tmp_path / "here.json") == 0
    assert run(*words, tmp_path / "there.json", *place) == 0
    here = (tmp_path / "here.json").read_bytes()
    assert here == (tmp_path / "there.json").read_bytes()
    assert json.loads(here)["figures"]


def test_files_of_activities_become_one_table_everywhere(
    tmp_path: Path, corpus: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    said = []
    for name, options in (("here.csv", []), ("there.csv", place)):
        words = ("import", "iati", corpus, "--format", "json", "-o", tmp_path / name, *options)
        assert run(*words) == 1
        found = json.loads(capsys.readouterr().out)
        assert found.pop("written") == str(tmp_path / name)
        said.append(found)
    assert said[0] == said[1]
    assert (tmp_path / "here.csv").read_bytes() == (tmp_path / "there.csv").read_bytes()
    entries = read_entries(tmp_path / "there.csv").entries
    assert [entry.id for entry in entries] == [f"p-{n}" for n in range(189)]
    assert [(Path(one["file"]).name, one["records"], one["entries"]) for one in said[0]["files"]] == [
        ("broken.xml", 1, 0),
        ("publisher-0.xml", 150, 150),
        ("publisher-1.xml", 40, 39),
    ]
    twins = [one["message"] for one in said[0]["files"][2]["problems"] if one["severity"] == "error"]
    assert twins == [f"the identifier “p-149” is already in {corpus / 'publisher-0.xml'}."]


def test_activities_are_aligned_to_the_same_bytes_everywhere(
    tmp_path: Path, corpus: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("align", corpus, "--format", "jsonl", "--skip-refused", "-o")
    assert run(*words, tmp_path / "refused.jsonl") == 2
    assert "broken.xml" in capsys.readouterr().err
    (corpus / "broken.xml").unlink()
    assert run(*words, tmp_path / "here.jsonl") == 0
    assert run(*words, tmp_path / "there.jsonl", *place) == 0
    assert (tmp_path / "here.jsonl").read_bytes() == (tmp_path / "there.jsonl").read_bytes()
    rows = [json.loads(line) for line in (tmp_path / "there.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == [f"p-{n}" for n in (*range(150), *range(149, 189))]
    assert {link["node"] for row in rows for link in row["links"] if link["basis"] == "declared"} == {"C2"}


@pytest.mark.parametrize("command", ["import iati", "report contribution"])
def test_a_number_of_processes_that_is_none_is_refused(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(*command.split(), tmp_path / "a", "--workers", "many")
    assert "'many' is not a number of processes: expected 1 to 256" in capsys.readouterr().err
