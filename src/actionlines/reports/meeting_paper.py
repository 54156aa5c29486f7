"""The meeting paper: a contribution in the layout of an advisory group, with the head its papers carry."""

from collections.abc import Sequence

from actionlines.reports.draft import Draft
from actionlines.reports.outline import Kind
from actionlines.reports.sections import paper_parts as parts
from actionlines.reports.sections.breakdown import breakdown
from actionlines.reports.sections.matrix import matrix
from actionlines.reports.sections.method import method
from actionlines.reports.sections.outcomes import outcomes


def _title(draft: Draft) -> str:
    return draft.paper.title or draft.say("report.title")


def _cover(draft: Draft) -> Sequence[str]:
    """Meeting, place and dates, number of the document, source: what is known of them."""
    paper = draft.paper
    when = draft.say("list.meta").join(part for part in (paper.place, paper.dates) if part)
    return [
        *filter(None, (paper.meeting, when)),
        *([draft.say("paper.document", number=draft.words.code(paper.number))] if paper.number else []),
        *([draft.say("paper.source", source=paper.source)] if paper.source else []),
    ]


KIND = Kind(
    "meeting-paper",
    "a contribution in the layout of an advisory group (--paper)",
    (
        (parts.head, ""),
        (parts.background, "1"),
        (parts.policy, "2"),
        (parts.operations, "3"),
        (parts.conclusions, "4"),
        (outcomes, "A"),
        (matrix, "B"),
        (breakdown, "C"),
        (method, "D"),
    ),
    _title,
    cover=_cover,
)
