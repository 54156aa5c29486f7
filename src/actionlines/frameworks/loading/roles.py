"""Reads `roles/`: roles.csv and organisations.csv."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from actionlines.frameworks.datafile import Faults, Row, Table
from actionlines.frameworks.framework import Framework
from actionlines.frameworks.roles import ROLES, STATUSES, Role
from actionlines.problems import marked
from actionlines.text import LANGUAGES, Text

_ROLE_COLUMNS: Final = ("line", "organisation", "role", "inside", "start", "end", "source", "status")


def load_organisations(folder: Path, faults: Faults) -> dict[str, Text]:
    """The names of the organisations of the folder by their code ('ITU'), empty where it has no such file."""
    path = folder / "roles" / "organisations.csv"
    if not path.exists():
        return {}
    found: dict[str, Text] = {}
    for row in Table(path, "roles/organisations.csv", ("code", *LANGUAGES), faults).rows:
        code = row.needed("code")
        row.needed("en")
        if code in found:
            row.fault(
                marked("%(code)s stands here twice."), "code", marked("each organisation once."), code=code
            )
        found[code] = row.text()
    return found


def load_roles(
    folder: Path, lines: Mapping[str, Framework], organisations: Collection[str], faults: Faults
) -> tuple[Role, ...] | None:
    """The roles of the folder, None where it has no file of roles; `lines` are the versions of the action lines."""
    path = folder / "roles" / "roles.csv"
    if not path.exists():
        return None
    codes = {node.code for framework in lines.values() for node in framework.nodes}
    return tuple(
        _role(row, codes, organisations) for row in Table(path, "roles/roles.csv", _ROLE_COLUMNS, faults).rows
    )


def _role(row: Row, lines: Collection[str], organisations: Collection[str]) -> Role:
    if row["line"] not in lines:
        row.fault(
            marked("“%(line)s” is not an action line."),
            "line",
            marked("a code such as C1 or C7-HEA."),
            line=row["line"],
        )
    for column in ("organisation", "inside"):
        name = row.needed(column) if column == "organisation" else row[column]
        if name and name not in organisations:
            row.fault(
                marked("“%(name)s” is not a known organisation."),
                column,
                marked("a code of organisations.csv."),
                name=name,
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
    role, status = row.choice("role", ROLES), row.choice("status", STATUSES)
    return Role(
        row["line"], row["organisation"], role, start, end, row.needed("source"), row["inside"], status
    )
