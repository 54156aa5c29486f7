"""Reads `<framework>/<version>/`: framework.toml and nodes.csv."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from actionlines.frameworks.datafile import Faults, Row, Table
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.loading.place import Place, places
from actionlines.frameworks.node import Node
from actionlines.problems import marked
from actionlines.text import LANGUAGES

_NOT_FRAMEWORKS: Final = frozenset({"areas", "crosswalks", "roles"})
_NEEDED: Final = ("title", "kinds")
_COLUMNS: Final = ("code", "kind", "parent", "official", "note", *LANGUAGES)


def load_frameworks(folder: Path, faults: Faults) -> dict[str, dict[str, Framework]]:
    """Every version of every framework of the folder, by code and version, the newest last."""
    found: dict[str, dict[str, Framework]] = {}
    for place in places(folder, "", "framework.toml", _NEEDED, faults, skipped=_NOT_FRAMEWORKS):
        found.setdefault(place.code, {})[place.version] = _framework(place)
    return found


def _framework(place: Place) -> Framework:
    kinds = _languages_by_kind(place)
    table = place.table("nodes.csv", _COLUMNS)
    nodes = tuple(_node(row, order, place.code, kinds) for order, row in enumerate(table.rows))
    _check_tree(nodes, table)
    return Framework(
        place.code,
        place.version,
        place.text("title"),
        place.string("source"),
        place.day(),
        place.string("licence"),
        nodes,
        place.string("note"),
    )


def _languages_by_kind(place: Place) -> dict[str, tuple[str, ...]]:
    """The table [kinds]: each kind of node with the languages its title must have."""
    value = place.page.get("kinds", {})
    if isinstance(value, dict) and all(
        isinstance(languages, list) and all(language in LANGUAGES for language in languages)
        for languages in value.values()
    ):
        return {kind: tuple(languages) for kind, languages in value.items()}
    place.fault(
        marked("“kinds” is not a table of languages by kind."),
        "kinds",
        marked("for each kind a list of languages of %(languages)s."),
        languages=", ".join(LANGUAGES),
    )
    return {}


def _node(row: Row, order: int, framework: str, kinds: Mapping[str, tuple[str, ...]]) -> Node:
    kind = row.choice("kind", kinds) if kinds else row["kind"]
    title = row.text()
    for language in kinds.get(kind, ()):
        if language not in title:
            row.fault(
                marked("the title is missing in %(language)s."),
                language,
                marked("a title."),
                language=language,
            )
    official = tuple(row["official"].split())
    for language in official:
        if language not in title:
            row.fault(
                marked("“%(language)s” is marked official but has no title."),
                "official",
                marked("languages of this row, such as “en fr”."),
                language=language,
            )
    code, parent = row.needed("code"), row["parent"] or None
    return Node(
        framework, code, kind, parent, order, title, bool(official), row["note"], official_in=official
    )


def _check_tree(nodes: tuple[Node, ...], table: Table) -> None:
    """Codes once each; parents known, above their children, and never below themselves."""
    parents = {node.code: node.parent for node in nodes}
    first_rows: dict[str, int] = {}
    for node, row in zip(nodes, table.rows, strict=True):
        first = first_rows.get(node.code)
        if first is not None:
            row.fault(
                marked("%(code)s stands in row %(first)s already."),
                "code",
                marked("each code once."),
                code=node.code,
                first=first,
            )
            continue
        if node.parent is not None and node.parent not in first_rows:
            _fault_of_parent(node, parents, row)
        if node.code:
            first_rows[node.code] = row.number


def _fault_of_parent(node: Node, parents: Mapping[str, str | None], row: Row) -> None:
    """Say what is wrong with a parent that no row above has: unknown, a cycle, or only out of order."""
    code, parent = node.code, node.parent
    if parent not in parents:
        row.fault(
            marked("there is no %(parent)s to be the parent of %(code)s."),
            "parent",
            marked("a code of this file."),
            parent=parent,
            code=code,
        )
    elif _is_below_itself(code, parents):
        row.fault(
            marked("%(code)s is its own ancestor."), "parent", marked("a tree without a cycle."), code=code
        )
    else:
        row.fault(
            marked("%(parent)s comes after %(code)s."),
            "parent",
            marked("parents before children."),
            parent=parent,
            code=code,
        )


def _is_below_itself(code: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents[code]
    while above is not None and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
