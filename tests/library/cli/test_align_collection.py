"""`align learn` of a labelled collection, and `--collection` of `align` and `align evaluate`."""

import json

import pytest

from actionlines.alignment.model import GOALS
from actionlines.cli import align_collection, main
from collected import SDG, texts

LABELS = ("--text", "text", "--labels", "goals")
NEW = "Visitors praise the voltaska office."


def run(capsys, *words):
    status = main(["align", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def dataset(tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f'"{text}",{node}\n' for text, node in texts(SDG))
    path.write_text(f"text,goals\n{rows}Nothing is known.,\n", encoding="utf-8")
    return path


@pytest.fixture
def learnt(dataset, capsys):
    path = dataset.with_name("learnt.npz")
    assert run(capsys, "learn", dataset, *LABELS, "--lang", "en", "--out", path)[0] == 0
    return path


def test_collection_is_learnt_and_judged_in_folds(capsys, dataset, tmp_path):
    out = tmp_path / "learnt.npz"
    status, said, err = run(capsys, "learn", dataset, *LABELS, "--out", out, "--format", "json")
    report = json.loads(said)
    assert (status, err, report["texts"], report["without_label"], report["written"]) == (0, "", 84, 1, True)
    assert (report["before"]["micro_f1"], report["after"]["micro_f1"]) == (0.0, 1.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "learnt.npz"]


def test_report_for_people_tells_before_and_after(capsys, dataset, tmp_path):
    _, said, _ = run(capsys, "learn", dataset, *LABELS, "--out", tmp_path / "learnt.npz")
    assert "84 texts" in said
    assert "micro_f1                           0.000   1.000" in said


def test_table_is_aligned_with_a_collection(capsys, learnt, tmp_path):
    path = tmp_path / "b.csv"
    path.write_text(f"text\n{NEW}\n", encoding="utf-8")
    words = (path, "--text-column", "text", "--lang", "en", "--framework", "sdg")
    before = json.loads(run(capsys, *words)[1])[0]["links"]
    after = json.loads(run(capsys, *words, "--collection", learnt)[1])[0]["links"]
    assert [link["node"] for link in before] == []
    assert [link["node"] for link in after] == ["7"]


def test_explain_tells_the_arithmetic_of_the_collection(capsys, learnt):
    words = ("explain", "The voltaska office.", "--link", "sdg:7", "--lang", "en")
    status, said, _ = run(capsys, *words, "--collection", learnt)
    assert status == 0
    assert "A collection learnt from labelled texts has the last word: 0.333 of its texts have 7." in said
    assert "Its texts count “voltaska”: " in said


def test_explain_of_a_file_that_is_no_collection_is_bad_input(capsys, dataset):
    words = ("explain", "The voltaska office.", "--link", "sdg:7")
    status, said, err = run(capsys, *words, "--collection", dataset)
    assert (status, said) == (2, "")
    assert "the file is no learnt collection" in err


def test_run_begins_anew_where_the_collection_is_another(capsys, learnt, tmp_path):
    path, out = tmp_path / "b.csv", tmp_path / "links.jsonl"
    path.write_text(f"text\n{NEW}\n", encoding="utf-8")
    words = (path, "--text-column", "text", "--lang", "en", "--format", "jsonl", "-o", out)
    run(capsys, *words)
    first = out.read_text(encoding="utf-8")
    run(capsys, *words, "--collection", learnt)
    assert out.read_text(encoding="utf-8") != first


def test_score_uses_the_collection_and_its_threshold(capsys, learnt, tmp_path):
    path = tmp_path / "b.csv"
    path.write_text(f"text,goals\n{NEW},7\nThe quandry and brelmont teams meet.,2; 4\n", encoding="utf-8")
    words = ("evaluate", path, *LABELS, "--framework", "sdg", "--level", "goal", "--lang", "en")
    before = json.loads(run(capsys, *words, "--format", "json")[1])
    after = json.loads(run(capsys, *words, "--collection", learnt, "--format", "json")[1])
    assert (before["micro_f1"], after["micro_f1"]) == (0.0, 1.0)


def test_texts_the_collection_learnt_from_are_not_scored(capsys, learnt, dataset):
    words = ("evaluate", dataset, *LABELS, "--framework", "sdg", "--level", "goal", "--collection", learnt)
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert "trained on 84 of these texts" in err


def test_collection_that_is_no_better_is_not_written(capsys, dataset, tmp_path, monkeypatch):
    def wrong(given, framework, folds):
        yield from ((place, dict.fromkeys(GOALS, 0.999999), 0.5) for place in range(len(given)))

    monkeypatch.setattr(align_collection, "unseen_answers", wrong)
    out = tmp_path / "learnt.npz"
    status, _, err = run(capsys, "learn", dataset, *LABELS, "--out", out)
    assert status == 1
    assert "nothing is written" in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--text", "text"), "--text and --labels"),
        (("--text", "body", "--labels", "goals"), "column body"),
        (("--text", "text", "--labels", "text"), "no code"),
        ((*LABELS, "--framework", "wsis"), "no code"),
    ],
)
def test_what_cannot_be_learnt_is_refused_with_status_2(capsys, dataset, tmp_path, words, fault):
    status, out, err = run(capsys, "learn", dataset, *words, "--out", tmp_path / "learnt.npz")
    assert (status, out) == (2, "")
    assert fault in err
    assert not (tmp_path / "learnt.npz").exists()


def test_line_with_sub_lines_is_no_label(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,lines\n" + "A programme continues.,C7\n" * 40, encoding="utf-8")
    words = ("--text", "text", "--labels", "lines", "--framework", "wsis", "--out", tmp_path / "b.npz")
    status, _, err = run(capsys, "learn", path, *words)
    assert status == 2
    assert "sub-line" in err


def test_few_texts_are_refused(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,goals\nA programme continues.,4\n", encoding="utf-8")
    status, _, err = run(capsys, "learn", path, *LABELS, "--out", tmp_path / "b.npz")
    assert status == 2
    assert "1 labelled texts" in err


def test_missing_extra_is_named(capsys, dataset, tmp_path, without_the_extra):
    status, _, err = run(capsys, "learn", dataset, *LABELS, "--semantic", "--out", tmp_path / "b.npz")
    assert status == 2
    assert "actionlines[semantic]" in err


def test_folder_that_is_not_there_is_named(capsys, dataset, tmp_path):
    status, _, err = run(capsys, "learn", dataset, *LABELS, "--out", tmp_path / "none" / "b.npz")
    assert status == 2
    assert "cannot be written" in err


def test_collection_that_is_none_is_refused(capsys, dataset):
    status, _, err = run(capsys, dataset, "--text-column", "text", "--collection", dataset)
    assert status == 2
    assert "no learnt collection" in err
