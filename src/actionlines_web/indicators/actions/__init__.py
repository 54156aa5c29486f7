"""Writes to indicators."""

from actionlines_web.indicators.actions.batches import (
    Given,
    apply_batch,
    discard_batch,
    map_batch,
    stage_batch,
)
from actionlines_web.indicators.actions.findings import (
    answer_finding,
    confirm_rule,
    rows_in_question,
    sign_off,
)
from actionlines_web.indicators.actions.observations import Stored, store_observations

__all__ = [
    "Given",
    "Stored",
    "answer_finding",
    "apply_batch",
    "confirm_rule",
    "discard_batch",
    "map_batch",
    "rows_in_question",
    "sign_off",
    "stage_batch",
    "store_observations",
]
