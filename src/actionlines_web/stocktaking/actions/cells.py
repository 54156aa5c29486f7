"""Recounting the matrix from the links: repair, and the check that finds drift."""

from collections import Counter
from collections.abc import Iterator

from django.db import transaction

from actionlines_web.stocktaking.cells import CellKey, Standing, adjust, count, standings, with_totals
from actionlines_web.stocktaking.models import Entry, MatrixCell

CHUNK = 2_000


def _all_standings() -> Iterator[Standing]:
    last = 0
    standing = Entry.objects.filter(archived_at=None).order_by("pk")
    while chunk := list(standing.filter(pk__gt=last)[:CHUNK]):
        yield from standings(chunk).values()
        last = chunk[-1].pk


def drift() -> list[tuple[tuple[str, CellKey], int, int]]:
    """Cells whose kept count differs from a recount: (cell, kept, recounted), sorted."""
    recounted = with_totals(count(_all_standings()))
    kept: Counter[tuple[str, CellKey]] = Counter()
    for cell in MatrixCell.objects.iterator(chunk_size=5_000):
        key = (
            *(cell.rows, cell.level, cell.row, cell.column, cell.tier),
            *(cell.region, cell.country, cell.year, cell.stakeholder_type),
        )
        kept[cell.scope, key] = cell.entries
    return [
        (key, kept[key], recounted[key]) for key in sorted({*kept, *recounted}) if kept[key] != recounted[key]
    ]


@transaction.atomic
def rebuild_cells() -> int:
    """Throw the counts away and count anew; returns the number of cells."""
    MatrixCell.objects.all().delete()
    adjust({}, count(_all_standings()))
    return MatrixCell.objects.count()
