"""Where bulk work is done, in one word: 'local', 'pool', 'pool:4', 'tcp://scheduler:8786'."""

import re
from dataclasses import dataclass
from typing import Any

_SCHEDULER = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/]+:\d{1,5}")


@dataclass(frozen=True, slots=True)
class Place:
    """Arguments of `run` and `stream`.

    Attributes:
        on: 'local', 'pool' or 'cluster'.
        workers: processes of a pool, or None for one a core.
        cluster: address of a scheduler, or ''.
    """

    on: str = "local"
    workers: int | None = None
    cluster: str = ""

    def arguments(self) -> dict[str, Any]:
        """As named arguments."""
        return {"on": self.on, "workers": self.workers, "cluster": self.cluster}


def place(text: str) -> Place:
    """The place that a word names.

    Raises:
        ValueError: with what was expected.
    """
    said = text.strip()
    if said in ("", "local"):
        return Place()
    if said == "pool":
        return Place("pool")
    if match := re.fullmatch(r"pool:([1-9]\d{0,2})", said):
        return Place("pool", int(match[1]))
    if _SCHEDULER.fullmatch(said):
        return Place("cluster", cluster=said)
    raise ValueError(f"{text!r}: expected local, pool, pool:4 or tcp://SCHEDULER:8786")
