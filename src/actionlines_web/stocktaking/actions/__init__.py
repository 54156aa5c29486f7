"""Writes to the register."""

from actionlines_web.stocktaking.actions.cells import drift, rebuild_cells
from actionlines_web.stocktaking.actions.entries import Stored, locked_version, plan_entries, store_entries
from actionlines_web.stocktaking.actions.imports import (
    apply_import,
    discard_import,
    order_import,
    stage_import,
)

__all__ = [
    "Stored",
    "apply_import",
    "discard_import",
    "drift",
    "locked_version",
    "order_import",
    "plan_entries",
    "rebuild_cells",
    "stage_import",
    "store_entries",
]
