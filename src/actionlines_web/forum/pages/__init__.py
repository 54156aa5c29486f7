"""Pages of the Forum."""

from actionlines_web.forum.pages.consultation import (
    consultation,
    consultation_table,
    contribution,
    contribution_step,
    facilitators,
    new_contribution,
    nominations,
    write_contribution,
)
from actionlines_web.forum.pages.desk import decide, desk, import_batch, import_example, imports, requests
from actionlines_web.forum.pages.editions import change_edition, edition, editions, new_edition
from actionlines_web.forum.pages.own import (
    invitation,
    new_request,
    own,
    request_page,
    request_step,
    write,
)
from actionlines_web.forum.pages.programme import agenda, choose, person, programme, session
from actionlines_web.forum.pages.schedule import order_run, place, publish, run, schedule, versions

__all__ = [
    "agenda",
    "change_edition",
    "choose",
    "consultation",
    "consultation_table",
    "contribution",
    "contribution_step",
    "decide",
    "desk",
    "edition",
    "editions",
    "facilitators",
    "import_batch",
    "import_example",
    "imports",
    "invitation",
    "new_contribution",
    "new_edition",
    "new_request",
    "nominations",
    "order_run",
    "own",
    "person",
    "place",
    "programme",
    "publish",
    "request_page",
    "request_step",
    "requests",
    "run",
    "schedule",
    "session",
    "versions",
    "write",
    "write_contribution",
]
