"""Pictures of an index: Vega-Lite specifications with title, alternative text and the table beside them.

    found = radar(result, profile(result, "CHE"))
    found.specification     # for any renderer of Vega-Lite
    found.alternative       # for readers who do not see it
    found.rows              # every number

Nothing is drawn here, so nothing beyond numpy is needed.
"""

from actionlines.measurement.pictures.change import change
from actionlines.measurement.pictures.contributions import contributions
from actionlines.measurement.pictures.correlations import correlations
from actionlines.measurement.pictures.picture import Picture
from actionlines.measurement.pictures.probabilities import probabilities
from actionlines.measurement.pictures.radar import radar
from actionlines.measurement.pictures.ranked import ranked
from actionlines.measurement.pictures.sunburst import sunburst
from actionlines.measurement.pictures.words import ENGLISH

KINDS = ("ranked", "probabilities", "contributions", "correlations", "sunburst", "radar", "change")

__all__ = [
    "ENGLISH",
    "KINDS",
    "Picture",
    "change",
    "contributions",
    "correlations",
    "probabilities",
    "radar",
    "ranked",
    "sunburst",
]
