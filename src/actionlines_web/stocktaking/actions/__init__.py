"""Writes to the register."""

from actionlines_web.stocktaking.actions.archive import archive_entry, restore_entry
from actionlines_web.stocktaking.actions.awards import award_entry
from actionlines_web.stocktaking.actions.confirming import confirm_entry, remind_due
from actionlines_web.stocktaking.actions.deleting import delete_submission
from actionlines_web.stocktaking.actions.entries import (
    Stored,
    archived_problems,
    locked_key,
    locked_version,
    plan_entries,
    store_entries,
)
from actionlines_web.stocktaking.actions.exporting import (
    delete_export,
    order_export,
    order_problems,
    remove_old_exports,
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
from actionlines_web.stocktaking.actions.reindexing import rebuild_index
from actionlines_web.stocktaking.actions.submissions import (
    EditConflict,
    add_comment,
    save_fields,
    start_submission,
    take_step,
)
from actionlines_web.stocktaking.postings import drift, rebuild_postings

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
    "award_entry",
    "confirm_entry",
    "delete_export",
    "delete_submission",
    "discard_import",
    "drift",
    "locked_key",
    "locked_version",
    "merge_entries",
    "order_export",
    "order_import",
    "order_problems",
    "plan_entries",
    "plan_merge",
    "realign_entries",
    "rebuild_index",
    "rebuild_postings",
    "refuse_link",
    "remind_due",
    "remove_old_exports",
    "restore_entry",
    "save_fields",
    "stage_import",
    "start_submission",
    "store_entries",
    "take_step",
]
