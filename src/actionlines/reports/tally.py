"""Counting entries by line, goal, target, region and year: sets of identifiers, so that totals are distinct."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from actionlines.alignment.link import Basis, Link
from actionlines.frameworks.framework import Framework
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking.entry import Entry
from actionlines.text import fold

NONE: Final = "none"  # the value of a filter that asks for entries without a line, a goal, a region …
COUNTED_BASES: Final = (Basis.DECLARED, Basis.CITED, Basis.LEXICON)
THRESHOLD: Final = 0.5


@dataclass(frozen=True, slots=True)
class Counting:
    """Which links count.

    Attributes:
        bases: reasons that count. What the matrix implies is a suggestion and can never be among them.
        threshold: least probability, from 0 to 1.
    """

    bases: tuple[Basis, ...] = COUNTED_BASES
    threshold: float = THRESHOLD

    def __post_init__(self) -> None:
        if Basis.MATRIX in self.bases:
            raise ValueError("links implied by the matrix are suggestions: they cannot be counted")
        if not 0 <= self.threshold <= 1:
            raise ValueError(f"threshold {self.threshold}: expected a probability from 0 to 1")

    def counts(self, link: Link) -> bool:
        """Whether this link counts."""
        return link.basis in self.bases and link.probability >= self.threshold

    @property
    def query(self) -> dict[str, Any]:
        """The rule as parameters of the entry list."""
        return {"basis": [basis.value for basis in self.bases], "probability_from": self.threshold}


class Tally:
    """The entries of a report, indexed by everything they are counted by.

    Args:
        entries: in any order; kept sorted by year (latest first), then title.
        links: of each entry, by its id.
        counting: which of the links count.
        sdg, wsis: the frameworks the links point into.
        on: the day whose regions hold.

    Raises:
        InputError: two entries carry the same identifier.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        links: Mapping[str, Sequence[Link]],
        counting: Counting,
        *,
        sdg: Framework,
        wsis: Framework,
        on: date,
    ) -> None:
        _refuse_twins(entries)
        self.entries = tuple(
            sorted(entries, key=lambda entry: (-(entry.year or 0), fold(entry.title), entry.id))
        )
        self.by_id = {entry.id: entry for entry in self.entries}
        self.counting = counting
        # How an organisation is spelt where it first appears; its names are compared folded.
        self.spelt = {fold(entry.organisation): entry.organisation for entry in reversed(entries)}
        self.region = {entry.id: entry.region(on) for entry in entries}
        self.links: dict[str, tuple[Link, ...]] = {}
        self.suggested: dict[str, tuple[str, ...]] = {}
        self._by: dict[tuple[str, str], set[str]] = {}
        self._of: dict[tuple[str, str], tuple[str, ...]] = {}
        self._all = {entry.id for entry in entries}
        for entry in self.entries:
            self._take(entry, links.get(entry.id, ()), sdg, wsis)

    def _take(self, entry: Entry, links: Sequence[Link], sdg: Framework, wsis: Framework) -> None:
        counted = tuple(link for link in links if self.counting.counts(link))
        self.links[entry.id] = counted
        lines = _with_parents((link.node for link in counted if link.framework == "wsis"), wsis)
        nodes = _with_parents((link.node for link in counted if link.framework == "sdg"), sdg)
        goals = [code for code in nodes if sdg[code].kind == "goal"]
        implied = (link for link in links if link.basis is Basis.MATRIX and link.framework == "sdg")
        suggested = {sdg.root_of(link.node).code for link in implied if link.node in sdg} - set(goals)
        self.suggested[entry.id] = tuple(sorted(suggested, key=lambda code: sdg[code].order))
        self._index("line", lines, entry.id)
        self._index("sub_line", [code for code in lines if wsis[code].kind == "sub-line"], entry.id)
        self._index("goal", goals, entry.id)
        self._index("target", [code for code in nodes if sdg[code].kind == "target"], entry.id)
        self._index("region", _some(self.region[entry.id]), entry.id)
        self._index("country", _some(entry.country), entry.id)
        self._index("organisation", _some(fold(entry.organisation)), entry.id)
        self._index("year", _some(str(entry.year or "")), entry.id)
        self._index("suggested_goal", self.suggested[entry.id], entry.id)

    def _index(self, dimension: str, values: Iterable[str], identifier: str) -> None:
        self._of[dimension, identifier] = tuple(values)
        for value in self._of[dimension, identifier] or (NONE,):
            self._by.setdefault((dimension, value), set()).add(identifier)

    def records(self, **query: str) -> tuple[str, ...]:
        """Ids of the entries that have all the values asked for, sorted: `records(line='C2', goal='9')`.

        The dimensions are line, sub_line, goal, target, region, country, organisation (folded), year and
        suggested_goal; the value 'none' asks for the entries without any.
        """
        chosen = [self._by.get(pair, set()) for pair in query.items()]
        return tuple(sorted(self._all.intersection(*chosen)))

    def of(self, dimension: str, identifier: str) -> tuple[str, ...]:
        """The values one entry has in a dimension."""
        return self._of[dimension, identifier]

    def values(self, dimension: str, records: Iterable[str]) -> set[str]:
        """The different values of a dimension among some records."""
        return {value for identifier in records for value in self._of[dimension, identifier]}


def _with_parents(codes: Iterable[str], framework: Framework) -> list[str]:
    """The codes the framework knows, each with the nodes above it; a link to '9.c' also counts for goal 9."""
    found: dict[str, None] = {}
    for code in codes:
        if code in framework:
            found.update(dict.fromkeys([code, *(node.code for node in framework.ancestors(code))]))
    return list(found)


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _refuse_twins(entries: Sequence[Entry]) -> None:
    seen: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        if entry.id in seen:
            problems.append(
                Problem(
                    marked("the identifier %(id)s stands twice, first in row %(first)s."),
                    {"id": entry.id, "first": seen[entry.id].row or "?"},
                    row=entry.row,
                    column="id",
                    expected=marked("an identifier that is unique in the file."),
                )
            )
        seen.setdefault(entry.id, entry)
    if problems:
        raise InputError(problems)
