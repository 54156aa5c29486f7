"""The library's checks on a file of observations, beside what is known already."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from actionlines.measurement import Observation as LibraryObservation
from actionlines.measurement.checks import Finding as LibraryFinding
from actionlines.measurement.checks import check, statistics_of
from actionlines_web.indicators.queries.batches import neighbours

MOST = 2_000  # findings kept of a file; one with more is mended from the worst on


def findings_on(
    observations: Sequence[LibraryObservation], vintage: date, name: str
) -> tuple[list[LibraryFinding], int]:
    """What the checks find in the cells of the file, and how many there are in all; the worst are kept."""
    dated = [item if item.vintage else replace(item, vintage=vintage.isoformat()) for item in observations]
    series = {item.series for item in dated}
    checked = check(statistics_of([*neighbours(series), *dated], name))
    cells = {(item.economy, item.period) for item in dated}
    found = [one for one in checked.findings if (one.economy, one.period) in cells]
    order = ("error", "warning", "note")
    return sorted(found, key=lambda one: order.index(one.severity))[:MOST], len(found)


def counted(findings: Iterable[LibraryFinding]) -> dict[str, int]:
    """Severity to how many."""
    counts: dict[str, int] = {}
    for one in findings:
        counts[one.severity] = counts.get(one.severity, 0) + 1
    return counts
