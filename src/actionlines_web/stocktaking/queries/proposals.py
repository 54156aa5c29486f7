"""What the aligner proposes for a submission while it is written, with the words that carry each proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actionlines.alignment import Basis, Direction, Link, align
from actionlines.frameworks import Node, catalogue
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines.stocktaking.decisions import node_of
from actionlines.stocktaking.fields import RowReader
from actionlines_web.stocktaking.linking import EVIDENCE_THRESHOLD
from actionlines_web.stocktaking.models import Submission

AT_ONCE = 10
SNIPPETS = 3
# Characters shown on either side of the words that carry a proposal.
AROUND = 32


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words of the text that carry a proposal, with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line, goal or target that the text speaks of and nobody has declared or refused.

    Attributes:
        key: 'wsis:C2', as a decision names it.
        snippets: each spelling of the words once, at most SNIPPETS.
    """

    key: str
    framework: str
    node: Node
    link: Link
    snippets: Sequence[Snippet]


def proposals(submission: Submission) -> list[Proposal]:
    """The likeliest proposals first; never what is declared, contained in it, refused, a setback, or only implied by the matrix."""
    fields: Mapping[str, str] = submission.fields
    entry = LibraryEntry("", " ".join(fields.get("title", "").split()), fields.get("description", ""))
    if not entry.text.strip():
        return []
    reader = RowReader(fields, "", None, {})
    language = reader.choice("language")
    declared = {"wsis": reader.lines("lines"), "sdg": reader.targets("targets")}
    found = align(entry.text, language=language, lines=declared["wsis"], targets=declared["sdg"])
    wanted = [
        link
        for link in found
        if link.basis not in (Basis.DECLARED, Basis.MATRIX)
        and link.direction is not Direction.AGAINST
        and link.probability >= EVIDENCE_THRESHOLD
        and f"{link.framework}:{link.node}" not in submission.decisions
    ]
    wanted = _narrowest(wanted)
    wanted.sort(key=lambda link: (-link.probability, link.framework, _node(link).order))
    return [
        Proposal(
            f"{link.framework}:{link.node}",
            link.framework,
            _node(link),
            link,
            _snippets(entry.text, link),
        )
        for link in wanted[:AT_ONCE]
    ]


def refused_nodes(submission: Submission) -> list[tuple[str, str, Node]]:
    """What the owner has refused: key, framework and node of each."""
    refused = []
    for key, taken in submission.decisions.items():
        framework, code = node_of(key)
        if not taken:
            refused.append((key, framework, catalogue().frameworks[framework][code]))
    return refused


def _node(link: Link) -> Node:
    return catalogue().frameworks[link.framework][link.node]


def _narrowest(links: Sequence[Link]) -> list[Link]:
    """Without what a more exact proposal of the same strength contains: C7 beside C7-HEA."""
    strongest: dict[tuple[str, str], float] = {}
    for link in links:
        for above in catalogue().frameworks[link.framework].ancestors(link.node):
            key = link.framework, above.code
            strongest[key] = max(strongest.get(key, 0.0), link.probability)
    return [link for link in links if strongest.get((link.framework, link.node), 0.0) < link.probability]


def _snippets(text: str, link: Link) -> list[Snippet]:
    found: dict[str, Snippet] = {}
    for item in link.evidence:
        words = " ".join(item.text.split())
        if words.casefold() not in found and len(found) < SNIPPETS:
            before = text[max(0, item.start - AROUND) : item.start].partition(" ")[2]
            after = text[item.end : item.end + AROUND].rpartition(" ")[0]
            found[words.casefold()] = Snippet(before, words, after)
    return list(found.values())
