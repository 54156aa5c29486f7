"""A staged file beside another of the same figures, such as an office's table beside its own SDMX."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from actionlines.formats.sdmx import statistics_records, statistics_structure
from actionlines.formats.sdmx.comparison import compare_records
from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.indicators.models import ObservationBatch
from actionlines_web.indicators.queries.batches import unpacked


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure both files have, with another value: `by` is the other's less the staged one."""

    cell: str
    observation: LibraryObservation
    other: str
    by: Decimal | None


@dataclass(frozen=True)
class Compared:
    """What two files have in common and what not."""

    equal: int
    different: Sequence[Differing]
    only_here: Sequence[LibraryObservation]
    only_there: Sequence[LibraryObservation]


def compared(batch: ObservationBatch, others: Sequence[LibraryObservation]) -> Compared:
    """Compare the values of a staged file with those of another, figure by figure; rounded to six places."""
    structure = statistics_structure()
    own = [unpacked(row) for row in batch.rows]

    def keys(items: Sequence[LibraryObservation]) -> list[tuple[str, ...]]:
        return [structure.key_of(record) for record in statistics_records(items)]

    here = dict(zip(keys(own), zip(own, (row[9] for row in batch.rows), strict=True), strict=True))
    there = dict(zip(keys(others), others, strict=True))
    found = compare_records(structure, statistics_records(own), statistics_records(others))
    different = []
    for one in found.different:
        observation, cell = here[structure.key_of(one.key)]
        different.append(Differing(cell, observation, one.right, one.by))
    return Compared(
        found.equal,
        different,
        [here[structure.key_of(key)][0] for key in found.only_left],
        [there[structure.key_of(key)] for key in found.only_right],
    )
