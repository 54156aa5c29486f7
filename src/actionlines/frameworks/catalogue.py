"""The catalogue: every framework, crosswalk and role that ships, loaded and validated once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from actionlines.frameworks.crosswalk import Crosswalk
from actionlines.frameworks.datafile import Faults, raise_faults
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.loading import (
    load_crosswalks,
    load_frameworks,
    load_organisations,
    load_roles,
    newest_last,
)
from actionlines.frameworks.node import Node
from actionlines.frameworks.roles import Role
from actionlines.problems import InputError, Problem, marked
from actionlines.text import Text

_T = TypeVar("_T")

DATA: Final = Path(__file__).parent / "data"
# A folder of frameworks of the owner's.
FRAMEWORKS_VARIABLE: Final = "ACTIONLINES_FRAMEWORKS_DIR"


@dataclass(frozen=True)
class Catalogue:
    """What is loaded.

    Attributes:
        frameworks: by code, the newest version of each.
        crosswalks: by code, the newest version: 'wsis-sdg' (the matrix), 'itu-d-2020-sdg', 'itu-d-2020-wsis'.
        roles: all roles on lines.
        organisations: names of the organisations that hold roles, by code ('ITU').
        framework_versions, crosswalk_versions: by code, then by version, the newest last.
    """

    frameworks: dict[str, Framework]
    crosswalks: dict[str, Crosswalk]
    roles: tuple[Role, ...]
    organisations: Mapping[str, Text] = field(default_factory=dict, repr=False)
    framework_versions: Mapping[str, Mapping[str, Framework]] = field(default_factory=dict, repr=False)
    crosswalk_versions: Mapping[str, Mapping[str, Crosswalk]] = field(default_factory=dict, repr=False)

    def node(self, key: str) -> Node:
        """The node 'sdg:9.c'; KeyError when unknown."""
        framework, _, code = key.partition(":")
        return self.frameworks[framework][code]

    def find(self, name: str) -> tuple[Node, ...]:
        """The nodes a person means by '9.c', 'sdg:9.c' or 'c7-hea': several where frameworks share a code."""
        framework, separator, code = name.strip().casefold().rpartition(":")
        return tuple(
            node
            for found in self.frameworks.values()
            if not separator or found.code.casefold() == framework
            for node in found.nodes
            if node.code.casefold() == code
        )

    def roles_on(self, line: str) -> tuple[Role, ...]:
        """All roles on a line, past ones included, in the order of the file."""
        return tuple(role for role in self.roles if role.line == line)

    def version(self, code: str, version: str) -> Framework:
        """One version of a framework; KeyError when unknown."""
        return self.framework_versions[code][version]


@cache
def catalogue(folder: Path | None = None) -> Catalogue:
    """Load the catalogue of the package, and what `folder` adds to it or puts in its place; validate it, keep it.

    A folder has the shape of the package's own `data`; a version it holds stands in place of the package's. So does one
    of the folder that the environment names (FRAMEWORKS_VARIABLE), under whatever `folder` brings.

    Raises:
        InputError: all faults at once, each with file and row; or there is no such folder.
    """
    if folder is None:
        own = os.environ.get(FRAMEWORKS_VARIABLE, "")
        return _placed(Path(own), _shipped()) if own else _shipped()
    return _placed(folder, catalogue())


@cache
def _shipped() -> Catalogue:
    return _read(DATA, None)


def _placed(folder: Path, base: Catalogue) -> Catalogue:
    if not folder.is_dir():
        raise InputError([Problem(marked("there is no such folder."), file=str(folder))])
    return _read(folder, base)


def _read(folder: Path, base: Catalogue | None) -> Catalogue:
    faults: Faults = []
    own_frameworks = load_frameworks(folder, faults)
    frameworks = _joined(base.framework_versions if base else {}, own_frameworks)
    own_crosswalks = load_crosswalks(folder, frameworks, faults)
    crosswalks = _joined(base.crosswalk_versions if base else {}, own_crosswalks)
    organisations = {**(base.organisations if base else {}), **load_organisations(folder, faults)}
    own_roles = load_roles(folder, frameworks.get("wsis", {}), organisations, faults)
    if not own_frameworks and not own_crosswalks and own_roles is None:
        missing = marked("the folder holds no framework, no crosswalk and no roles.")
        faults.append(Problem(missing, file=str(folder), expected=marked("<code>/<version>/framework.toml.")))
    raise_faults(faults)
    roles = own_roles if own_roles is not None else base.roles if base else ()
    return Catalogue(_newest(frameworks), _newest(crosswalks), roles, organisations, frameworks, crosswalks)


def _joined(
    below: Mapping[str, Mapping[str, _T]], above: Mapping[str, Mapping[str, _T]]
) -> dict[str, dict[str, _T]]:
    joined = {}
    for code in [*below, *(code for code in above if code not in below)]:
        versions = {**below.get(code, {}), **above.get(code, {})}
        joined[code] = {version: versions[version] for version in newest_last(versions)}
    return joined


def _newest(found: Mapping[str, Mapping[str, _T]]) -> dict[str, _T]:
    return {code: versions[list(versions)[-1]] for code, versions in found.items()}
