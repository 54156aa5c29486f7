"""The catalogue: every framework, crosswalk and role that ships, loaded and validated once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actionlines.frameworks.crosswalk import Crosswalk
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.node import Node
from actionlines.frameworks.roles import Role


@dataclass(frozen=True)
class Catalogue:
    """What is loaded.

    Attributes:
        frameworks: by code, the newest version of each.
        crosswalks: by code: 'wsis-sdg' (the matrix), 'itu-d-2020-sdg', 'itu-d-2020-wsis'.
        roles: all roles on lines.
    """

    frameworks: dict[str, Framework]
    crosswalks: dict[str, Crosswalk]
    roles: tuple[Role, ...]

    def node(self, key: str) -> Node:
        """The node 'sdg:9.c'; KeyError when unknown."""
        framework, _, code = key.partition(":")
        return self.frameworks[framework][code]


@cache
def catalogue(folder: Path | None = None) -> Catalogue:
    """Load the catalogue of the package (or of `folder`), validate it, keep it.

    Raises:
        InputError: all faults at once, each with file and row.
    """
    raise NotImplementedError
