"""`--semantic` of `actionlines align` and `align evaluate`: another answer, or a clear refusal before anything is done."""

import json

import pytest

from actionlines.alignment import align
from actionlines.alignment.stacker import balanced, rate
from actionlines.cli import main

# No word of the lexicon says what this is about, and the model knows too few of these words.
LAGOON = "Corals and turtles come back to the lagoon."
GOALS = ("--text", "text", "--labels", "goals", "--framework", "sdg", "--level", "goal", "--format", "json")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'text,goals\n"{LAGOON}",14\n', encoding="utf-8")
    return path


def links(said):
    return {
        (link["framework"], link["node"]): link["probability"]
        for row in json.loads(said)
        for link in row["links"]
    }


@pytest.mark.parametrize("asked", [False, True])
def test_table_is_aligned_as_the_library_aligns_its_texts(capsys, tmp_path, asked):
    path = tmp_path / "a.csv"
    path.write_text(f"text\n{LAGOON}\n", encoding="utf-8")
    words = ["align", str(path), "--text-column", "text", "--lang", "en", *["--semantic"] * asked]
    assert main(words) == 0
    found = links(capsys.readouterr().out)
    wanted = align(LAGOON, language="en", semantic=asked, frameworks=("sdg", "wsis", "gdc"))
    assert found == {(link.framework, link.node): link.probability for link in wanted}
    assert (("sdg", "14") in found) is asked


@pytest.mark.parametrize(("words", "first"), [((), 0.0), (("--semantic",), 1.0)])
def test_texts_are_scored_with_the_stage_that_is_asked_for(capsys, table, words, first):
    assert main(["align", "evaluate", str(table), *GOALS, *words]) == 0
    assert json.loads(capsys.readouterr().out)["top1"] == first


def test_yes_and_no_are_even_at_the_rate_of_the_stage(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'text,probe,answer\n"{LAGOON}",14,true\n', encoding="utf-8")
    asked = ("--text", "text", "--probe", "probe", "--answer", "answer", *GOALS[4:], "--semantic")
    assert main(["align", "evaluate", str(path), *asked]) == 0
    found = json.loads(capsys.readouterr().out)
    (goal,) = [link for link in align(LAGOON, language="en", semantic=True) if link.node == "14"]
    yes = balanced(goal.probability, rate("en", "14", semantic=True))
    right = float(yes >= 0.5)
    assert (found["accuracy"], found["ece"]) == (right, round(abs(max(yes, 1 - yes) - right), 4))


def test_missing_extra_is_named_and_no_table_written(capsys, table, tmp_path, without_the_extra):
    answer = tmp_path / "links.json"
    assert main(["align", str(table), "--text-column", "text", "--semantic", "-o", str(answer)]) == 2
    said = capsys.readouterr()
    assert "actionlines[semantic]" in said.err
    assert (said.out, list(tmp_path.iterdir())) == ("", [table])


def test_missing_extra_is_named_before_a_dataset_is_scored(capsys, table, without_the_extra):
    assert main(["align", "evaluate", str(table), *GOALS, "--semantic"]) == 2
    said = capsys.readouterr()
    assert (said.out, "actionlines[semantic]" in said.err) == ("", True)


def test_missing_extra_is_no_matter_where_nobody_asks_for_it(capsys, table, without_the_extra):
    assert main(["align", "evaluate", str(table), *GOALS]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 1
