"""What changed between two versions of a framework, or between two frameworks, and between their links."""

from collections.abc import Mapping
from dataclasses import dataclass

from actionlines.frameworks.catalogue import Catalogue
from actionlines.frameworks.crosswalk import Crosswalk
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.node import Node


@dataclass(frozen=True, slots=True)
class ChangedLink:
    """A link that only one of the two has.

    Attributes:
        crosswalk: code of the crosswalk it stands in.
        source, target: codes of the nodes; added: True where only the second has it.
    """

    crosswalk: str
    source: str
    target: str
    added: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from `old` to `new`.

    Attributes:
        added, removed: nodes that only one of them has, by code.
        retitled: pairs of nodes whose titles differ in a language both have.
        moved: pairs of nodes that hang under another parent or changed their kind.
        links: links added and removed, of crosswalks that join both with the same other framework.
    """

    old: Framework
    new: Framework
    added: tuple[Node, ...]
    removed: tuple[Node, ...]
    retitled: tuple[tuple[Node, Node], ...]
    moved: tuple[tuple[Node, Node], ...]
    links: tuple[ChangedLink, ...]

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.retitled, self.moved, self.links))


def compare(catalogue: Catalogue, old: Framework, new: Framework) -> Difference:
    """Compare two frameworks node by node, matched by code, and the links they have with the same frameworks."""
    both = [(node, new[node.code]) for node in old.nodes if node.code in new]
    return Difference(
        old,
        new,
        tuple(node for node in new.nodes if node.code not in old),
        tuple(node for node in old.nodes if node.code not in new),
        tuple((before, after) for before, after in both if _is_retitled(before, after)),
        tuple(
            (before, after)
            for before, after in both
            if (before.parent, before.kind) != (after.parent, after.kind)
        ),
        _changed_links(_crosswalks_of(catalogue, old), _crosswalks_of(catalogue, new)),
    )


def changed_links(old: Crosswalk, new: Crosswalk) -> tuple[ChangedLink, ...]:
    """The links that only one of two crosswalks has: first those removed, then those added, in order of the files."""
    removed = (
        ChangedLink(old.code, link.source, link.target, added=False)
        for link in old.links
        if (link.source, link.target) not in new.pairs
    )
    added = (
        ChangedLink(new.code, link.source, link.target, added=True)
        for link in new.links
        if (link.source, link.target) not in old.pairs
    )
    return (*removed, *added)


def _is_retitled(before: Node, after: Node) -> bool:
    return any(
        before.title.get(language) != after.title.get(language)
        for language in before.title
        if language in after.title
    )


def _crosswalks_of(catalogue: Catalogue, framework: Framework) -> Mapping[tuple[str, str], Crosswalk]:
    """The newest crosswalk of this version with each other framework, by direction ('from', 'to') and that framework."""
    found: dict[tuple[str, str], Crosswalk] = {}
    for versions in catalogue.crosswalk_versions.values():
        for crosswalk in versions.values():
            if crosswalk.source_framework == framework.code and crosswalk.source_version in (
                "",
                framework.version,
            ):
                found["from", crosswalk.target_framework] = crosswalk
            if crosswalk.target_framework == framework.code and crosswalk.target_version in (
                "",
                framework.version,
            ):
                found["to", crosswalk.source_framework] = crosswalk
    return found


def _changed_links(
    old: Mapping[tuple[str, str], Crosswalk], new: Mapping[tuple[str, str], Crosswalk]
) -> tuple[ChangedLink, ...]:
    return tuple(
        change
        for key, crosswalk in old.items()
        if key in new
        for change in changed_links(crosswalk, new[key])
    )
