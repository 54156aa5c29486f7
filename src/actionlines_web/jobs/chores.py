"""Work that a worker does by itself now and then, between tasks."""

import time
from collections.abc import Callable
from typing import Any

HOUR = 3600.0


def hourly(chore: Callable[[], Any], clock: Callable[[], float] = time.monotonic) -> Callable[[], Any]:
    """A chore that does nothing when an hour has not passed since it was last begun."""
    begun: list[float] = []

    def done() -> Any:
        now = clock()
        if begun and now - begun[-1] < HOUR:
            return None
        begun[:] = [now]
        return chore()

    return done
