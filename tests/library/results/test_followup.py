"""The asks that come with the library, and what is refused."""

from datetime import date

import pytest

from actionlines.problems import InputError
from actionlines.results.followup import (
    STATES,
    Tally,
    as_plain,
    ask_sets,
    from_plain,
    read_ask_set,
    reminder_step,
    tally,
)
from actionlines.text import LANGUAGES
from shared import SHARED, needs_shared

HEAD = 'code = "x"\nsource = "s"\ndate = 2026-01-01\ntitle = {en = "T"}\n'
ASK = '[[ask]]\nnumber = "1"\ntext = {en = "Do it"}\nasked = {en = "All"}\n'


def test_the_invitations_of_2018_are_paragraphs_14_to_21_in_six_languages() -> None:
    found = ask_sets()["tdag-2018"]
    assert [ask.number for ask in found.asks] == [str(number) for number in range(14, 22)]
    assert all(set(ask.text) == set(LANGUAGES) == set(ask.asked) for ask in found.asks)
    assert found.asks[3].asked.get("en") == "Member States"
    assert found.asks[3].targets == ("17.18", "17.19")


@needs_shared
def test_each_of_these_paragraphs_stands_in_the_paper_and_invites() -> None:
    paper = (SHARED / "data/documents/tdag18_contribution_smsi_odd.fr.txt").read_text(encoding="utf-8")
    lines = {line.split("\t")[0]: line for line in paper.splitlines() if "\t" in line}
    for ask in ask_sets()["tdag-2018"].asks:
        assert "invité" in lines[ask.number] or "encouragé" in lines[ask.number]


def refused(text: str) -> list[str]:
    """What is said about a file."""
    with pytest.raises(InputError) as raised:
        read_ask_set("x.toml", text)
    return [str(problem) for problem in raised.value.problems]


def test_a_well_formed_set_is_read() -> None:
    found = read_ask_set("x.toml", HEAD + ASK)
    assert (found.code, [ask.number for ask in found.asks], found.asks[0].due) == ("x", ["1"], None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code = ", "is not TOML"),
        (ASK, "“code” is missing"),
        (HEAD, "“ask” is missing"),
        (HEAD + ASK + ASK, "the paragraph 1 stands there twice."),
        (HEAD.replace('"x"', '"X y"') + ASK, "“X y” is no code."),
        (HEAD + ASK.replace('"1"', '"1/2"'), "“1/2” is no number of a paragraph."),
        (HEAD + ASK + 'lines = ["C99"]', "wsis has no “C99”."),
        (HEAD + ASK.replace("en = ", "de = "), "unknown language de"),
    ],
)
def test_a_faulty_file_is_refused_with_the_fault(text: str, words: str) -> None:
    assert any(words in said for said in refused(text))


def test_a_set_as_plain_data_is_the_same_set() -> None:
    for found in ask_sets().values():
        assert from_plain(as_plain(found)) == found
    due = read_ask_set("x.toml", HEAD + ASK + "due = 2027-03-01\n")
    assert from_plain(as_plain(due)).asks[0].due == date(2027, 3, 1)


DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2026, 5, 30), None),
        (date(2026, 5, 31), 30),
        (date(2026, 6, 22), 30),
        (date(2026, 6, 23), 7),
        (date(2026, 6, 29), 7),
        (date(2026, 6, 30), 0),
        (date(2026, 7, 30), 0),
        (date(2026, 7, 31), None),
    ],
)
def test_the_latest_step_that_was_reached_counts(day: date, step: int | None) -> None:
    assert reminder_step(DUE, day) == step
    assert reminder_step(None, day) is None


def test_asks_are_tallied_by_their_answers_and_late_when_nobody_did_or_declined_them() -> None:
    rows = [
        (DUE, []),
        (DUE, ["open"]),
        (DUE, ["under-way"]),
        (DUE, ["open", "done"]),
        (DUE, ["declined"]),
        (None, []),
    ]
    assert tally(rows, date(2026, 7, 1)) == Tally(asks=6, answered=3, done=1, late=3)
    assert tally(rows, DUE).late == 0
    assert STATES == ("open", "under-way", "done", "declined")
