"""Statistics of the data and of the elements of an index."""

from actionlines.measurement.statistics.adequacy import Adequacy, adequacy
from actionlines.measurement.statistics.availability import availability_by_element
from actionlines.measurement.statistics.components import Components, Parallel, components, parallel
from actionlines.measurement.statistics.correlation import Correlations, correlations, covariances
from actionlines.measurement.statistics.families import Belonging, Remark, belongings, families, remarks
from actionlines.measurement.statistics.reliability import Alpha, cronbach
from actionlines.measurement.statistics.summary import Summary, Thresholds, summaries, table_of

__all__ = [
    "Adequacy",
    "Alpha",
    "Belonging",
    "Components",
    "Correlations",
    "Parallel",
    "Remark",
    "Summary",
    "Thresholds",
    "adequacy",
    "availability_by_element",
    "belongings",
    "components",
    "correlations",
    "covariances",
    "cronbach",
    "families",
    "parallel",
    "remarks",
    "summaries",
    "table_of",
]
