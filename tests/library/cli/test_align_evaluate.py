"""`actionlines align evaluate`: csv and jsonl, labels and questions, what is skipped and what is refused."""

import json

import pytest

from actionlines.cli import main

FARM = "Farmers get prices of crops by text message."
CLINIC = "A telemedicine network connects rural clinics with hospitals."


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"text,goals\n{FARM},2; 2.3\n{CLINIC},3\nNothing.,\n", encoding="utf-8")
    return path


def run(capsys, *words):
    status = main(["align", "evaluate", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


GOALS = ("--text", "text", "--labels", "goals", "--framework", "sdg", "--level", "goal")


def test_csv_with_semicolons_in_json(capsys, table):
    status, out, err = run(capsys, table, *GOALS, "--format", "json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert {
        key: found[key] for key in ("accuracy", "macro_f1", "micro_f1", "top1", "top3", "n", "without_label")
    } == {
        "accuracy": 1.0,
        "macro_f1": 1.0,
        "micro_f1": 1.0,
        "top1": 1.0,
        "top3": 1.0,
        "n": 2,
        "without_label": 1,
    }
    assert 0 <= found["ece"] <= 1


def test_jsonl_with_a_list_of_lines(capsys, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": CLINIC, "lines": ["C7-HEA"]}) + "\n\n", encoding="utf-8")
    status, out, _ = run(
        capsys,
        path,
        "--text",
        "text",
        "--labels",
        "lines",
        "--framework",
        "wsis",
        "--level",
        "line",
        "--format",
        "json",
    )
    assert (status, json.loads(out)["top1"]) == (0, 1.0)


def test_questions_are_answered_yes_or_no(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"text,probe,answer\n{FARM},2,true\n{FARM},14,FALSE\n", encoding="utf-8")
    words = (
        "--text",
        "text",
        "--probe",
        "probe",
        "--answer",
        "answer",
        "--framework",
        "sdg",
        "--level",
        "goal",
    )
    status, out, _ = run(capsys, path, *words, "--format", "json")
    assert (status, json.loads(out)["accuracy"]) == (0, 1.0)


def test_table_for_people_names_the_classes(capsys, table):
    status, out, _ = run(capsys, table, *GOALS)
    assert status == 0
    assert "macro_f1        1.0" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--text", "body", "--labels", "goals", "--framework", "sdg", "--level", "goal"), "column body"),
        (
            ("--text", "text", "--labels", "goals", "--framework", "wsis", "--level", "goal"),
            "no level “goal”",
        ),
        (("--text", "text", "--framework", "sdg", "--level", "goal"), "--labels"),
        (
            ("--text", "text", "--labels", "text", "--framework", "sdg", "--level", "goal"),
            "no code of the framework",
        ),
    ],
)
def test_what_cannot_be_evaluated_is_refused_with_status_2(capsys, table, words, said):
    status, out, err = run(capsys, table, *words)
    assert (status, out) == (2, "")
    assert said in err


def test_text_of_the_training_data_is_refused_or_left_out(capsys, tmp_path):
    path = tmp_path / "a.csv"
    official = "End poverty in all its forms everywhere"
    path.write_text(f"text,goals\n{official},1\n{FARM},2\n", encoding="utf-8")
    status, out, err = run(capsys, path, *GOALS)
    assert (status, out) == (2, "")
    assert "trained on 1 of these texts" in err
    status, out, _ = run(capsys, path, *GOALS, "--skip-known", "--format", "json")
    assert (status, json.loads(out)["n"], json.loads(out)["known_left_out"]) == (0, 1, 1)


def test_file_named_evaluate_is_still_aligned(capsys, tmp_path, monkeypatch):
    (tmp_path / "evaluate.txt").write_text(CLINIC, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["align", "evaluate.txt"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["file"] == "evaluate.txt"
