"""A framework: a versioned tree of nodes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from actionlines.frameworks.node import Node
from actionlines.text import Text


@dataclass(frozen=True)
class Framework:
    """A tree of nodes with its source.

    Attributes:
        code: 'sdg', 'wsis', 'itu-d-2020', 'gdc'.
        version: as the publisher names it ('2025 refinement', '2020-2023').
        title: name in several languages.
        source, date, licence: where the data comes from, when it was read (ISO date), on what terms.
        nodes: in reading order, parents before children.
        note: remark for readers, English.
    """

    code: str
    version: str
    title: Text
    source: str
    date: str
    licence: str
    nodes: tuple[Node, ...] = field(repr=False)
    note: str = ""

    @cached_property
    def _by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Node, ...]]:
        found: dict[str | None, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.parent, []).append(node)
        return {parent: tuple(nodes) for parent, nodes in found.items()}

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Node:
        """The node with this code; KeyError names the framework and the code."""
        try:
            return self._by_code[code]
        except KeyError:
            raise KeyError(f"{self.code} has no {code!r}") from None

    @property
    def roots(self) -> tuple[Node, ...]:
        """The nodes without a parent, in order."""
        return self._children.get(None, ())

    def children(self, code: str) -> tuple[Node, ...]:
        """The nodes directly below `code`, in order."""
        return self._children.get(code, ())

    def ancestors(self, code: str) -> tuple[Node, ...]:
        """The nodes above `code`, the nearest first."""
        found: list[Node] = []
        parent = self[code].parent
        while parent is not None:
            found.append(self[parent])
            parent = found[-1].parent
        return tuple(found)

    def root_of(self, code: str) -> Node:
        """The goal of a target or an indicator, the main line of a sub-line, the objective of an outcome."""
        above = self.ancestors(code)
        return above[-1] if above else self[code]

    def of_kind(self, *kinds: str) -> tuple[Node, ...]:
        """All nodes of the given kinds, in order."""
        return tuple(node for node in self.nodes if node.kind in kinds)

    def walk(self, code: str | None = None) -> Iterator[Node]:
        """`code`'s node and everything below it, depth first (the whole tree for None)."""
        if code is not None:
            yield self[code]
        for child in self._children.get(code, ()):
            yield from self.walk(child.code)
