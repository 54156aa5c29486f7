"""Success stories: the entries a contest honoured, told at length under their action lines."""

from actionlines.reports.outline import Kind
from actionlines.reports.sections.breakdown import breakdown
from actionlines.reports.sections.countries import countries
from actionlines.reports.sections.highlights import highlights
from actionlines.reports.sections.index import index
from actionlines.reports.sections.method import method
from actionlines.reports.sections.stories import stories
from actionlines.reports.sections.summary import summary

KIND = Kind(
    "success-stories",
    "winners and champions, told at length (--from and --to choose the edition)",
    (
        (summary, "1"),
        (highlights, "2"),
        (stories, "3"),
        (breakdown, "4"),
        (countries, "5"),
        (method, "A"),
        (index, "B"),
    ),
    lambda draft: draft.say("report.title"),
    statuses=("winner", "champion"),
)
