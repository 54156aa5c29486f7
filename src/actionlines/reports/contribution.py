"""The contribution report: what the entries of an organisation, a region or all contribute to lines and goals."""

from actionlines.reports.draft import Draft
from actionlines.reports.outline import Kind
from actionlines.reports.sections.breakdown import breakdown
from actionlines.reports.sections.entries import entries_by_line
from actionlines.reports.sections.matrix import matrix
from actionlines.reports.sections.method import method
from actionlines.reports.sections.outcomes import outcomes
from actionlines.reports.sections.suggestions import suggestions
from actionlines.reports.sections.summary import summary


def _title(draft: Draft) -> str:
    named = draft.filters.organisation
    return draft.say("report.title_of", organisation=named) if named else draft.say("report.title")


KIND = Kind(
    "contribution",
    "what entries contribute to action lines, goals and targets",
    (
        (summary, "1"),
        (matrix, "2"),
        (breakdown, "3"),
        (entries_by_line, "4"),
        (suggestions, "5"),
        (outcomes, "A"),
        (method, "B"),
    ),
    _title,
)
build = KIND.build
