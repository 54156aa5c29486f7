"""Plans are read from their structure; the source document gives its Annex 1 in every format."""

import json

import pytest

from actionlines.documents import Document, read_bytes
from actionlines.problems import InputError
from actionlines.results.plan import Plan, extract_plan
from made_documents import docx_of, pdf_of
from shared import SHARED, SOURCE_DOCUMENT, needs_shared

ENGLISH = """Strategic plan 2026-2029
This plan follows section D.1-2 of the report and clause 3.4 of the statutes; see also SDG 9.
Objectives
R.1 Skills: teach people in every region
R.2 Networks
Outcomes
R.1-1: More people trained, in particular women and girls.
Contributes to SDGs 4, 5
Contributes to the implementation of WSIS action lines C4 and C11
R.1-2 – Better schools. Contributes to SDG targets 4.1 to 4.3. Contributes to WSIS action line C7 (e-learning)
R.2-1 Access for all
A description of what access means, which cites nothing.
Contributes to SDGs 9-11.
Contributes to WSIS action lines C1 to C3
The remaining paragraphs are not of the plan.
They cite SDG 17.
"""


def document(text: str) -> Document:
    return read_bytes(text.encode(), "plan.txt")


def plan(text: str) -> Plan:
    return extract_plan(document(text))


def rows(found: Plan) -> list[tuple[str, str, tuple[int, ...], tuple[str, ...]]]:
    return [(outcome.code, outcome.objective, outcome.goals, outcome.lines) for outcome in found.outcomes]


def test_english_plan_is_read_with_goals_of_targets_and_sublines():
    found = plan(ENGLISH)
    assert [(one.code, one.title) for one in found.objectives] == [
        ("R.1", "Skills: teach people in every region"),
        ("R.2", "Networks"),
    ]
    assert rows(found) == [
        ("R.1-1", "R.1", (4, 5), ("C4", "C11")),
        ("R.1-2", "R.1", (4,), ("C7-LEA",)),
        ("R.2-1", "R.2", (9, 10, 11), ("C1", "C2", "C3")),
    ]
    assert [one.title for one in found.outcomes] == [
        "More people trained, in particular women and girls.",
        "Better schools.",
        "Access for all",
    ]
    assert found.notes == ()


def test_evidence_is_the_sentence_that_cites():
    source = document(ENGLISH)
    found = extract_plan(source)
    assert [[evidence.text for evidence in one.evidence] for one in found.outcomes] == [
        ["Contributes to SDGs 4, 5", "Contributes to the implementation of WSIS action lines C4 and C11"],
        ["Contributes to SDG targets 4.1 to 4.3", "Contributes to WSIS action line C7 (e-learning)"],
        ["Contributes to SDGs 9-11", "Contributes to WSIS action lines C1 to C3"],
    ]
    for outcome in found.outcomes:
        for evidence in outcome.evidence:
            assert source.text[evidence.start : evidence.end] == evidence.text
            passage = source.passages[evidence.paragraph - 1]
            assert passage.start <= evidence.start < evidence.end <= passage.end


def test_sentences_that_share_a_paragraph_are_parted():
    (outcome,) = plan("D.1-1: Title. Serves SDGs 1, 3 and WSIS action line C1 Serves also SDG 5.").outcomes
    assert outcome.title == "Title."
    assert [evidence.text for evidence in outcome.evidence] == [
        "Serves SDGs 1, 3",
        "and WSIS action line C1",
        "Serves also SDG 5",
    ]


def test_title_that_cites_is_kept_whole():
    (outcome,) = plan("D.1-1: Progress on SDG 9 is measured.\nContributes to SDG 17").outcomes
    assert outcome.title == "Progress on SDG 9 is measured."
    assert outcome.goals == (17,)


def test_misprinted_mark_follows_the_other_codes_and_is_noted():
    text = "D.1-1: One\nSDG 1\nD.1.2: Two\nSDG 2\nD.1-3: Three\nSDG 3\n"
    found = plan(text)
    assert [outcome.code for outcome in found.outcomes] == ["D.1-1", "D.1-2", "D.1-3"]
    (note,) = found.notes
    assert (note.code, note.written, text[note.start : note.end]) == ("D.1-2", "D.1.2", "D.1.2")
    assert note.text == "D.1.2 read as D.1-2: a misprint, normalised"


def test_plan_that_always_writes_dots_keeps_them():
    found = plan("D.1.1: One\nSDG 1\nD.1.2: Two\nSDG 2\n")
    assert [outcome.code for outcome in found.outcomes] == ["D.1.1", "D.1.2"]
    assert found.notes == ()


def test_numbers_behind_the_word_outcome_are_codes():
    found = plan(
        "Objective 1: Learning\nOutcome 1.1: More schools.\nContributes to SDG 4.\n"
        "Résultat 1.2 – Plus d'écoles.\nContribue à l'ODD 4.\n"
    )
    assert [(one.code, one.title) for one in found.objectives] == [("1", "Learning")]
    assert rows(found) == [("1.1", "1", (4,), ()), ("1.2", "1", (4,), ())]


def test_code_in_a_cell_of_its_own_takes_its_title_from_the_next():
    found = plan("D.1-1\nMore people trained\nSDGs 4, 5\nC2 of the WSIS\n")
    assert [(one.code, one.title, one.goals, one.lines) for one in found.outcomes] == [
        ("D.1-1", "More people trained", (4, 5), ("C2",))
    ]


def test_clauses_do_not_become_outcomes():
    found = plan(
        "3.4 Scope\nThis section cites SDG 9.\n"
        "A.1 Terms\nA.1-1 Goals are those of SDG 1.\nA.1-2 Words\nA.1-3 More words\nNothing.\n"
        "D.1-2 and D.1-3 are cited with SDG 5.\n"
        "Article D.2-1 of the rules cites SDG 6.\n"
        "D.1-1: Title\nContributes to SDG 3\n"
    )
    assert rows(found) == [("D.1-1", "D.1", (3,), ())]


def test_outcome_listed_twice_is_read_where_it_cites():
    found = plan("D.1-1: Short title\nD.1-2: Second\nSDG 2\nD.1-1: Full title\nSDG 1\n")
    assert [(one.code, one.title, one.goals) for one in found.outcomes] == [
        ("D.1-1", "Full title", (1,)),
        ("D.1-2", "Second", (2,)),
    ]


def test_outcome_that_cites_nothing_stays_in_its_plan():
    found = plan("D.1-1: One\nSDG 1\nD.1-2: Two\n")
    assert rows(found) == [("D.1-1", "D.1", (1,), ()), ("D.1-2", "D.1", (), ())]
    assert found.outcomes[1].evidence == ()


@pytest.mark.parametrize(
    "text",
    [
        "A report that cites SDG 9.",
        "D.1 Objective\nD.1-1: Outcome without a goal\n",
        "1.1 Scope\nContributes to SDG 9",
    ],
)
def test_document_without_a_plan_is_refused(text):
    with pytest.raises(InputError) as refused:
        plan(text)
    (problem,) = refused.value.problems
    assert (problem.file, problem.message) == ("plan.txt", "the document holds no plan.")
    assert "D.1-2" in problem.expectation


def test_json_holds_plain_values_and_pages_where_there_are_some():
    assert json.loads(
        json.dumps(plan("D.1 One\nD.1.1: Two\nD.1-2: Three\nSDG 3\nD.1-3: Four\nC2 of WSIS").as_json())
    ) == {
        "objectives": [{"code": "D.1", "title": "One"}],
        "outcomes": [
            {"code": "D.1-1", "title": "Two", "objective": "D.1", "goals": [], "lines": [], "evidence": []},
            {
                "code": "D.1-2",
                "title": "Three",
                "objective": "D.1",
                "goals": [3],
                "lines": [],
                "evidence": [{"start": 32, "end": 37, "text": "SDG 3", "paragraph": 4}],
            },
            {
                "code": "D.1-3",
                "title": "Four",
                "objective": "D.1",
                "goals": [],
                "lines": ["C2"],
                "evidence": [{"start": 50, "end": 60, "text": "C2 of WSIS", "paragraph": 6}],
            },
        ],
        "notes": [
            {
                "code": "D.1-1",
                "written": "D.1.1",
                "kind": "normalised",
                "start": 8,
                "end": 13,
                "text": "D.1.1 read as D.1-1: a misprint, normalised",
            }
        ],
    }


def test_json_names_the_pages_of_a_pdf():
    title = " ".join(["A title that goes on over several lines of the page."] * 5)
    paged = extract_plan(read_bytes(pdf_of([f"D.1-1: {title}", "Serves SDG 3"]), "plan.pdf")).as_json()
    assert paged["outcomes"][0]["evidence"] == [
        {"start": 272, "end": 284, "text": "Serves SDG 3", "paragraph": 2, "page": 1}
    ]


def source_lines() -> list[str]:
    return [line.strip() for line in SOURCE_DOCUMENT.read_text(encoding="utf-8").split("\n") if line.strip()]


FORMATS = {
    "txt": lambda: read_bytes(SOURCE_DOCUMENT.read_bytes(), "source.txt"),
    "md": lambda: read_bytes("\n\n".join(source_lines()).encode(), "source.md"),
    "html": lambda: read_bytes(
        "".join(f"<p>{line}</p>" for line in ["<html>", *source_lines()]).encode(), "source.html"
    ),
    "docx": lambda: read_bytes(docx_of(source_lines()), "source.docx"),
    "pdf": lambda: read_bytes(pdf_of(source_lines()), "source.pdf"),
    "pdf, hyphenated, two columns": lambda: read_bytes(
        pdf_of(
            source_lines(),
            '#set page("a5", columns: 2, numbering: "1", header: [TDAG-18/11-F])\n'
            '#set text(lang: "fr", size: 8pt)\n#set par(justify: true)',
        ),
        "source.pdf",
    ),
    "pdf, ragged, no distance": lambda: read_bytes(
        pdf_of(source_lines(), '#set page(numbering: "1 / 1")\n#set par(spacing: 0.65em)'), "source.pdf"
    ),
}


def squeezed(text: str) -> str:
    return "".join(text.split())


@needs_shared
@pytest.mark.parametrize("form", FORMATS)
def test_source_document_gives_annex_1_in_every_format(form):
    facts = json.loads((SHARED / "reference/wsis_facts.json").read_text(encoding="utf-8"))[
        "results_framework"
    ]
    found = extract_plan(FORMATS[form]())
    assert [(one.code, squeezed(one.title)) for one in found.objectives] == [
        (one["code"], squeezed(f"{one['short_fr']}: {one['title_fr']}")) for one in facts["objectives"]
    ]
    assert rows(found) == [
        (one["code"], one["objective"], tuple(one["sdgs"]), tuple(one["action_lines"]))
        for one in facts["outcomes"]
    ]
    assert [squeezed(one.title) for one in found.outcomes] == [
        squeezed(one["title_fr"]) for one in facts["outcomes"]
    ]
    assert [(note.code, note.written) for note in found.notes] == [("D.1-5", "D.1.5")]
    assert [len(one.evidence) for one in found.outcomes] == [2] * 16
    assert all(
        (evidence.page is not None) == form.startswith("pdf")
        for one in found.outcomes
        for evidence in one.evidence
    )
