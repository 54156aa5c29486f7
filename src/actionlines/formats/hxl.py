"""HXL: tables whose second header row says by hashtags what a column holds (HXL 1.1, hxlstandard.org)."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from actionlines.formats.tabular import Grid
from actionlines.formats.tabular.table import guarded
from actionlines.problems import InputError, Problem, marked

_DEEPEST: Final = 25  # rows in which the hashtags must stand
_TAG: Final = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(?:\s*\+[A-Za-z0-9_]+)*")


@dataclass(frozen=True)
class HxlTable:
    """A table with hashtags.

    Attributes:
        headers: of the columns as people read them, '' where there is none.
        tags: hashtag with its attributes ('#adm1+name'), '' for a column without one.
        rows: one text per column.
        before: the lines that stand above the header.
    """

    headers: tuple[str, ...]
    tags: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    before: tuple[tuple[str, ...], ...] = ()

    def column(self, tag: str) -> int | None:
        """The place of the first column with this hashtag, whatever its attributes."""
        return next((place for place, one in enumerate(self.tags) if one.partition("+")[0] == tag), None)

    @property
    def names(self) -> tuple[str, ...]:
        """What each column is called: its hashtag, else its header."""
        return tuple(tag or header for tag, header in zip(self.tags, self.headers, strict=True))


def is_hxl(grid: Grid) -> bool:
    """Whether a table has a row of hashtags near its top."""
    return _tag_row(grid) is not None


def read_hxl(grid: Grid) -> HxlTable:
    """The table; columns without a hashtag are kept under their header, rows that are empty are left out.

    Raises:
        InputError: no row of hashtags.
    """
    place = _tag_row(grid)
    if place is None:
        template = marked("no row of hashtags such as #org or #adm1+name.")
        raise InputError([Problem(template, file=grid.name, row=1)])
    width = max(len(row) for row in grid.rows[max(place - 1, 0) :])

    def full(row: Sequence[str]) -> tuple[str, ...]:
        return (*row, *[""] * (width - len(row)))

    headers = full(grid.rows[place - 1]) if place else ("",) * width
    tags = tuple("".join(cell.split()).lower() for cell in full(grid.rows[place]))
    rows = tuple(full(row) for row in grid.rows[place + 1 :] if any(row))
    return HxlTable(headers, tags, rows, grid.rows[: max(place - 1, 0)])


def hxl_csv(table: HxlTable) -> Iterator[str]:
    """The table as csv, line by line; hashtags are no formulas, all other cells are guarded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(cells: Iterable[str]) -> str:
        writer.writerow(list(cells))
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text

    for row in (*table.before, table.headers):
        yield line(map(guarded, row))
    yield line(table.tags)
    for row in table.rows:
        yield line(map(guarded, row))


def _tag_row(grid: Grid) -> int | None:
    for place, row in enumerate(grid.rows[:_DEEPEST]):
        filled = [cell for cell in row if cell]
        if filled and all(_TAG.fullmatch(cell) for cell in filled):
            return place
    return None
