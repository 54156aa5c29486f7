"""Writes to the register."""

from actionlines_web.stocktaking.actions.archive import archive_entry, restore_entry
from actionlines_web.stocktaking.actions.cells import drift, rebuild_cells
from actionlines_web.stocktaking.actions.confirming import confirm_entry, remind_due
from actionlines_web.stocktaking.actions.entries import (
    Stored,
    archived_problems,
    locked_key,
    locked_version,
    plan_entries,
    store_entries,
)
from actionlines_web.stocktaking.actions.imports import (
    apply_import,
    discard_import,
    order_import,
    stage_import,
)
from actionlines_web.stocktaking.actions.links import UndecidableError, accept_link, add_link, refuse_link
from actionlines_web.stocktaking.actions.merging import merge_entries, plan_merge
from actionlines_web.stocktaking.actions.realigning import realign_entries
from actionlines_web.stocktaking.actions.submissions import (
    EditConflict,
    add_comment,
    save_fields,
    start_submission,
    take_step,
)

__all__ = [
    "EditConflict",
    "Stored",
    "UndecidableError",
    "accept_link",
    "add_comment",
    "add_link",
    "apply_import",
    "archive_entry",
    "archived_problems",
    "confirm_entry",
    "discard_import",
    "drift",
    "locked_key",
    "locked_version",
    "merge_entries",
    "order_import",
    "plan_entries",
    "plan_merge",
    "realign_entries",
    "rebuild_cells",
    "refuse_link",
    "remind_due",
    "restore_entry",
    "save_fields",
    "stage_import",
    "start_submission",
    "store_entries",
    "take_step",
]
