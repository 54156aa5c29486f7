"""Whether the site can do its work: what a balancer, a monitor and a person on call want to know."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from actionlines_web.jobs.queries import last_sign
from actionlines_web.outbox.queries import overdue_messages

# Below this an upload or a checkpoint may fail.
LEAST_FREE_BYTES: Final = 256 * 1024 * 1024
# A worker signs every few seconds; after this it is held to be gone.
WORKER_SILENCE_SECONDS: Final = 60.0
MAIL_WAITS_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes:
        name: what was looked at.
        well: whether it is as it should be.
        vital: whether the site cannot answer readers without it.
        said: what was found, in English, for the people who run the site; never data of anybody.
    """

    name: str
    well: bool
    vital: bool
    said: str


def checks() -> list[Check]:
    """Everything, one after the other; without the database the rest is not asked."""
    database = _database()
    if not database.well:
        return [database, _disk()]
    return [database, _migrations(), _guarded("worker", _worker), _guarded("mail", _mail), _disk()]


def is_ready(found: list[Check]) -> bool:
    """Whether readers can be sent here."""
    return all(check.well for check in found if check.vital)


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Check("database", False, True, f"no answer ({type(error).__name__})")
    return Check("database", True, True, "answers")


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Check("migrations", not missing, True, f"{missing} to apply" if missing else "all applied")


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except DatabaseError as error:
        return Check(name, False, False, f"cannot be asked ({type(error).__name__})")


def _worker() -> Check:
    sign = last_sign()
    if sign is None:
        return Check("worker", False, False, "none has given a sign of life")
    silent = max(0.0, (timezone.now() - sign).total_seconds())
    return Check("worker", silent < WORKER_SILENCE_SECONDS, False, f"last sign of life {silent:.0f} s ago")


def _mail() -> Check:
    late = overdue_messages(MAIL_WAITS_SECONDS)
    return Check(
        "mail", not late, False, f"{late} messages wait for more than an hour" if late else "nothing is late"
    )


def _disk() -> Check:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return Check("disk", free >= LEAST_FREE_BYTES, False, f"{free // 2**20} MB free")
