"""Writes of coordination: roles, road maps, asks and answers."""

from actionlines_web.coordination.actions.answers import erase_author, save_answer
from actionlines_web.coordination.actions.asks import (
    ask_organisation,
    load_ask_set,
    remind_asked,
    stop_asking,
)
from actionlines_web.coordination.actions.road_maps import (
    ROW_FIELDS,
    add_update,
    change_vision,
    create_road_map,
    publish_road_map,
    remove_row,
    replace_rows,
    save_row,
)
from actionlines_web.coordination.actions.roles import appoint, end_appointment

__all__ = [
    "ROW_FIELDS",
    "add_update",
    "appoint",
    "ask_organisation",
    "change_vision",
    "create_road_map",
    "end_appointment",
    "erase_author",
    "load_ask_set",
    "publish_road_map",
    "remind_asked",
    "remove_row",
    "replace_rows",
    "save_answer",
    "save_row",
    "stop_asking",
]
