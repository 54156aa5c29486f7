"""The global stocktaking report: the register of a period, by country, line and goal, with an index."""

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

KIND = Kind(
    "global",
    "the stocktaking of the whole world",
    (
        (summary, "1"),
        (highlights, "2"),
        (matrix, "3"),
        (breakdown, "4"),
        (countries, "5"),
        (entries_by_line, "6"),
        (suggestions, "7"),
        (method, "A"),
        (index, "B"),
    ),
    lambda draft: draft.say("report.title"),
)
