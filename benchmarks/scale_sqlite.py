"""The register at scale on SQLite: what readers ask, at four clients; see benchmarks/scale."""

from figure import Figure
from scale.measuring import figures


def measure() -> list[Figure]:
    """Build or reuse, ask, write."""
    return figures("sqlite")
