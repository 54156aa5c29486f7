"""A plan read from a document: its objectives, and its outcomes with the goals and action lines they serve.

The reader knows no document, only the structure that plans share: a paragraph begins with a code and a title
("D.1-2: Evaluation of …", "Outcome 1.2 – …"), and the paragraphs or sentences behind it cite goals and lines
("Contributes to SDGs 1, 3", "Contribue à la mise en oeuvre des GO-SMSI C1 et C11"). A code with one number is an
objective, one with two numbers an outcome of that objective. Codes whose family never cites anything, such as the
clauses of another text, are no outcomes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from actionlines.alignment.citation_patterns import trigger_before
from actionlines.alignment.citations import Citation, read_citations
from actionlines.documents import Document, Passage
from actionlines.frameworks import catalogue
from actionlines.problems import InputError, Problem, marked

_HYPHENS: Final = r"\-‐‑–"
_HEAD: Final = re.compile(
    rf"\s*(?:[•●▪–—*-]\s+)?(?P<word>[^\W\d]+\s+)?"
    rf"(?P<code>(?P<family>(?:[A-Z]{{1,3}}\.?)?)(?P<objective>\d{{1,2}})(?:(?P<mark>[.{_HYPHENS}])(?P<outcome>\d{{1,2}}))?)"
    rf"(?![\w]|[.{_HYPHENS}]\d)(?P<parting>\s*[:：.–—-]\s*|\s+|$)(?P<title>.*)",
    re.DOTALL,
)
# A title does not begin with a small letter, except behind a colon.
_SMALL: Final = re.compile(r"[a-zà-ÿа-я]")
_HEAD_WORDS: Final = frozenset({"objective", "goal", "outcome"})
_SENTENCE_END: Final = re.compile(r"[.;!?。；]\s+|[。；]")
# So many paragraphs may stand between a title and the first that cites.
_DESCRIPTION: Final = 3


@dataclass(frozen=True, slots=True)
class PlanEvidence:
    """A sentence of the document that cites; `text == document.text[start:end]`, `page` only where there are pages."""

    start: int
    end: int
    text: str
    paragraph: int
    page: int | None


@dataclass(frozen=True, slots=True)
class PlanObjective:
    """An objective: its code ('D.1') and its title as the document has it."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """An outcome.

    Attributes:
        code, title: as the document has them, the code normalised ('D.1-5').
        objective: code of its objective ('D.1').
        goals: numbers of the SDGs it cites, also by a target or indicator, in order.
        lines: codes of the action lines it cites, in order.
        evidence: the sentences that cite them.
    """

    code: str
    title: str
    objective: str
    goals: tuple[int, ...]
    lines: tuple[str, ...]
    evidence: tuple[PlanEvidence, ...]


@dataclass(frozen=True, slots=True)
class PlanNote:
    """A code that the document writes otherwise than its others: 'D.1.5' where it means D.1-5."""

    code: str
    written: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The remark in English."""
        return f"{self.written} read as {self.code}: a misprint, normalised"


@dataclass(frozen=True, slots=True)
class Plan:
    """Objectives and outcomes in the order of the document, and what was normalised."""

    objectives: tuple[PlanObjective, ...]
    outcomes: tuple[PlanOutcome, ...]
    notes: tuple[PlanNote, ...]

    def as_json(self) -> dict[str, Any]:
        """The plan as plain dictionaries and lists, ready for `json.dumps`."""
        return {
            "objectives": [
                {"code": objective.code, "title": objective.title} for objective in self.objectives
            ],
            "outcomes": [
                {
                    "code": outcome.code,
                    "title": outcome.title,
                    "objective": outcome.objective,
                    "goals": list(outcome.goals),
                    "lines": list(outcome.lines),
                    "evidence": [_evidence_as_json(evidence) for evidence in outcome.evidence],
                }
                for outcome in self.outcomes
            ],
            "notes": [
                {
                    "code": note.code,
                    "written": note.written,
                    "kind": "normalised",
                    "start": note.start,
                    "end": note.end,
                    "text": note.text,
                }
                for note in self.notes
            ],
        }


def _evidence_as_json(evidence: PlanEvidence) -> dict[str, Any]:
    found: dict[str, Any] = {
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "paragraph": evidence.paragraph,
    }
    if evidence.page is not None:
        found["page"] = evidence.page
    return found


def extract_plan(document: Document) -> Plan:
    """Read the plan in a document.

    Raises:
        InputError: the document holds no outcome with a code that cites a goal or an action line.
    """
    blocks = _plan_blocks(_blocks(document.passages))
    outcomes = [block for block in blocks if block.head.outcome]
    if not any(block.citations for block in outcomes):
        problem = Problem(
            marked("the document holds no plan."),
            file=document.name,
            expected=marked(
                "paragraphs that begin with a code such as D.1-2 and a title, each followed by the goals or "
                "action lines it serves (Contributes to SDGs 1, 3)."
            ),
        )
        raise InputError([problem])
    hyphens = {family: _mark(family, outcomes) for family in {block.head.family for block in outcomes}}
    objectives: dict[str, PlanObjective] = {}
    for block in blocks:
        if not block.head.outcome:
            code = block.head.objective
            objectives.setdefault(code, PlanObjective(code, block.title))
    return Plan(
        tuple(objectives.values()),
        tuple(_outcome(document, block, hyphens[block.head.family]) for block in _best(outcomes)),
        tuple(_notes(outcomes, hyphens)),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """The code at the beginning of a paragraph: 'D.1-5' has the family 'D.', the objective 'D.1', the outcome '5'."""

    family: str
    objective: str
    mark: str
    outcome: str
    written: str
    start: int
    end: int
    title: int

    def code(self, mark: str) -> str:
        return f"{self.objective}{mark}{self.outcome}"


@dataclass(slots=True)
class _Block:
    """A head with its paragraph and the paragraphs behind it that belong to it.

    Attributes:
        title: of the objective or outcome.
        body: the paragraphs with the offset in each where reading for citations begins.
        citations: found in them, with their paragraph; offsets count in the paragraph.
    """

    head: _Head
    title: str
    body: list[tuple[Passage, int]]
    citations: list[tuple[Passage, Citation]]


def _head(passage: Passage) -> _Head | None:
    match = _HEAD.match(passage.text)
    if match is None:
        return None
    word = match["word"] or ""
    if word:
        trigger = trigger_before(passage.text, match.start("code"))
        if trigger is None or trigger.kind not in _HEAD_WORDS or trigger.start > match.start("word"):
            return None
    elif not match["family"]:
        return None  # a bare number is a numbering of the text
    if not match["parting"].strip() and _SMALL.match(match["title"]):
        return None  # "D.1-2 and D.1-3 are …"
    objective = f"{match['family']}{int(match['objective'])}"
    return _Head(
        match["family"],
        objective,
        match["mark"] or "",
        str(int(match["outcome"])) if match["outcome"] else "",
        match["code"],
        passage.start + match.start("code"),
        passage.start + match.end("code"),
        match.start("title"),
    )


def _blocks(passages: Iterable[Passage]) -> Iterator[_Block]:
    """Every head with what belongs to it."""
    block: _Block | None = None
    for passage in passages:
        if head := _head(passage):
            if block:
                yield block
            title, begins = _title(passage, head)
            block = _Block(head, title, [(passage, begins)], [])
            _cite(block, passage, begins)
        elif block and not _add(block, passage):
            yield block
            block = None
    if block:
        yield block


def _title(passage: Passage, head: _Head) -> tuple[str, int]:
    """The title in the paragraph of a head, and where what follows it begins: the first sentence behind which it cites."""
    text = passage.text
    first = (
        min((citation.start for citation in read_citations(text[head.title :])), default=len(text))
        + head.title
    )
    ends = [end.end() for end in _SENTENCE_END.finditer(text, head.title) if end.end() <= first]
    title_end = ends[-1] if ends and first < len(text) else len(text)
    return text[head.title : title_end].strip(), title_end


def _add(block: _Block, passage: Passage) -> bool:
    """Add a paragraph to a block; False where the block has ended before it."""
    if not block.title:  # a code that stands alone, as in the cell of a table
        block.title = passage.text
        return True
    before = len(block.citations)
    _cite(block, passage, 0)
    if len(block.citations) == before and (before or len(block.body) > _DESCRIPTION):
        return False
    block.body.append((passage, 0))
    return True


def _cite(block: _Block, passage: Passage, begins: int) -> None:
    block.citations += [
        (passage, citation)
        for citation in read_citations(passage.text)
        if citation.start >= begins and citation.framework in ("sdg", "wsis")
    ]


def _plan_blocks(blocks: Iterable[_Block]) -> list[_Block]:
    """The blocks of the families of codes whose outcomes cite; at least half of them, lest a clause becomes one."""
    found = list(blocks)
    outcomes = [block for block in found if block.head.outcome]
    all_of = Counter(block.head.family for block in outcomes)
    citing = Counter(block.head.family for block in outcomes if block.citations)
    families = {family for family, count in citing.items() if 2 * count >= all_of[family]}
    return [block for block in found if block.head.family in families]


def _mark(family: str, outcomes: Iterable[_Block]) -> str:
    """The mark between objective and outcome that a family of codes mostly uses: '-' or '.'."""
    marks = Counter(
        "." if block.head.mark == "." else "-" for block in outcomes if block.head.family == family
    )
    return marks.most_common(1)[0][0]


def _best(outcomes: Iterable[_Block]) -> list[_Block]:
    """One block for each code: the first that cites, else the first."""
    found: dict[str, _Block] = {}
    for block in outcomes:
        code = block.head.code("-")
        if code not in found or (block.citations and not found[code].citations):
            found[code] = block
    return list(found.values())


def _notes(outcomes: Iterable[_Block], marks: dict[str, str]) -> Iterator[PlanNote]:
    for block in outcomes:
        head = block.head
        if (head.mark == ".") != (marks[head.family] == "."):
            yield PlanNote(head.code(marks[head.family]), head.written, head.start, head.end)


def _outcome(document: Document, block: _Block, mark: str) -> PlanOutcome:
    frameworks = catalogue().frameworks
    goals = {int(frameworks["sdg"].root_of(c.code).code) for _, c in block.citations if c.framework == "sdg"}
    lines = {c.code for _, c in block.citations if c.framework == "wsis"}
    return PlanOutcome(
        block.head.code(mark),
        block.title,
        block.head.objective,
        tuple(sorted(goals)),
        tuple(sorted(lines, key=lambda code: frameworks["wsis"][code].order)),
        tuple(_evidence(document, block)),
    )


def _evidence(document: Document, block: _Block) -> Iterator[PlanEvidence]:
    """The sentences that cite: each from its beginning, or from the mention before it, to the end of the mention."""
    mentions = {
        (passage.start, citation.mention): (passage, citation.mention)
        for passage, citation in block.citations
    }
    begins = {passage.start: offset for passage, offset in block.body}
    for passage, (start, end) in mentions.values():
        begin = max(
            [begins[passage.start]]
            + [match.end() for match in _SENTENCE_END.finditer(passage.text, 0, start)]
        )
        begin += len(passage.text[begin:start]) - len(passage.text[begin:start].lstrip(" ,;\n•●–—-"))
        begins[passage.start] = max(begins[passage.start], end)
        text = document.text[passage.start + begin : passage.start + end]
        yield PlanEvidence(passage.start + begin, passage.start + end, text, passage.paragraph, passage.page)
