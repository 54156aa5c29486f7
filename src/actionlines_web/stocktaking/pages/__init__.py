"""Pages of the register."""

from actionlines_web.stocktaking.pages.archive import archive, restore
from actionlines_web.stocktaking.pages.browse import entries, entry, matrix
from actionlines_web.stocktaking.pages.confirming import confirm, confirm_by_mail
from actionlines_web.stocktaking.pages.duplicates import duplicates, merge, similar
from actionlines_web.stocktaking.pages.exports import atom, export
from actionlines_web.stocktaking.pages.files import file
from actionlines_web.stocktaking.pages.history import history
from actionlines_web.stocktaking.pages.imports import (
    apply_batch,
    discard_batch,
    import_batch,
    import_example,
    import_progress,
    imports,
)
from actionlines_web.stocktaking.pages.queue import bulk_step, queue
from actionlines_web.stocktaking.pages.review import review, review_step
from actionlines_web.stocktaking.pages.submissions import submission, submission_step, submissions
from actionlines_web.stocktaking.pages.translations import translation, translations
from actionlines_web.stocktaking.pages.writing import change_entry, new_submission, write

__all__ = [
    "apply_batch",
    "archive",
    "atom",
    "bulk_step",
    "change_entry",
    "confirm",
    "confirm_by_mail",
    "discard_batch",
    "duplicates",
    "entries",
    "entry",
    "export",
    "file",
    "history",
    "import_batch",
    "import_example",
    "import_progress",
    "imports",
    "matrix",
    "merge",
    "new_submission",
    "queue",
    "restore",
    "review",
    "review_step",
    "similar",
    "submission",
    "submission_step",
    "submissions",
    "translation",
    "translations",
    "write",
]
