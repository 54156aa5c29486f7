"""Tables of statistics as offices and agencies publish them: a layout is recognised, then its cells are read."""

from actionlines.formats.statistics.layouts import recognise
from actionlines.formats.statistics.mapping import Mapping, signature_of
from actionlines.formats.statistics.reading import StatisticsFile, read_mapped
from actionlines.formats.statistics.streaming import stream_long

__all__ = ["Mapping", "StatisticsFile", "read_mapped", "recognise", "signature_of", "stream_long"]
