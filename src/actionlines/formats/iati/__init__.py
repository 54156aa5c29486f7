"""IATI activities: files of versions 1.01 to 2.03 in, version 2.03 out.

A file is read activity by activity, however long it is; what can be mended is mended and said, what cannot be used is
left out and said, and no activity sinks its neighbours. Nothing in a file makes the reader open another.
"""

from actionlines.formats.iati.activity import (
    Activity,
    ActivityDate,
    Budget,
    Coded,
    Description,
    Document,
    Indicator,
    Narratives,
    Organisation,
    Period,
    Reference,
    Result,
    Transaction,
    Value,
)
from actionlines.formats.iati.codes import WSIS_VOCABULARY, Classified, classified
from actionlines.formats.iati.entries import entry_from_activity, read_entries, stream_entries
from actionlines.formats.iati.export import Publisher, activities_from_entries
from actionlines.formats.iati.reading import ActivityFile, is_iati, read_activities
from actionlines.formats.iati.writing import activities_xml, missing_parts

__all__ = [
    "WSIS_VOCABULARY",
    "Activity",
    "ActivityDate",
    "ActivityFile",
    "Budget",
    "Classified",
    "Coded",
    "Description",
    "Document",
    "Indicator",
    "Narratives",
    "Organisation",
    "Period",
    "Publisher",
    "Reference",
    "Result",
    "Transaction",
    "Value",
    "activities_from_entries",
    "activities_xml",
    "classified",
    "entry_from_activity",
    "is_iati",
    "missing_parts",
    "read_activities",
    "read_entries",
    "stream_entries",
]
