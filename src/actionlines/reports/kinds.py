"""The kinds of report: one module and one line here each."""

from collections.abc import Mapping
from typing import Final

from actionlines.reports import (
    action_line,
    contribution,
    meeting_paper,
    stocktaking_global,
    stocktaking_regional,
    success_stories,
)
from actionlines.reports.outline import Kind

KINDS: Final[Mapping[str, Kind]] = {
    module.KIND.name: module.KIND
    for module in (
        contribution,
        stocktaking_global,
        stocktaking_regional,
        success_stories,
        action_line,
        meeting_paper,
    )
}
