"""The command `cover`."""

import json

from actionlines.cli import main

TEXT = "This programme contributes to SDG target 3.8 and to nothing else that is worth a word in this plan."


def test_a_plan_as_json_text_and_html(tmp_path, capsys):
    path = tmp_path / "plan <b>.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["cover", str(path), "--format", "json"]) == 0
    (said,) = json.loads(capsys.readouterr().out)["plans"]
    assert (said["file"], said["passages"]) == ("plan <b>.txt", 1)
    assert {one["node"] for one in said["addressed"]} >= {"3", "3.8"}
    assert "3" not in said["silent"]["sdg"]
    assert main(["cover", str(path)]) == 0
    assert "3.8: ICT could contribute through" in capsys.readouterr().out
    assert main(["cover", str(path), "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert "plan &lt;b&gt;.txt" in page
    assert "<b>" not in page


def test_two_plans_are_compared(tmp_path, capsys):
    paths = []
    for name, text in (
        ("a.txt", TEXT),
        ("b.txt", "A text about nothing in particular, long enough to be a passage."),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / name))
    assert main(["cover", *paths, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["comparison"]
    assert {"framework": "sdg", "node": "3", "shares": [1.0, 0.0]} in rows


def test_bad_input_is_named(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["cover", str(tmp_path / "none.pdf")]) == 2
    assert main(["cover", str(path), "--threshold", "2"]) == 2
