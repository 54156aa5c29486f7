"""Reads of jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Model, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from actionlines_web.jobs.models import Job, Sign


@dataclass(frozen=True, slots=True)
class Status:
    """Where a job stands.

    Attributes:
        state: 'waiting', 'running', 'done' or 'failed'.
        phase, done, total: what the task last reported.
        worked: whether any worker gave a sign of life lately; if not, nothing will happen until one is started.
    """

    state: str
    phase: str
    done: int
    total: int
    worked: bool

    @property
    def unfinished(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in {"waiting", "running"}


_STATES = {
    TaskResultStatus.READY: "waiting",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.SUCCESSFUL: "done",
    TaskResultStatus.FAILED: "failed",
}


def status_of(subject: Model) -> Status | None:
    """Where the newest job about an object stands; None if there was none."""
    job = (
        Job.objects.filter(object_type=subject._meta.label_lower, object_id=str(subject.pk))  # noqa: SLF001
        .order_by("-ordered_at")
        .first()
    )
    if job is None:
        return None
    row = DBTaskResult.objects.filter(pk=job.task).only("status").first()
    state = _STATES[TaskResultStatus(row.status)] if row else "done"
    waited = (timezone.now() - (job.beat_at or job.ordered_at)).total_seconds()
    return Status(state, job.phase, job.done, job.total, worked=waited < 4 * settings.JOB_LEASE_SECONDS)


def last_sign() -> datetime | None:
    """When any worker last gave a sign of life; None if none did within a day."""
    found: datetime | None = Sign.objects.aggregate(last=Max("seen_at"))["last"]
    return found


def queue_numbers() -> dict[str, int]:
    """How many jobs wait, run, and failed within the last day."""
    day = timezone.now() - timedelta(days=1)
    status = {
        "waiting": Q(status=TaskResultStatus.READY),
        "running": Q(status=TaskResultStatus.RUNNING),
        "failed": Q(status=TaskResultStatus.FAILED, finished_at__gte=day),
    }
    return DBTaskResult.objects.aggregate(
        **{name: Count("pk", filter=which) for name, which in status.items()}
    )


def is_work_waiting() -> bool:
    """Whether a task could be started now."""
    return DBTaskResult.objects.ready().exists()


def held_about(user: Model) -> list[dict[str, Any]]:
    """The jobs a person ordered, as plain data."""
    return list(
        Job.objects.filter(ordered_by=user.pk)
        .order_by("ordered_at")
        .values("object_type", "object_id", "ordered_at")
    )
