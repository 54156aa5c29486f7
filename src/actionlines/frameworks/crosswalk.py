"""A crosswalk: links from the nodes of one framework to the nodes of another. Crosswalks compose and invert."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from actionlines.frameworks.framework import Framework
from actionlines.text import Text


@dataclass(frozen=True, slots=True)
class CrosswalkLink:
    """One link.

    Attributes:
        source, target: node codes in the two frameworks.
        rationale: why the two belong together, in our own words; may be empty.
        via: codes of the nodes a composed link passes through, in order.
    """

    source: str
    target: str
    rationale: Text = field(default_factory=Text)
    via: tuple[str, ...] = ()


@dataclass(frozen=True)
class Crosswalk:
    """Links between two frameworks.

    Attributes:
        code: 'wsis-sdg', 'itu-d-2020-sdg', …; composed and inverted crosswalks carry a derived code.
        source_framework, target_framework: codes of the two frameworks.
        links: sorted as in the data file.
        version, source, date, licence: as in Framework.
        notes: remarks such as known contradictions of the source, English.
        source_version, target_version: the versions of the two frameworks the links were made for, '' for the newest.
    """

    code: str
    source_framework: str
    target_framework: str
    links: tuple[CrosswalkLink, ...] = field(repr=False)
    version: str = ""
    source: str = ""
    date: str = ""
    licence: str = ""
    notes: tuple[str, ...] = ()
    source_version: str = ""
    target_version: str = ""

    @cached_property
    def _by_source(self) -> dict[str, tuple[CrosswalkLink, ...]]:
        return _grouped((link.source, link) for link in self.links)

    @cached_property
    def _by_target(self) -> dict[str, tuple[CrosswalkLink, ...]]:
        return _grouped((link.target, link) for link in self.links)

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """All (source, target) pairs."""
        return frozenset((link.source, link.target) for link in self.links)

    def links_from(self, code: str) -> tuple[CrosswalkLink, ...]:
        """The links that start at `code`."""
        return self._by_source.get(code, ())

    def links_to(self, code: str) -> tuple[CrosswalkLink, ...]:
        """The links that end at `code`."""
        return self._by_target.get(code, ())

    def inverted(self) -> "Crosswalk":
        """The same links read backwards; inverting twice gives the same pairs."""
        turned = (
            CrosswalkLink(link.target, link.source, link.rationale, link.via[::-1]) for link in self.links
        )
        return Crosswalk(
            f"{self.target_framework}-{self.source_framework}",
            self.target_framework,
            self.source_framework,
            tuple(sorted(turned, key=lambda link: (link.source, link.target))),
            self.version,
            self.source,
            self.date,
            self.licence,
            self.notes,
            self.target_version,
            self.source_version,
        )

    def composed(self, other: "Crosswalk", through: Framework | None = None) -> "Crosswalk":
        """Follow this crosswalk, then `other`: outcome → line → target.

        A pair reached by several ways stands once, `via` naming the first way in reading order.

        Args:
            other: the crosswalk to follow from where this one ends.
            through: the framework in the middle. Where it is given, a link to a node also leads to the nodes below
                it: an outcome linked to C7 reaches what is linked to the sub-lines of C7.

        Raises:
            ValueError: `other` does not start in the framework where this one ends.
        """
        if self.target_framework != other.source_framework:
            raise ValueError(
                f"cannot compose {self.code} with {other.code}: the first ends in {self.target_framework}, "
                f"the second starts in {other.source_framework}"
            )
        found: dict[tuple[str, str], CrosswalkLink] = {}
        for first in self.links:
            for middle in _ways_on(first.target, through):
                for second in other.links_from(middle[-1]):
                    via = (*first.via, *middle, *second.via)
                    found.setdefault(
                        (first.source, second.target), CrosswalkLink(first.source, second.target, via=via)
                    )
        return Crosswalk(
            f"{self.source_framework}-{other.target_framework}",
            self.source_framework,
            other.target_framework,
            tuple(found.values()),
            notes=(f"composed of {self.code} and {other.code}",),
            source_version=self.source_version,
            target_version=other.target_version,
        )


def _ways_on(code: str, through: Framework | None) -> Iterator[tuple[str, ...]]:
    """The node itself, then each node below it, as the codes passed from it downwards."""
    yield (code,)
    if through is not None:
        for child in through.children(code):
            yield from ((code, *way) for way in _ways_on(child.code, through))


def _grouped(pairs: Iterable[tuple[str, CrosswalkLink]]) -> dict[str, tuple[CrosswalkLink, ...]]:
    found: dict[str, list[CrosswalkLink]] = {}
    for key, link in pairs:
        found.setdefault(key, []).append(link)
    return {key: tuple(links) for key, links in found.items()}
