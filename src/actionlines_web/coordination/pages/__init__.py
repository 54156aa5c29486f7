"""Pages of coordination."""

from actionlines_web.coordination.pages.asks import (
    ask,
    ask_organisation,
    ask_set,
    follow_up,
    load_asks,
    overview,
)
from actionlines_web.coordination.pages.lines import appoint, end_role, line, lines, new_road_map
from actionlines_web.coordination.pages.road_maps import (
    add_row,
    change_vision,
    document,
    export,
    import_rows,
    publish,
    road_map,
    row,
    versions,
)

__all__ = [
    "add_row",
    "appoint",
    "ask",
    "ask_organisation",
    "ask_set",
    "change_vision",
    "document",
    "end_role",
    "export",
    "follow_up",
    "import_rows",
    "line",
    "lines",
    "load_asks",
    "new_road_map",
    "overview",
    "publish",
    "road_map",
    "row",
    "versions",
]
