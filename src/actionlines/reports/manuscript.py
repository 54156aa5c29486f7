"""A report being written, whatever it counts: its words, the figures kept so far, the numbers of tables and charts."""

from collections.abc import Mapping, Sequence
from typing import Any

from actionlines.reports.model import Cell, Chart, Figure, Table
from actionlines.reports.wording import Wording


class Manuscript:
    """What every draft can do.

    Attributes:
        words: the report's language.
        figures: what has been counted, by id.
        numbers: how many tables and charts have been captioned.
    """

    words: Wording
    figures: dict[str, Figure]
    numbers: dict[str, int]

    def keep(self, figure: Figure) -> Figure:
        """Keep a figure under its id."""
        self.figures[figure.id] = figure
        return figure

    def say(self, key: str, /, **values: str | int) -> str:
        """The sentence `key` in the report's language."""
        return self.words.say(key, **values)

    def head(self, key: str) -> Cell:
        """A table head in the report's language."""
        return Cell(self.say(f"head.{key}"), head=True)

    def table(
        self,
        identifier: str,
        title: str,
        rows: Sequence[Sequence[Cell]],
        *,
        note: str = "",
        widths: tuple[float, ...] = (),
        kind: str = "plain",
        total: bool = False,
    ) -> Table:
        """A table with its number and title as caption."""
        caption = self.say("label.table", number=self.next_number("table"), title=title)
        return Table(identifier, caption, tuple(tuple(row) for row in rows), note, widths, kind, total)

    def chart(
        self, identifier: str, title: str, specification: Mapping[str, Any], *, alternative: str, table: str
    ) -> Chart:
        """A chart with its number and title as caption."""
        caption = self.say("label.chart", number=self.next_number("chart"), title=title)
        return Chart(identifier, caption, specification, alternative, table)

    def next_number(self, kind: str) -> int:
        """The next number of a table, a chart or a paragraph."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return self.numbers[kind]
