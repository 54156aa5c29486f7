"""The job that this process is working on: tasks report how far they are, and learn that they must stop."""

from dataclasses import dataclass, field
from threading import Event
from uuid import UUID


class Interrupted(BaseException):
    """The worker stops: the task lets go (its transaction rolls back) and is put back into the queue."""


@dataclass(slots=True)
class Running:
    """What the job at hand last reported; the heartbeat writes it down from its own thread."""

    task: UUID | None = None
    phase: str = ""
    done: int = 0
    total: int = 0
    stopping: Event = field(default_factory=Event)


running = Running()


def report(phase: str, done: int, total: int) -> None:
    """Say how far the job is.

    Raises:
        Interrupted: the worker has been asked to stop.
    """
    running.phase, running.done, running.total = phase, done, total
    if running.stopping.is_set():
        raise Interrupted
