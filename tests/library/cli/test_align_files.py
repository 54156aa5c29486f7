"""`actionlines align --by file`: what whole files have to do with the nodes."""

import csv
import json

import pytest

from actionlines.alignment import align
from actionlines.cli import main
from actionlines.cli.corpus import CHUNK

SCHOOL = "Primary schools get new classrooms, textbooks and trained teachers for the education of all girls."
WATER = "Wells give clean water."


@pytest.fixture
def folder(tmp_path):
    """Two documents of one name, an empty-handed one, and a table of more than one chunk."""
    given = tmp_path / "given"
    for name, text in (("a", f"{SCHOOL}\n\n{WATER}\n"), ("b", f"{WATER}\n"), ("c", "12 34\n")):
        (given / name).mkdir(parents=True)
        (given / name / "plan.md").write_text(text, encoding="utf-8")
    rows = [f"p-{n},Project {n},Girls go to school in village {n}.,C2" for n in range(CHUNK + 5)]
    (given / "d.csv").write_text("id,title,description,lines\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return given


def run(*words):
    return main(["align", *map(str, words), "--by", "file", "--lang", "en"])


def test_share_of_a_node_is_that_of_the_length_of_its_passages(capsys, folder):
    assert run(folder) == 0
    files = json.loads(capsys.readouterr().out)
    assert [(file["file"], file["passages"]) for file in files] == [
        ("plan.md", 2),
        ("plan.md", 1),
        ("plan.md", 1),
        ("d.csv", CHUNK + 5),
    ]
    assert files[0]["characters"] == len(SCHOOL) + len(WATER)
    said = next(link.probability for link in align(SCHOOL, language="en") if link.node == "4")
    found = {node["node"]: node for node in files[0]["nodes"] if node["framework"] == "sdg"}
    assert found["4"]["share"] == pytest.approx(len(SCHOOL) * said / files[0]["characters"], abs=1e-4)
    assert files[2]["nodes"] == []
    lines = {node["node"]: node for node in files[3]["nodes"] if node["framework"] == "wsis"}
    assert (lines["C2"]["share"], lines["C2"]["counted"]) == (1.0, CHUNK + 5)


@pytest.mark.parametrize("shape", ["json", "jsonl", "csv"])
def test_two_processes_give_what_one_gives(folder, tmp_path, shape):
    for workers in (1, 2):
        assert run(folder, "--format", shape, "-o", tmp_path / f"{workers}", "--workers", workers) == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_csv_has_a_line_for_each_node(capsys, folder):
    assert run(folder / "a", "--format", "csv", "--framework", "sdg", "--min-probability", "0.5") == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {row["node"] for row in rows} >= {"4", "6"}
    assert all(0 < float(row["share"]) <= 1 and row["framework"] == "sdg" for row in rows)


def test_page_of_files_is_refused(capsys, folder, tmp_path):
    assert run(folder, "--format", "html", "-o", tmp_path / "out.html") == 2
    assert "files as a whole are not told as html" in capsys.readouterr().err
    assert not (tmp_path / "out.html").exists()
