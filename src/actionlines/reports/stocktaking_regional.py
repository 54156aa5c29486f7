"""The regional stocktaking report: the register of one of the six regions in a period."""

from actionlines.frameworks.areas import region_names
from actionlines.reports.draft import Draft
from actionlines.reports.outline import Kind
from actionlines.reports.sections.breakdown import breakdown
from actionlines.reports.sections.countries import countries
from actionlines.reports.sections.entries import entries_by_line
from actionlines.reports.sections.highlights import highlights
from actionlines.reports.sections.index import index
from actionlines.reports.sections.matrix import matrix
from actionlines.reports.sections.method import method
from actionlines.reports.sections.suggestions import suggestions
from actionlines.reports.sections.summary import summary


def _title(draft: Draft) -> str:
    name = region_names()[draft.filters.region.upper()]
    return draft.say("report.title_of", region=name.get(draft.words.language))


KIND = Kind(
    "regional",
    "the stocktaking of one region (--region)",
    (
        (summary, "1"),
        (highlights, "2"),
        (countries, "3"),
        (matrix, "4"),
        (breakdown, "5"),
        (entries_by_line, "6"),
        (suggestions, "7"),
        (method, "A"),
        (index, "B"),
    ),
    _title,
    needs=("region",),
)
