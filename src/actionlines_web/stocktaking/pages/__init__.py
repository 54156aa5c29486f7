"""Pages of the register."""

from actionlines_web.stocktaking.pages.agreement import agreement_page as agreement
from actionlines_web.stocktaking.pages.agreement import agreement_table, decisions
from actionlines_web.stocktaking.pages.alike import alike
from actionlines_web.stocktaking.pages.archive import archive, restore
from actionlines_web.stocktaking.pages.browse import entries, entry, matrix
from actionlines_web.stocktaking.pages.confirming import confirm, confirm_by_mail
from actionlines_web.stocktaking.pages.duplicates import duplicates, merge, similar
from actionlines_web.stocktaking.pages.export_files import (
    delete_export,
    export_file,
    export_files,
    export_progress,
    order_export,
)
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
from actionlines_web.stocktaking.pages.links import add as add_link
from actionlines_web.stocktaking.pages.links import decide as decide_link
from actionlines_web.stocktaking.pages.links import queue as link_queue
from actionlines_web.stocktaking.pages.links import review as link_review
from actionlines_web.stocktaking.pages.permalinks import permalink
from actionlines_web.stocktaking.pages.queue import bulk_step, queue
from actionlines_web.stocktaking.pages.replies import reply_list as replies
from actionlines_web.stocktaking.pages.replies import reply_page as reply
from actionlines_web.stocktaking.pages.review import review, review_step
from actionlines_web.stocktaking.pages.submissions import submission, submission_step, submissions
from actionlines_web.stocktaking.pages.translations import translation, translations
from actionlines_web.stocktaking.pages.writing import change_entry, new_submission, write

__all__ = [
    "add_link",
    "agreement",
    "agreement_table",
    "alike",
    "apply_batch",
    "archive",
    "atom",
    "bulk_step",
    "change_entry",
    "confirm",
    "confirm_by_mail",
    "decide_link",
    "decisions",
    "delete_export",
    "discard_batch",
    "duplicates",
    "entries",
    "entry",
    "export",
    "export_file",
    "export_files",
    "export_progress",
    "file",
    "history",
    "import_batch",
    "import_example",
    "import_progress",
    "imports",
    "link_queue",
    "link_review",
    "matrix",
    "merge",
    "new_submission",
    "order_export",
    "permalink",
    "queue",
    "replies",
    "reply",
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
