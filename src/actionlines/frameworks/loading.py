"""From data files to frameworks, crosswalks and roles, with every fault noted.

A folder of data holds

    <framework>/<version>/framework.toml and nodes.csv
    crosswalks/<crosswalk>/<version>/crosswalk.toml and links.csv
    roles/roles.csv

Folder names are codes and versions. The newest version is the last one, numbers compared as numbers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from actionlines.frameworks.crosswalk import Crosswalk, CrosswalkLink
from actionlines.frameworks.datafile import Faults, Row, Table, read_page
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.node import Node
from actionlines.frameworks.roles import ROLES, STATUSES, Role
from actionlines.problems import marked
from actionlines.text import LANGUAGES, Text

type_error = marked("“%(key)s” has the wrong shape.")

_NOT_FRAMEWORKS: Final = frozenset({"areas", "crosswalks", "roles"})
_NODE_COLUMNS: Final = ("code", "kind", "parent", "official", "note", *LANGUAGES)
_LINK_COLUMNS: Final = ("source", "target")
_ROLE_COLUMNS: Final = ("line", "organisation", "role", "inside", "start", "end", "source", "status")

Versions = dict[str, Framework]
CrosswalkVersions = dict[str, Crosswalk]


def newest_last(versions: Iterable[str]) -> list[str]:
    """Version names in order: '2016-2019' before '2020-2023', '9' before '10'."""
    return sorted(
        versions,
        key=lambda name: [(int(number or 0), word) for number, word in re.findall(r"(\d+)|(\D+)", name)],
    )


def load_frameworks(folder: Path, faults: Faults) -> dict[str, Versions]:
    """Every version of every framework of the folder, by code and version, the newest last."""
    found: dict[str, Versions] = {}
    for place in _places(folder, skipped=_NOT_FRAMEWORKS):
        framework = _framework(place, place.relative_to(folder).as_posix(), faults)
        found.setdefault(framework.code, {})[framework.version] = framework
    return found


def load_crosswalks(
    folder: Path, frameworks: Mapping[str, Versions], faults: Faults
) -> dict[str, CrosswalkVersions]:
    """Every version of every crosswalk of the folder; their ends must be nodes of `frameworks`."""
    found: dict[str, CrosswalkVersions] = {}
    for place in _places(folder / "crosswalks"):
        crosswalk = _crosswalk(place, place.relative_to(folder).as_posix(), frameworks, faults)
        found.setdefault(crosswalk.code, {})[crosswalk.version] = crosswalk
    return found


def load_roles(folder: Path, frameworks: Mapping[str, Versions], faults: Faults) -> tuple[Role, ...] | None:
    """The roles of the folder, None where it has no file of roles."""
    path = folder / "roles" / "roles.csv"
    if not path.exists():
        return None
    lines = {
        node.code
        for versions in (frameworks.get("wsis", {}),)
        for found in versions.values()
        for node in found.nodes
    }
    table = Table(path, "roles/roles.csv", _ROLE_COLUMNS, faults)
    return tuple(_role(row, lines) for row in table.rows)


def _places(folder: Path, skipped: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The version folders below `folder`, two levels down, versions of one code from the oldest to the newest."""
    if not folder.is_dir():
        return
    for named in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in skipped):
        for version in newest_last(path.name for path in named.iterdir() if path.is_dir()):
            yield named / version


def _framework(place: Path, name: str, faults: Faults) -> Framework:
    page_name = f"{name}/framework.toml"
    page = read_page(
        place / "framework.toml",
        page_name,
        ("code", "version", "title", "source", "date", "licence", "kinds"),
        faults,
    )
    _check_place(page, place, page_name, faults)
    table = Table(place / "nodes.csv", f"{name}/nodes.csv", _NODE_COLUMNS, faults)
    kinds = _languages_by_kind(page, page_name, faults)
    code = place.parent.name
    nodes = tuple(_node(row, order, code, kinds) for order, row in enumerate(table.rows))
    _check_tree(nodes, table)
    return Framework(
        code,
        place.name,
        _page_text(page, "title", page_name, faults),
        str(page.get("source", "")),
        _page_day(page, page_name, faults),
        str(page.get("licence", "")),
        nodes,
        str(page.get("note", "")),
    )


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
    return Node(
        framework,
        row.needed("code"),
        kind,
        row["parent"] or None,
        order,
        title,
        bool(official),
        row["note"],
        official_in=official,
    )


def _check_tree(nodes: tuple[Node, ...], table: Table) -> None:
    """Codes once each; parents known, above their children, and never below themselves."""
    parents = {node.code: node.parent for node in nodes}
    first_rows: dict[str, int] = {}
    for node, row in zip(nodes, table.rows, strict=True):
        if node.code and node.code in first_rows:
            row.fault(
                marked("%(code)s stands in row %(first)s already."),
                "code",
                marked("each code once."),
                code=node.code,
                first=first_rows[node.code],
            )
            continue
        if node.parent is not None and node.parent not in parents:
            row.fault(
                marked("there is no %(parent)s to be the parent of %(code)s."),
                "parent",
                marked("a code of this file."),
                parent=node.parent,
                code=node.code,
            )
        elif _is_below_itself(node.code, parents):
            row.fault(
                marked("%(code)s is its own ancestor."),
                "parent",
                marked("a tree without a cycle."),
                code=node.code,
            )
        elif node.parent is not None and node.parent not in first_rows:
            row.fault(
                marked("%(parent)s comes after %(code)s."),
                "parent",
                marked("parents before children."),
                parent=node.parent,
                code=node.code,
            )
        first_rows[node.code] = row.number


def _is_below_itself(code: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents[code]
    while above is not None and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _crosswalk(place: Path, name: str, frameworks: Mapping[str, Versions], faults: Faults) -> Crosswalk:
    page_name = f"{name}/crosswalk.toml"
    page = read_page(
        place / "crosswalk.toml",
        page_name,
        ("code", "version", "source", "date", "licence", "from", "to"),
        faults,
    )
    _check_place(page, place, page_name, faults)
    ends = [_end(page, key, frameworks, page_name, faults) for key in ("from", "to")]
    table = Table(place / "links.csv", f"{name}/links.csv", _LINK_COLUMNS, faults)
    rationale = tuple(page.get("rationale", ()))
    links = tuple(_link(row, ends, rationale) for row in table.rows)
    first_rows: dict[tuple[str, str], int] = {}
    for link, row in zip(links, table.rows, strict=True):
        first = first_rows.setdefault((link.source, link.target), row.number)
        if first != row.number:
            row.fault(
                marked("the link %(source)s → %(target)s stands in row %(first)s already."),
                "target",
                marked("each link once."),
                source=link.source,
                target=link.target,
                first=first,
            )
    return Crosswalk(
        place.parent.name,
        ends[0][0],
        ends[1][0],
        links,
        place.name,
        str(page.get("source", "")),
        _page_day(page, page_name, faults),
        str(page.get("licence", "")),
        tuple(map(str, page.get("notes", ()))),
    )


def _link(row: Row, ends: list[tuple[str, Framework | None]], rationale: tuple[str, ...]) -> CrosswalkLink:
    for column, (code, framework) in zip(("source", "target"), ends, strict=True):
        if framework is not None and row[column] not in framework:
            row.fault(
                marked("%(framework)s has no “%(code)s”."),
                column,
                marked("a code of %(framework)s."),
                framework=code,
                code=row[column],
            )
    text = row.text()
    for language in rationale:
        if language not in text:
            row.fault(
                marked("the rationale is missing in %(language)s."),
                language,
                marked("a sentence."),
                language=language,
            )
    return CrosswalkLink(row["source"], row["target"], text)


def _end(
    page: Mapping[str, Any], key: str, frameworks: Mapping[str, Versions], name: str, faults: Faults
) -> tuple[str, Framework | None]:
    """One end of a crosswalk, 'wsis' or 'wsis 2003': the framework's code, and the framework where it is known."""
    code, _, version = str(page.get(key, "")).partition(" ")
    versions = frameworks.get(code, {})
    framework = versions.get(version) if version else next(reversed(versions.values()), None)
    if framework is None and code:
        faults.note(
            marked("there is no framework “%(framework)s”."),
            file=name,
            column=key,
            expected=marked("one of: %(known)s."),
            framework=page[key],
            known=", ".join(frameworks),
        )
    return code, framework


def _role(row: Row, lines: set[str]) -> Role:
    if row["line"] not in lines:
        row.fault(
            marked("“%(line)s” is not an action line."),
            "line",
            marked("a code such as C1 or C7-HEA."),
            line=row["line"],
        )
    start, end = row.day("start"), row.day("end")
    if start is not None and end is not None and end < start:
        row.fault(
            marked("the role ends on %(end)s, before it starts on %(start)s."),
            "end",
            marked("a later day."),
            start=start,
            end=end,
        )
    return Role(
        row["line"],
        row.needed("organisation"),
        row.choice("role", ROLES),
        start,
        end,
        row.needed("source"),
        row["inside"],
        row.choice("status", STATUSES),
    )


def _check_place(page: Mapping[str, Any], place: Path, name: str, faults: Faults) -> None:
    for key, folder in (("code", place.parent.name), ("version", place.name)):
        if page.get(key) and page[key] != folder:
            faults.note(
                marked("“%(key)s” says %(said)s, the folder %(folder)s."),
                file=name,
                column=key,
                expected=marked("the folder's name."),
                key=key,
                said=page[key],
                folder=folder,
            )


def _page_day(page: Mapping[str, Any], name: str, faults: Faults) -> str:
    value = page.get("date", "")
    if isinstance(value, date):
        return value.isoformat()
    if value:
        faults.note(
            marked("“%(value)s” is not a day."),
            file=name,
            column="date",
            expected=marked("a day such as 2017-12-31, without quotation marks."),
            value=value,
        )
    return ""


def _page_text(page: Mapping[str, Any], key: str, name: str, faults: Faults) -> Text:
    value = page.get(key, {})
    if (
        isinstance(value, dict)
        and set(value) <= set(LANGUAGES)
        and all(isinstance(text, str) for text in value.values())
    ):
        return Text(value)
    faults.note(
        type_error,
        file=name,
        column=key,
        expected=marked("texts by language: %(languages)s."),
        key=key,
        languages=", ".join(LANGUAGES),
    )
    return Text()


def _languages_by_kind(page: Mapping[str, Any], name: str, faults: Faults) -> dict[str, tuple[str, ...]]:
    """The table [kinds]: each kind of node with the languages its title must have."""
    value = page.get("kinds", {})
    if isinstance(value, dict) and all(
        isinstance(found, list) and set(found) <= set(LANGUAGES) for found in value.values()
    ):
        return {kind: tuple(languages) for kind, languages in value.items()}
    faults.note(
        type_error,
        file=name,
        column="kinds",
        expected=marked("lists of languages by kind: %(languages)s."),
        key="kinds",
        languages=", ".join(LANGUAGES),
    )
    return {}
