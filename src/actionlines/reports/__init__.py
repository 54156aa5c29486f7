"""Reports: models whose figures can be traced, and their renderers.

`build` makes a report of entries and links; `render` makes a file of a report:

    report = build(entries, links, language="fr", today=date.today())
    data = render(report, "pdf")
"""

from actionlines.reports.contribution import build
from actionlines.reports.filters import Filters
from actionlines.reports.model import Figure, Report, Section
from actionlines.reports.render import FORMATS, render
from actionlines.reports.tally import Counting

__all__ = ["FORMATS", "Counting", "Figure", "Filters", "Report", "Section", "build", "render"]
