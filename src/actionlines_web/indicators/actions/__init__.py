"""Writes to indicators."""

from actionlines_web.indicators.actions.batches import (
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
from actionlines_web.indicators.actions.ordering import (
    order_download,
    order_mapping,
    order_reading,
    order_storing,
)
from actionlines_web.indicators.reading import Given

__all__ = [
    "Given",
    "Stored",
    "answer_finding",
    "apply_batch",
    "confirm_rule",
    "discard_batch",
    "map_batch",
    "order_download",
    "order_mapping",
    "order_reading",
    "order_storing",
    "rows_in_question",
    "sign_off",
    "stage_batch",
    "store_observations",
]
