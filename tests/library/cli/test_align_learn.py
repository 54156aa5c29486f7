"""`actionlines align learn` and `align --model`, `align explain`."""

import json

from actionlines.cli import main

TEXT = "Farmers of village {n} read the prices of maize on their phones, so that harvests and incomes rise at last."


def decisions(path, accepted, count=200):
    rows = [
        {
            "text": TEXT.format(n=n),
            "language": "en",
            "framework": "wsis",
            "node": "C7-AGR",
            "accepted": accepted(n),
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def probability(capsys, path, *words):
    assert main(["align", str(path), *words]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    return next(link["probability"] for link in row["links"] if link["node"] == "C7-AGR")


def test_learnt_model_is_written_and_used(capsys, tmp_path):
    out = tmp_path / "deep" / "model"
    status = main(
        ["align", "learn", str(decisions(tmp_path / "d.jsonl", lambda n: n % 10 == 0)), "--out", str(out)]
    )
    said = capsys.readouterr()
    assert (status, said.err) == (0, "")
    assert "200 decisions, 0 of them teach nothing." in said.out
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["written"] is True
    assert report["after"]["log_loss"] < report["before"]["log_loss"]
    text = tmp_path / "farm.txt"
    text.write_text(TEXT.format(n="x"), encoding="utf-8")
    assert probability(capsys, text, "--model", str(out)) < probability(capsys, text)
    main(["align", "explain", str(text), "--link", "wsis:C7-AGR", "--model", str(out), "--in", "fr"])
    assert "Appris de décisions" in capsys.readouterr().out


def test_lesson_that_is_no_better_is_not_written(capsys, tmp_path):
    out = tmp_path / "model"
    status = main(["align", "learn", str(decisions(tmp_path / "d.jsonl", lambda _: True)), "--out", str(out)])
    assert (status, out.exists()) == (1, False)
    assert "nothing is written" in capsys.readouterr().err


def test_file_without_a_decision_is_bad_input(capsys, tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text("\n", encoding="utf-8")
    assert main(["align", "learn", str(path), "--out", str(tmp_path / "m")]) == 2
    assert capsys.readouterr().err == "actionlines: d.jsonl: holds no decision.\n"


def test_explain_reads_a_text_or_a_file_and_answers_in_json(capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Broadband for all.", encoding="utf-8")
    answers = []
    for given in (str(path), "Broadband for all."):
        assert main(["align", "explain", given, "--link", "wsis:C2", "--format", "json"]) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]
    assert answers[0]["link"]["evidence"] == [{"start": 0, "end": 9, "text": "Broadband"}]


def test_explain_of_no_link_is_bad_input(capsys):
    assert main(["align", "explain", "A text.", "--link", "sdg:99"]) == 2
    assert "“sdg:99” is no link" in capsys.readouterr().err
