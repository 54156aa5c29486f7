"""The hierarchy: indicators under pillars under sub-indices under the index, of any depth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from actionlines.text import Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of an index.

    Attributes:
        code: as its column in the data.
        parent: code of the element it belongs to.
        title: in one or more languages.
        unit: such as 'per cent'.
        direction: 1 when more is better, -1 when less is.
        weight: under its parent; weights need not sum to 1.
        goalposts: (worst, best) in the unit of the data, or None.
        transform: applied to value and goalposts alike before they are compared; a name of `steps.transform`.
        goalposts_transformed: whether `goalposts` are already on the transformed scale.
        cap: which ends of the goalposts clip: 'both', 'best', 'worst' or 'none'.
        target: a value to reach, or None.
        denominator: the series it is divided by, or ''.
        denominator_scale: what the quotient is multiplied by.
    """

    code: str
    parent: str
    title: Text = field(default_factory=Text)
    unit: str = ""
    direction: int = 1
    weight: float = 1.0
    goalposts: tuple[float, float] | None = None
    transform: str = "none"
    goalposts_transformed: bool = False
    cap: str = "both"
    target: float | None = None
    denominator: str = ""
    denominator_scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Element:
    """One aggregate: the index itself (no parent), a sub-index, a pillar.

    Attributes:
        code, title: as of an indicator; parent: '' for the index.
        weight: under its parent.
    """

    code: str
    parent: str = ""
    title: Text = field(default_factory=Text)
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Tree:
    """Indicators and elements, tied.

    Attributes:
        elements: the index first; indicators: in the order of the specification.
    """

    elements: tuple[Element, ...]
    indicators: tuple[Indicator, ...]

    @property
    def root(self) -> Element:
        """The index itself."""
        return self.elements[0]

    @property
    def nodes(self) -> tuple[Element | Indicator, ...]:
        """Elements, then indicators."""
        return (*self.elements, *self.indicators)

    @cached_property
    def by_code(self) -> Mapping[str, Element | Indicator]:
        """Every node."""
        return {node.code: node for node in self.nodes}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """An element's code to the codes below it, elements first, then indicators."""
        below: dict[str, list[str]] = {element.code: [] for element in self.elements}
        for node in self.nodes:
            if node.parent:
                below[node.parent].append(node.code)
        return {code: tuple(codes) for code, codes in below.items()}

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """1 for an indicator, one more than its highest child for an element."""
        found = {indicator.code: 1 for indicator in self.indicators}

        def level(code: str) -> int:
            if code not in found:
                found[code] = 1 + max(map(level, self.children[code]), default=0)
            return found[code]

        level(self.root.code)
        return found

    @cached_property
    def bottom_up(self) -> tuple[str, ...]:
        """The elements' codes, lower levels first; within a level in the order of the specification."""
        order = sorted(self.elements, key=lambda element: self.levels[element.code])
        return tuple(element.code for element in order)

    @cached_property
    def top_down(self) -> tuple[str, ...]:
        """The elements' codes, the index first; within a level in the order of the specification."""
        order = sorted(self.elements, key=lambda element: -self.levels[element.code])
        return tuple(element.code for element in order)

    def mended(self) -> "Tree":
        """A tree one can walk whatever its faults: strays and circles hang from the index, doubles are gone."""
        root = self.root if self.root.code else replace(self.root, code="index")
        parents = {one.code: one.parent for one in reversed(self.elements[1:])} | {root.code: ""}
        kept: dict[str, Element | Indicator] = {root.code: root}
        for node in self.nodes[1:]:
            path = [node.code, node.parent]
            while (above := parents.get(path[-1], "")) and above not in path:
                path.append(above)
            sound = bool(node.parent) and path[-1] == root.code and not above
            kept.setdefault(node.code, node if sound else replace(node, parent=root.code))
        elements = tuple(one for one in kept.values() if isinstance(one, Element))
        return Tree(elements, tuple(one for one in kept.values() if isinstance(one, Indicator)))

    def leaves(self, code: str) -> tuple[str, ...]:
        """The indicators below an element, in the tree's order; of an indicator, itself."""
        if code not in self.children:
            return (code,)
        return tuple(leaf for child in self.children[code] for leaf in self.leaves(child))

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes from `code` up to the index, both included."""
        node = self.by_code[code]
        return (code, *self.lineage(node.parent)) if node.parent else (code,)

    def ancestor(self, code: str, level: int) -> str:
        """The node of `level` above an indicator (the nearest at or above it where a level is skipped)."""
        return next(one for one in self.lineage(code) if self.levels[one] >= level)

    def without(self, codes: Iterable[str]) -> "Tree":
        """The tree without these nodes, all below them, and elements left with nothing below."""
        gone = set(codes)
        gone |= {leaf for code in gone if code in self.by_code for leaf in self.leaves(code)}
        indicators = tuple(one for one in self.indicators if one.code not in gone)
        alive = {above for one in indicators for above in self.lineage(one.code)}
        return Tree(tuple(one for one in self.elements if one.code in alive), indicators)

    def with_weights(self, weights: Mapping[str, float]) -> "Tree":
        """The tree with these weights in place of its own."""
        return Tree(
            tuple(replace(one, weight=weights.get(one.code, one.weight)) for one in self.elements),
            tuple(replace(one, weight=weights.get(one.code, one.weight)) for one in self.indicators),
        )

    def effective_weights(self) -> dict[str, float]:
        """Each node's share in the index were every mean arithmetic and all data present; the index has 1."""
        share = {self.root.code: 1.0}
        for code in reversed(self.bottom_up):
            total = sum(self.by_code[child].weight for child in self.children[code])
            for child in self.children[code]:
                share[child] = share[code] * self.by_code[child].weight / total
        return share
