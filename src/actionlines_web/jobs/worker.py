"""The worker: django-tasks' own, with a heartbeat, with lost tasks taken up again, and with a quick clean stop."""

import contextlib
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from threading import Event, Thread
from types import FrameType
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from actionlines_web.jobs.actions import ATTEMPTS, beat, begin, give_sign, put_back, take_sign, take_up_lost
from actionlines_web.jobs.queries import is_work_waiting
from actionlines_web.jobs.running import Interrupted, running

logger = logging.getLogger(__name__)
# How often an idle worker says that it lives; readiness doubts it after several of these.
SIGN_SECONDS = 5.0


class Heartbeat(Thread):
    """Writes down every few seconds that the worker lives and how far the task is.

    While the task itself holds SQLite's one write lock a beat cannot be written; then nobody can take the task away
    either, and the next beat is.
    """

    def __init__(self, task: UUID, worker: str) -> None:
        super().__init__(daemon=True)
        self._task = task
        self._worker = worker
        self._over = Event()

    def run(self) -> None:
        """Beat until the task is over."""
        try:
            while not self._over.wait(max(0.2, settings.JOB_LEASE_SECONDS / 8)):
                try:
                    beat(self._task, running.phase, running.done, running.total)
                    give_sign(self._worker)
                except DatabaseError as error:
                    logger.debug("a heartbeat was not written: %s", error)
        finally:
            connection.close()

    def stop(self) -> None:
        """End the thread."""
        self._over.set()
        self.join()


def _database_was_lost(row: DBTaskResult) -> bool:
    """Whether the task failed because the connection went, or another held what it needed for too long."""
    return row.exception_class_path in {
        f"{error.__module__}.{error.__name__}" for error in (OperationalError, InterfaceError)
    }


class JobWorker(Worker):
    """Runs the tasks of the queue one after another until it is told to stop."""

    def __init__(
        self,
        *,
        chores: Sequence[Callable[[], Any]] = (),
        parent: int | None = None,
        paused: Callable[[], bool] = lambda: False,
    ) -> None:
        """`chores` are called between tasks; the worker stops when its `parent` process is gone, rests while `paused`."""
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1.0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid4().hex,
        )
        self._chores = chores
        self._parent = parent
        self._paused = paused
        self._signed = float("-inf")

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop: at once when idle, else as soon as the task reports next."""
        self.running = False
        running.stopping.set()
        if not self.running_task:
            sys.exit(0)

    def _give_sign(self) -> None:
        if time.monotonic() - self._signed >= SIGN_SECONDS:
            give_sign(self.worker_id)
            self._signed = time.monotonic()

    def work(self, *, until_empty: bool = False) -> None:
        """Take up what was lost, run what is queued, do the chores; again and again, or until the queue is empty."""
        try:
            self._work(until_empty=until_empty)
        finally:
            with contextlib.suppress(DatabaseError):
                take_sign(self.worker_id)

    def _work(self, *, until_empty: bool) -> None:
        while self.running:
            close_old_connections()
            if self._paused():
                time.sleep(self.interval)
                continue
            try:
                self._give_sign()
                take_up_lost()
                if is_work_waiting():
                    self.run()
                for chore in self._chores:
                    chore()
            except DatabaseError:
                # The database restarts or is locked for long: the work stays queued.
                logger.exception("the worker could not reach its queue and tries again")
                time.sleep(self.interval)
            if until_empty and not is_work_waiting():
                return
            if self._parent is not None and os.getppid() != self._parent:
                return
            if self.running:
                time.sleep(self.interval)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run one task under a heartbeat; put it back if it was interrupted."""
        task = db_task_result.pk
        begin(task)
        running.task, running.phase, running.done, running.total = task, "", 0, 0
        heartbeat = Heartbeat(task, self.worker_id)
        heartbeat.start()
        try:
            super().run_task(db_task_result)
        finally:
            heartbeat.stop()
            running.task = None
        if db_task_result.exception_class_path.endswith(f".{Interrupted.__name__}"):
            self.running = False
            put_back(task)
            logger.info("job %s was interrupted and is queued again", task)
        elif _database_was_lost(db_task_result) and len(db_task_result.worker_ids) < ATTEMPTS:
            put_back(task)
            logger.warning("job %s lost its database and is queued again", task)
        else:
            beat(task, running.phase, running.done, running.total)
