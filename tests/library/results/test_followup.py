"""The asks that come with the library, and what is refused."""

import pytest

from actionlines.problems import InputError
from actionlines.results.followup import ask_sets, read_ask_set
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
        (HEAD + ASK + 'lines = ["C99"]', "wsis has no “C99”."),
        (HEAD + ASK.replace("en = ", "de = "), "unknown language de"),
    ],
)
def test_a_faulty_file_is_refused_with_the_fault(text: str, words: str) -> None:
    assert any(words in said for said in refused(text))
