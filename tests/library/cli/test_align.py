"""`actionlines align`: documents and tables in; JSON, csv, a page out; nothing half-written."""

import csv
import io
import json

import pytest

from actionlines.cli import main
from actionlines.stocktaking.demonstration import DEMO_ENTRIES

TABLE = "id,title,description,action_line,language\n7,Farm radio,Farmers learn of prices.,C7-AGR,en\n8,École,L'école a internet.,,fr\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text("# Plan\n\nBroadband for all.\n\nThis serves SDG target 9.c.\n", encoding="utf-8")
    return path


def run(capsys, *words):
    status = main(["align", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_table_in_json_gives_each_row_with_its_links(capsys, table):
    status, out, err = run(capsys, table)
    assert (status, err) == (0, "")
    rows = json.loads(out)
    assert [(row["file"], row["row"], row["id"], row["language"]) for row in rows] == [
        ("a.csv", 2, "7", "en"),
        ("a.csv", 3, "8", "fr"),
    ]
    links = {(link["framework"], link["node"]): link for link in rows[0]["links"]}
    assert links["wsis", "C7-AGR"] == {
        "framework": "wsis",
        "node": "C7-AGR",
        "basis": "declared",
        "probability": 1.0,
        "direction": "advances",
        "decision": "yes",
        "evidence": [],
    }
    assert links["sdg", "2"]["basis"] == "lexicon"
    assert links["sdg", "2.4"]["basis"] == "matrix"
    assert links["sdg", "2.4"]["source"] == "C7-AGR"
    for row in rows:
        for link in row["links"]:
            for span in link["evidence"]:
                assert row["text"][span["start"] : span["end"]] == span["text"]


def test_document_in_json_gives_each_passage_with_its_place(capsys, document):
    _, out, _ = run(capsys, document, "--min-probability", "0.5")
    passages = json.loads(out)
    assert [item["text"] for item in passages] == [
        "Plan",
        "Broadband for all.",
        "This serves SDG target 9.c.",
    ]
    assert [item["passage"]["paragraph"] for item in passages] == [1, 2, 3]
    assert [[f"{link['framework']}:{link['node']}" for link in item["links"]] for item in passages] == [
        [],
        ["gdc:1", "sdg:9", "wsis:C2"],
        ["sdg:9", "sdg:9.c"],
    ]
    assert {link["basis"] for link in passages[2]["links"]} == {"cited"}


def test_csv_has_one_line_a_link(capsys, document):
    _, out, _ = run(capsys, document, "--format", "csv", "--framework", "sdg", "--min-probability", "0.9")
    assert (
        list(csv.DictReader(io.StringIO(out)))
        == [
            {
                "file": "plan.md",
                "row": "",
                "id": "",
                "page": "",
                "paragraph": "3",
                "language": "en",
                "framework": "sdg",
                "node": node,
                "basis": "cited",
                "probability": "0.97",
                "source": "",
                "spans": "12-26",
                "evidence": "SDG target 9.c",
            }
            for node in ("9", "9.c")
        ]
        or out
    )


def test_page_highlights_evidence_and_escapes_the_rest(capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("<b onload=x()> Broadband & more\n", encoding="utf-8")
    _, out, _ = run(capsys, path, "--format", "html", "--lang", "en")
    assert "<b " not in out
    assert "&lt;b onload=x()&gt; <mark title=" in out
    assert ">Broadband</mark> &amp; more</p>" in out
    assert "http" not in out, "the page needs nothing from elsewhere"


def test_output_of_several_files_stands_in_one_list(capsys, table, document):
    _, out, _ = run(capsys, table, document)
    assert [item["file"] for item in json.loads(out)] == ["a.csv", "a.csv", "plan.md", "plan.md", "plan.md"]


def test_text_column_is_read_under_any_name(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("no,body\n1,Farmers learn of prices.\n", encoding="utf-8")
    status, out, _ = run(capsys, path, "--text-column", "Body")
    assert status == 0
    assert json.loads(out)[0]["text"] == "Farmers learn of prices."


def test_bad_row_stops_everything_and_nothing_is_written(capsys, table, tmp_path):
    table.write_text(TABLE + "9,=1+1,x,C99,\n", encoding="utf-8")
    output = tmp_path / "out.json"
    status, out, err = run(capsys, table, "-o", output)
    assert (status, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == [
        "a.csv, row 4, column title",
        "a.csv, row 4, column action_line",
    ]
    assert not output.exists()


def test_refused_rows_can_be_skipped(capsys, table):
    table.write_text(TABLE + "9,=1+1,x,,\n", encoding="utf-8")
    status, out, err = run(capsys, table, "--skip-refused")
    assert status == 1
    assert [row["id"] for row in json.loads(out)] == ["7", "8"]
    assert "row 4, column title: the cell holds a formula" in err


def test_faults_of_all_files_are_told(capsys, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = run(capsys, tmp_path / "empty.csv", tmp_path / "empty.txt", tmp_path / "none.csv")
    assert (status, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["empty.csv", "empty.txt", "none.csv"]


def test_output_replaces_the_file_only_when_it_is_whole(capsys, table, tmp_path, monkeypatch):
    output = tmp_path / "out.json"
    output.write_text("before", encoding="utf-8")

    def fail(*_, **__):
        raise RuntimeError("stopped")

    monkeypatch.setattr("actionlines.cli.align.align", fail)
    with pytest.raises(RuntimeError):
        run(capsys, table, "-o", output)
    assert output.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "out.json"]
    monkeypatch.undo()
    assert run(capsys, table, "-o", output)[:2] == (0, "")
    assert len(json.loads(output.read_text(encoding="utf-8"))) == 2


def test_output_into_an_absent_folder_is_refused(capsys, table, tmp_path):
    status, _, err = run(capsys, table, "-o", tmp_path / "none" / "out.json")
    assert status == 2
    assert "out.json: the file cannot be written (No such file or directory)." in err


@pytest.mark.parametrize("said", ["2", "-1", "much", "nan"])
def test_probability_out_of_range_is_refused(capsys, table, said):
    with pytest.raises(SystemExit) as stopped:
        main(["align", str(table), f"--min-probability={said}"])
    assert stopped.value.code == 2
    assert "is not a probability: expected a number from 0 to 1" in capsys.readouterr().err


def test_progress_is_told_where_people_watch(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("actionlines.cli.align._PROGRESS_EVERY", 0.0)
    _, out, err = run(capsys, DEMO_ENTRIES)
    assert len(json.loads(out)) == 70
    assert "\r70 of 70 texts" in err
