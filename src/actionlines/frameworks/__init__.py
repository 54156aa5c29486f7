"""Frameworks as versioned data: nodes, crosswalks between them, roles, areas, and the catalogue of all."""

from actionlines.frameworks.areas import (
    Area,
    Membership,
    area,
    areas,
    find_area,
    group_names,
    income_names,
    region_names,
)
from actionlines.frameworks.catalogue import Catalogue, catalogue
from actionlines.frameworks.crosswalk import Crosswalk, CrosswalkLink
from actionlines.frameworks.description import Description, Neighbour, describe
from actionlines.frameworks.difference import ChangedLink, Difference, compare
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.node import Node
from actionlines.frameworks.roles import Role

__all__ = [
    "Area",
    "Catalogue",
    "ChangedLink",
    "Crosswalk",
    "CrosswalkLink",
    "Description",
    "Difference",
    "Framework",
    "Membership",
    "Neighbour",
    "Node",
    "Role",
    "area",
    "areas",
    "catalogue",
    "compare",
    "describe",
    "find_area",
    "group_names",
    "income_names",
    "region_names",
]
