"""Pictures of statistics as SVG without styles: inline in a page, where its colours hold, or as a file of their own.

Each is drawn from right to left where the reader's language is, and each has its table beside it.
"""

from actionlines_web.indicators.charts.intervals import Interval, interval_chart
from actionlines_web.indicators.charts.shades import shade_map
from actionlines_web.indicators.charts.trend import Line, trend_chart

__all__ = ["Interval", "Line", "interval_chart", "shade_map", "trend_chart"]
