"""A node and what stands around it, as json and as text."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from actionlines.frameworks import Description, Neighbour, Node, Role


def as_json(found: Description) -> dict[str, Any]:
    """The node with parent, children, links in both directions and roles."""
    node = found.node
    return {
        **_short(node),
        "official": list(node.official_in),
        "note": node.note,
        "parent": _short(found.parent) if found.parent is not None else None,
        "children": [_short(child) for child in found.children],
        "links": [
            {
                "crosswalk": neighbour.crosswalk.code,
                "version": neighbour.crosswalk.version,
                "direction": "to" if neighbour.outward else "from",
                "node": _short(neighbour.node),
                "rationale": dict(neighbour.rationale.by_language),
            }
            for neighbour in found.neighbours
        ],
        "roles": [_role_json(role) for role in found.roles],
    }


def as_text(found: Description, language: str) -> Iterator[str]:
    """The same for reading, titles in `language`."""
    node = found.node
    yield f"{node.key} ({node.kind})"
    for code in sorted(node.title):
        mark = " (official)" if code in node.official_in else ""
        yield f"  {code}  {node.title.get(code)}{mark}"
    if node.note:
        yield f"  Note: {node.note}"
    if found.parent is not None:
        yield f"Part of: {_line(found.parent, language)}"
    if found.children:
        yield "Parts:"
        yield from (f"  {_line(child, language)}" for child in found.children)
    for _, group in groupby(found.neighbours, key=lambda one: (one.crosswalk.code, one.outward)):
        yield from _links(list(group), language)
    if found.roles:
        yield "Roles:"
        yield from (f"  {_role_line(role)}" for role in found.roles)


def _short(node: Node) -> dict[str, Any]:
    return {
        "framework": node.framework,
        "code": node.code,
        "kind": node.kind,
        "title": dict(node.title.by_language),
    }


def _line(node: Node, language: str) -> str:
    return f"{node.code}  {node.title.get(language)}"


def _links(neighbours: list[Neighbour], language: str) -> Iterator[str]:
    first = neighbours[0]
    yield f"{'Linked to' if first.outward else 'Linked from'} ({first.crosswalk.code}@{first.crosswalk.version}):"
    for neighbour in neighbours:
        yield f"  {_line(neighbour.node, language)}"
        if neighbour.rationale:
            yield f"      {neighbour.rationale.get(language)}"


def _role_json(role: Role) -> dict[str, Any]:
    return {
        "organisation": role.organisation,
        "inside": role.inside,
        "role": role.role,
        "start": _day(role.start),
        "end": _day(role.end),
        "source": role.source,
        "status": role.status,
    }


def _role_line(role: Role) -> str:
    inside = f" (inside {role.inside})" if role.inside else ""
    since = f" from {_day(role.start)}" if role.start else ""
    until = f" until {_day(role.end)}" if role.end else ""
    return f"{role.role}: {role.organisation}{inside}{since}{until} [{role.status}: {role.source}]"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
