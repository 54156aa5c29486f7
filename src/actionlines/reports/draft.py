"""A report in the making: what its sections share, and the figures they have counted so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actionlines.frameworks.catalogue import Catalogue
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.node import Node
from actionlines.reports.filters import Filters
from actionlines.reports.manuscript import Manuscript
from actionlines.reports.model import Cell, Figure
from actionlines.reports.paper import Paper
from actionlines.reports.tally import NONE, Tally
from actionlines.reports.wording import Wording

# Dimensions of the tally that look at links: their queries must say which links count.
_LINKED = frozenset({"line", "sub_line", "goal", "target"})


@dataclass(frozen=True, slots=True)
class Row:
    """What a row or a column of a table counts: an action line, a goal, or the entries without any.

    Attributes:
        id: 'C2', '9' or 'none': part of the figures' ids.
        query: the values the entries have.
        code: as shown; title: the node's title, '' where there is no node.
        label: what a figure of this row says.
    """

    id: str
    query: Mapping[str, str]
    code: str
    title: str
    label: str

    @property
    def name(self) -> str:
        """'C4 Capacity building'."""
        return f"{self.code} {self.title}".rstrip()


@dataclass
class Draft(Manuscript):
    """What the sections of a report are written from.

    Attributes:
        tally: the entries that passed the filters, counted.
        filters: which entries these are.
        words: the report's language.
        catalogue: the frameworks.
        made_on: the day of the report.
        demonstration: whether the entries are demonstration data.
        paper: what people wrote for a meeting paper.
        figures: what has been counted, by id.
        numbers: how many tables and charts have been captioned.
    """

    tally: Tally
    filters: Filters
    words: Wording
    catalogue: Catalogue
    made_on: date
    demonstration: bool = False
    paper: Paper = field(default_factory=Paper)
    figures: dict[str, Figure] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    # Frameworks

    @property
    def sdg(self) -> Framework:
        """The Sustainable Development Goals."""
        return self.catalogue.frameworks["sdg"]

    @property
    def wsis(self) -> Framework:
        """The action lines."""
        return self.catalogue.frameworks["wsis"]

    @property
    def lines(self) -> tuple[Node, ...]:
        """The action lines a record can stand under: those without sub-lines, and the sub-lines."""
        return tuple(node for node in self.wsis.nodes if not self.wsis.children(node.code))

    @property
    def goals(self) -> tuple[Node, ...]:
        """The goals."""
        return self.sdg.of_kind("goal")

    def named(self, node: Node) -> str:
        """'C4 Capacity building', in the report's language."""
        return f"{self.words.code(node.code)} {node.title.get(self.words.language)}"

    def lines_of(self, records: Iterable[str]) -> set[str]:
        """The lines of some entries; C7 is left out where a sub-line of it is among them."""
        found = self.tally.values("line", records)
        return found - {node.code for code in found for node in self.wsis.ancestors(code)}

    def in_order(self, framework: Framework, codes: Iterable[str]) -> list[str]:
        """The codes in the framework's reading order."""
        return sorted(codes, key=lambda code: framework[code].order)

    def line_rows(self) -> list[Row]:
        """A row for each action line; one for entries that only name C7, if there are any; one for those without."""
        rows = [self._row("line", node) for node in self.lines]
        for node in self.wsis.roots:
            query = {"line": node.code, "sub_line": NONE}
            if self.wsis.children(node.code) and self.tally.records(**query):
                code = self.say("head.line_only", code=self.words.code(node.code))
                label = self.say("cell.line", line=code)
                rows.append(Row(node.code, query, code, node.title.get(self.words.language), label))
        none = Row(NONE, {"line": NONE}, self.say("head.no_line"), "", self.say("cell.none_line"))
        return [*rows, none]

    def goal_rows(self) -> list[Row]:
        """A row for each goal, and one for the entries without."""
        none = Row(NONE, {"goal": NONE}, self.say("head.no_goal"), "", self.say("cell.none_goal"))
        return [*(self._row("goal", node) for node in self.goals), none]

    def _row(self, dimension: str, node: Node) -> Row:
        code = self.words.code(node.code)
        label = self.say(f"cell.{dimension}", **{dimension: code})
        return Row(node.code, {dimension: node.code}, code, node.title.get(self.words.language), label)

    # Figures

    def count(self, identifier: str, label: str, *, counting: str = "entries", **query: str) -> Figure:
        """Count the entries with these values and keep the figure: `count('goal.9', 'Goal 9', goal='9')`."""
        records = self.tally.records(**query)
        return self.keep(Figure(identifier, label, len(records), self.query(**query), records, counting))

    def count_row(self, dimension: str, row: Row) -> Figure:
        """Count the entries of a row."""
        return self.count(f"{dimension}.{row.id}", row.label, **row.query)

    def count_values(self, identifier: str, label: str, dimension: str, counting: str) -> Figure:
        """Count the different values the entries have in a dimension and keep the figure."""
        # C7 is no line of its own: it stands for its sub-lines.
        left_out = {node.code for node in self.wsis.roots if self.wsis.children(node.code)}
        found = {entry.id: {*self.tally.of(dimension, entry.id)} - left_out for entry in self.tally.entries}
        values = {value for reached in found.values() for value in reached}
        records = tuple(sorted(identifier for identifier, reached in found.items() if reached))
        query = self.query() | (self.tally.counting.query if dimension in _LINKED else {})
        return self.keep(Figure(identifier, label, len(values), query, records, counting))

    def count_nodes(self, identifier: str, label: str, framework: Framework, nodes: Sequence[Node]) -> Figure:
        """Keep the number of some nodes of a framework."""
        query = {"framework": framework.code, "kind": sorted({node.kind for node in nodes})}
        keys = tuple(sorted(node.key for node in nodes))
        return self.keep(Figure(identifier, label, len(nodes), query, keys, "nodes"))

    def year(self, identifier: str, label: str, year: int, counting: str) -> Figure:
        """Keep the earliest or the latest year, with the entries of that year."""
        records = self.tally.records(year=str(year))
        return self.keep(Figure(identifier, label, year, self.query(), records, counting))

    def query(self, **values: str) -> dict[str, Any]:
        """The parameters of the entry list that select what the tally counts for these values."""
        found: dict[str, Any] = dict(self.filters.query)
        for dimension, value in values.items():
            if dimension == "year" and value.isdecimal():
                found |= {"year_from": int(value), "year_to": int(value)}
            elif dimension == "suggested_goal":
                found |= {"goal": value, "basis": ["matrix"]}
            elif dimension == "organisation":
                found[dimension] = self.tally.spelt.get(value, value)
            elif dimension in found and found[dimension] != value:
                # Chosen by a goal already, counted by another: both hold.
                found[dimension] = [found[dimension], value]
            else:
                found[dimension] = value
        if self.filters.line or _LINKED & values.keys():
            found |= self.tally.counting.query
        return found

    # Words

    def entries(self, figure: Figure) -> str:
        """'12 entries'."""
        return self.say("count.entries", n=int(figure.value))

    # Blocks

    def number(self, figure: Figure, *, level: int = 0) -> Cell:
        """A table cell that shows a figure; a dash for none."""
        shown = self.words.number(figure.value) if figure.value else self.say("list.none")
        return Cell(shown, figure=figure.id, level=level)

    def row_head(self, row: Row) -> Cell:
        """The head of a table row: its code, the title for readers of screens."""
        return Cell(row.code, head=True, code=row.id != NONE, title=row.title)

    def codes(self, framework: Framework, codes: Iterable[str]) -> Cell:
        """A table cell with codes in reading order; a dash for none."""
        shown = self.words.codes(self.in_order(framework, codes))
        return Cell(shown or self.say("list.none"))
