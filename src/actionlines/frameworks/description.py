"""What stands around a node: its parent and children, the links of all crosswalks in both directions, the roles."""

from dataclasses import dataclass

from actionlines.frameworks.catalogue import Catalogue
from actionlines.frameworks.crosswalk import Crosswalk, CrosswalkLink
from actionlines.frameworks.node import Node
from actionlines.frameworks.roles import Role
from actionlines.text import Text


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node at the other end of a link.

    Attributes:
        crosswalk: the crosswalk the link stands in.
        outward: True where the link starts at the described node, False where it ends there.
        node: the node at the other end.
        rationale: why the two belong together; may be empty.
    """

    crosswalk: Crosswalk
    outward: bool
    node: Node
    rationale: Text


@dataclass(frozen=True, slots=True)
class Description:
    """A node and what stands around it."""

    node: Node
    parent: Node | None
    children: tuple[Node, ...]
    neighbours: tuple[Neighbour, ...]
    roles: tuple[Role, ...]


def describe(catalogue: Catalogue, node: Node) -> Description:
    """Everything the catalogue says about a node of a newest version."""
    framework = catalogue.frameworks[node.framework]
    return Description(
        node,
        framework[node.parent] if node.parent is not None else None,
        framework.children(node.code),
        tuple(
            found
            for crosswalk in catalogue.crosswalks.values()
            for found in _neighbours(catalogue, crosswalk, node)
        ),
        catalogue.roles_on(node.code) if node.framework == "wsis" else (),
    )


def _neighbours(catalogue: Catalogue, crosswalk: Crosswalk, node: Node) -> list[Neighbour]:
    found: list[Neighbour] = []
    if crosswalk.source_framework == node.framework:
        found += (
            _neighbour(catalogue, crosswalk, link, crosswalk.target_framework, link.target, outward=True)
            for link in crosswalk.links_from(node.code)
        )
    if crosswalk.target_framework == node.framework:
        found += (
            _neighbour(catalogue, crosswalk, link, crosswalk.source_framework, link.source, outward=False)
            for link in crosswalk.links_to(node.code)
        )
    return found


def _neighbour(
    catalogue: Catalogue,
    crosswalk: Crosswalk,
    link: CrosswalkLink,
    framework: str,
    code: str,
    *,
    outward: bool,
) -> Neighbour:
    version = crosswalk.target_version if outward else crosswalk.source_version
    # A link may name a node that the newest version no longer has: then the version it was made for still does.
    nodes = catalogue.version(framework, version) if version else catalogue.frameworks[framework]
    return Neighbour(crosswalk, outward, nodes[code], link.rationale)
