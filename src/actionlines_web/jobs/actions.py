"""Putting work into the queue, and taking lost work up again."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from actionlines_web.jobs.models import Job, Sign
from actionlines_web.jobs.running import running

logger = logging.getLogger(__name__)
# A job that took its worker down this often is not tried again.
ATTEMPTS = 3


@transaction.atomic
def enqueue(actor: Any, task: Task[Any, Any], subject: models.Model, /, **arguments: Any) -> Job:
    """Queue a task about an object, in the caller's transaction: if that rolls back, nothing was queued.

    A task may run more than once (its worker may die after its work and before its mark): it must see that its work is
    done, and do it in one transaction.
    """
    result = task.enqueue(**arguments)
    return Job.objects.create(
        task=UUID(str(result.id)),
        object_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public-by-convention options
        object_id=str(subject.pk),
        ordered_by=actor if isinstance(actor, models.Model) else None,
    )


def beat(task: UUID, phase: str, done: int, total: int) -> None:
    """A sign of life of the worker that has the task."""
    Job.objects.filter(task=task).update(phase=phase, done=done, total=total, beat_at=timezone.now())


def give_sign(worker: str) -> None:
    """Note that a worker lives; forgets the signs of those silent for a day."""
    now = timezone.now()
    Sign.objects.update_or_create(worker=worker, defaults={"seen_at": now})
    Sign.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def take_sign(worker: str) -> None:
    """Forget a worker that stops in order."""
    Sign.objects.filter(worker=worker).delete()


def begin(task: UUID) -> None:
    """Note that a worker starts on the task."""
    Job.objects.update_or_create(
        task=task, defaults={"beat_at": timezone.now(), "phase": "", "done": 0, "total": 0}
    )


def takes_effect_first() -> bool:
    """Whether the task at hand has not worked before; notes, in the caller's transaction, that it now has.

    For a task whose work does not show that it is done, such as mail to many: one that was killed between its commit
    and its mark is run again, and must do nothing. Outside of a worker nothing is known, and it is always the first.
    """
    if running.task is None:
        return True
    unworked = Job.objects.filter(task=running.task, took_effect_at=None)
    return bool(unworked.update(took_effect_at=timezone.now()))


def put_back(task: UUID) -> None:
    """Queue a task again that its worker let go of."""
    DBTaskResult.objects.filter(pk=task).update(
        status=TaskResultStatus.READY,
        started_at=None,
        finished_at=None,
        exception_class_path="",
        traceback="",
    )


@transaction.atomic
def take_up_lost() -> int:
    """Queue the tasks again whose worker gave no sign of life for JOB_LEASE_SECONDS; returns how many.

    The third time a task is given up and stands as failed.
    """
    now, lease = timezone.now(), timedelta(seconds=settings.JOB_LEASE_SECONDS)
    silent = now - lease
    # A sign from the future was given before the clock was set back: who lives gives another in a moment.
    alive = Job.objects.filter(task=OuterRef("pk"), beat_at__gte=silent, beat_at__lt=now + lease)
    lost = DBTaskResult.objects.filter(
        ~Exists(alive),
        Q(started_at__lt=silent) | Q(started_at__gt=now + lease) | Q(started_at=None),
        status=TaskResultStatus.RUNNING,
    )
    number = 0
    for row in lost.select_for_update(skip_locked=True, of=("self",)):
        if len(row.worker_ids) >= ATTEMPTS:
            row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
            row.traceback = f"its worker was lost {len(row.worker_ids)} times"
            row.save(update_fields=["status", "finished_at", "traceback"])
            logger.error("job %s (%s) is given up: %s", row.pk, row.task_path, row.traceback)
        else:
            put_back(row.pk)
            logger.warning("job %s (%s) lost its worker; it is queued again", row.pk, row.task_path)
            number += 1
    return number
