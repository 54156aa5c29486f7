"""Pages of the register."""

from actionlines_web.stocktaking.pages.archive import archive, restore
from actionlines_web.stocktaking.pages.browse import entries, entry, matrix
from actionlines_web.stocktaking.pages.exports import atom, export
from actionlines_web.stocktaking.pages.imports import (
    apply_batch,
    discard_batch,
    import_batch,
    import_example,
    import_progress,
    imports,
)
from actionlines_web.stocktaking.pages.submissions import submission, submission_step, submissions

__all__ = [
    "apply_batch",
    "archive",
    "atom",
    "discard_batch",
    "entries",
    "entry",
    "export",
    "import_batch",
    "import_example",
    "import_progress",
    "imports",
    "matrix",
    "restore",
    "submission",
    "submission_step",
    "submissions",
]
