"""The action line report: one line for its facilitator, and for the reporting to the Commission (CSTD)."""

from actionlines.reports.draft import Draft
from actionlines.reports.outline import Kind
from actionlines.reports.sections.countries import countries
from actionlines.reports.sections.entries import entries_by_region
from actionlines.reports.sections.facilitators import facilitators
from actionlines.reports.sections.highlights import highlights
from actionlines.reports.sections.index import index
from actionlines.reports.sections.line_goals import line_goals
from actionlines.reports.sections.line_summary import line_summary
from actionlines.reports.sections.method import method
from actionlines.reports.sections.regions import regions


def _title(draft: Draft) -> str:
    return draft.say("report.title_of", line=draft.named(draft.wsis[draft.filters.line]))


KIND = Kind(
    "action-line",
    "one action line for its facilitator (--line)",
    (
        (line_summary, "1"),
        (facilitators, "2"),
        (line_goals, "3"),
        (regions, "4"),
        (highlights, "5"),
        (countries, "6"),
        (entries_by_region, "7"),
        (method, "A"),
        (index, "B"),
    ),
    _title,
    needs=("line",),
)
